import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createApplication } from '../../../src/practice/graph/application-store.ts';
import { softDelete } from '../../../src/practice/graph/deletion.ts';
import { createDirectory, itemsOf, outcomeOf } from '../../support/graph-caller.ts';

const eventual = { ConsistencyLevel: 'eventual' };

async function directoryOf(...displayNames: string[]) {
  const directory = await createDirectory();
  const applications = displayNames.map((displayName) =>
    createApplication(directory.state, { displayName }, undefined),
  );
  return { ...directory, applications };
}

test('paging meets each object once, whatever the page size', async () => {
  const { call, state } = await createDirectory();
  await fc.assert(
    fc.asyncProperty(fc.nat(12), fc.integer({ min: 1, max: 14 }), async (count, top) => {
      const names = Array.from({ length: count }, (_, at) => `App ${at}`);
      state.applications.length = 0;
      for (const displayName of names) createApplication(state, { displayName }, undefined);
      const met: unknown[] = [];
      let link: unknown = `/applications?$top=${top}&$select=id,displayName`;
      while (typeof link === 'string') {
        const answer = await call('GET', link.replace('https://graph.microsoft.com/v1.0', ''));
        met.push(...itemsOf(answer).map((item) => item.displayName));
        link = answer.body['@odata.nextLink'];
      }
      expect(met).toEqual(names);
    }),
  );
});

test('a page whose last object is gone cannot be continued', async () => {
  const { call, state, applications } = await directoryOf('A', 'B');
  const first = await call('GET', '/applications?$top=1');
  for (const application of applications.slice(0, 1)) softDelete(state, application);
  const next = String(first.body['@odata.nextLink']).replace('https://graph.microsoft.com/v1.0', '');
  expect(outcomeOf(await call('GET', next))).toMatch(/^400 Directory_ExpiredPageToken: /);
});

test('100 objects make a page unless told otherwise', async () => {
  const { call } = await directoryOf(...Array.from({ length: 101 }, (_, at) => `App ${at}`));
  expect(itemsOf(await call('GET', '/applications'))).toHaveLength(100);
  expect(itemsOf(await call('GET', '/applications?$top=999'))).toHaveLength(101);
});

test.each(['0', '1000', 'many'])('refuses a page size of %s', async (top) => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call('GET', `/applications?$top=${top}`))).toBe(
    `400 Request_BadRequest: Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
  );
});

test('$select trims and is named in the context; an unknown property is refused', async () => {
  const { call } = await directoryOf('A');
  const { body } = await call('GET', '/applications?$select=displayName,tags');
  expect(body).toEqual({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications(displayName,tags)',
    value: [{ displayName: 'A', tags: [] }],
  });
  expect(outcomeOf(await call('GET', '/applications?$select=colour'))).toBe(
    "400 BadRequest: Parsing OData Select and Expand failed: Could not find a property named 'colour' on type 'microsoft.graph.application'.",
  );
});

test('counting and searching need the header ConsistencyLevel', async () => {
  const { call } = await directoryOf('Time sheets', 'Part time', 'Other');
  const text = (option: string) =>
    `400 Request_UnsupportedQuery: Request with ${option} query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'`;
  expect(outcomeOf(await call('GET', '/applications?$count=true'))).toBe(text('$count'));
  expect(outcomeOf(await call('GET', '/applications?$search="displayName:time"'))).toBe(text('$search'));
  expect((await call('GET', '/applications?$count=false')).status).toBe(200);
  const path = '/applications?$count=true&$search="displayName:time"&$top=1';
  const answer = await call('GET', path, undefined, eventual);
  expect(answer.body).toMatchObject({ '@odata.count': 2, value: [{ displayName: 'Time sheets' }] });
});

test('a search that is not quoted, or in a property without search, is refused', async () => {
  const { call } = await createDirectory();
  const search = (clause: string) => call('GET', `/applications?$search=${clause}`, undefined, eventual);
  expect(outcomeOf(await search('displayName:time'))).toMatch(/^400 Request_BadRequest: Search clause must/);
  expect(outcomeOf(await search('"tags:time"'))).toBe(
    "400 Request_UnsupportedQuery: Property 'tags' of resource 'Application' does not support the search operation.",
  );
});

test('options that the directory does not know are refused', async () => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call('GET', '/applications?$skip=1'))).toBe(
    "400 BadRequest: The query option '$skip' is not supported here.",
  );
  expect(outcomeOf(await call('GET', '/applications?$select=id&unrelated=1'))).toBe('200');
});

test('the dollar sign may be left out', async () => {
  const { call } = await directoryOf('A');
  expect(itemsOf(await call('GET', '/applications?select=displayName'))).toEqual([{ displayName: 'A' }]);
});
