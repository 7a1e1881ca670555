import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createApplication } from '../../../src/practice/graph/application-store.ts';
import { softDelete } from '../../../src/practice/graph/deletion.ts';
import { addGrant } from '../../../src/practice/graph/grants.ts';
import { appRoleId, createDirectory, itemsOf, outcomeOf, textOf } from '../../support/graph-caller.ts';

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

test('an option that means nothing, or is given twice, is refused; JSON may be asked for', async () => {
  const { call } = await createDirectory();
  expect(outcomeOf(await call('GET', '/applications?$colour=red'))).toBe(
    "400 BadRequest: The query option '$colour' is not supported.",
  );
  expect(outcomeOf(await call('GET', '/applications?$select=id&$select=appId'))).toBe(
    "400 BadRequest: Query option '$select' was specified more than once, but it must be specified at most once.",
  );
  expect(outcomeOf(await call('GET', '/applications?$format=json'))).toBe('200');
  expect(outcomeOf(await call('GET', '/applications?$skip=1'))).toBe(
    "400 Request_BadRequest: '$skip' is not supported by the service.",
  );
  expect(outcomeOf(await call('GET', '/applications?$select=id&unrelated=1'))).toBe('200');
});

test('the dollar sign may be left out', async () => {
  const { call } = await directoryOf('A');
  expect(itemsOf(await call('GET', '/applications?select=displayName'))).toEqual([{ displayName: 'A' }]);
});

test.each([
  ['"displayName:time" AND "description:late"', ['Time sheets']],
  ['"displayName:time" OR "displayName:other"', ['Time sheets', 'Part time', 'Other']],
  ['"displayName:time" AND NOT "displayName:part"', ['Time sheets']],
  ['("displayName:other" OR "displayName:part") AND "displayName:time"', ['Part time']],
])('a search of several clauses means what it says: %s', async (clause, names) => {
  const { call, state, applications } = await directoryOf('Time sheets', 'Part time', 'Other');
  Object.assign(applications[0]?.graph ?? {}, { description: 'Late ones' });
  expect(state.applications).toHaveLength(3);
  const found = await call('GET', `/applications?$search=${clause}`, undefined, eventual);
  expect(itemsOf(found).map(({ displayName }) => displayName)).toEqual(names);
});

test.each([
  '"displayName:a" AND',
  '("displayName:a"',
  '"displayName:a" "displayName:b"',
  `${'('.repeat(60)}`,
])('a search that is not whole is refused: %s', async (clause) => {
  const { call } = await createDirectory();
  const answer = await call('GET', `/applications?$search=${clause}`, undefined, eventual);
  expect(outcomeOf(answer)).toMatch(/^400 Request_BadRequest: Search clause must/);
});

test('names of properties are read in any case and answered in their own', async () => {
  const { call } = await directoryOf('Time sheets');
  const found = await call('GET', "/applications?$filter=displayname eq 'time sheets'&$select=DISPLAYNAME");
  expect(itemsOf(found)).toEqual([{ displayName: 'Time sheets' }]);
});

test('$orderby sorts by a name; together with a filter it is an advanced query', async () => {
  const { call } = await directoryOf('B', 'C', 'A');
  const names = async (query: string, headers = {}) =>
    itemsOf(await call('GET', `/applications?${query}`, undefined, headers)).map((item) => item.displayName);
  expect(await names('$orderby=displayName')).toEqual(['A', 'B', 'C']);
  expect(await names('$orderby=displayName desc&$top=2')).toEqual(['C', 'B']);
  const filtered = "$orderby=displayName&$filter=startswith(displayName,'A')";
  expect(await names(`${filtered}&$count=true`, eventual)).toEqual(['A']);
  expect(outcomeOf(await call('GET', `/applications?${filtered}`))).toBe(
    '400 Request_UnsupportedQuery: Sorting not supported for current query.',
  );
  expect(outcomeOf(await call('GET', '/applications?$orderby=tags'))).toMatch(
    /^400 Request_UnsupportedQuery/,
  );
});

test('$expand brings what belongs to an object, and what it does not know is refused', async () => {
  const { call, state } = await createDirectory();
  const made = await call('POST', '/applications', { displayName: 'T&A' });
  const standIn = await call('POST', '/servicePrincipals', { appId: made.body.appId });
  addGrant(state, {
    principalId: textOf(standIn, 'id'),
    resourceId: state.servicePrincipals[0]?.id ?? '',
    appRoleId: appRoleId('Mail.Send'),
  });
  const [expanded] = itemsOf(
    await call('GET', `/servicePrincipals?$expand=appRoleAssignments&$filter=appId eq '${made.body.appId}'`),
  );
  expect(expanded?.appRoleAssignments).toMatchObject([{ appRoleId: appRoleId('Mail.Send') }]);
  const one = await call(
    'GET',
    `/applications/${made.body.id}?$select=id&$expand=owners($select=displayName)`,
  );
  expect(one.body).toEqual({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications(id,owners())/$entity',
    id: made.body.id,
    owners: [{ '@odata.type': '#microsoft.graph.user', displayName: 'Grace Admin' }],
  });
  const list = await call('GET', '/applications?$expand=owners');
  expect(list.body['@odata.context']).toMatch(/#applications\(owners\(\)\)$/);
  const nested = await call('GET', `/applications/${made.body.id}?$expand=owners($select=colour)`);
  expect(nested.status).toBe(501);
  for (const path of ['/applications?$expand=colour', '/users?expand=owners'])
    expect(outcomeOf(await call('GET', path))).toMatch(
      /^400 BadRequest: Parsing OData Select and Expand failed/,
    );
});

test('users and service principals are counted, with the header for it', async () => {
  const { call } = await createDirectory();
  const count = async (path: string) => (await call('GET', path, undefined, eventual)).body;
  expect(await count('/users/$count')).toBe(12);
  expect(await count("/users/$count?$filter=startswith(displayName,'G')")).toBe(2);
  expect(await count('/servicePrincipals/%24count')).toBe(2);
  expect(outcomeOf(await call('GET', '/users/$count'))).toMatch(/^400 Request_UnsupportedQuery/);
});
