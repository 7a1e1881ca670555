import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createDirectory, outcomeOf, textOf } from '../../support/graph-caller.ts';

/** A directory with one application; `post` calls one of its actions. */
async function withApplication(options: { lagFactor?: number } = {}) {
  const directory = await createDirectory(options);
  const made = await directory.call('POST', '/applications', { displayName: 'T&A' });
  directory.clock.advance(1000);
  const path = `/applications/${textOf(made, 'id')}`;
  const post = (action: string, body: unknown) => directory.call('POST', `${path}/${action}`, body);
  const listed = async () => (await directory.call('GET', path)).body.passwordCredentials;
  return { ...directory, path, post, listed };
}

test('a secret is shown once; afterwards only its hint and dates', async () => {
  const { state, post, listed } = await withApplication();
  const endDateTime = '2027-05-22T00:00:00Z';
  const added = await post('addPassword', { passwordCredential: { displayName: 'T&A', endDateTime } });
  const secretText = textOf(added, 'secretText');
  expect(added.status).toBe(200);
  expect(secretText).toMatch(/^[\w.~-]{3}8Q~[\w.~-]{34}$/);
  expect(added.body).toMatchObject({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.passwordCredential',
    customKeyIdentifier: null,
    displayName: 'T&A',
    hint: secretText.slice(0, 3),
    startDateTime: '2026-11-23T22:00:01Z',
    endDateTime,
  });
  const { '@odata.context': _context, ...secret } = added.body;
  expect(await listed()).toEqual([{ ...secret, secretText: null }]);
  const sha256 = createHash('sha256').update(secretText).digest('hex');
  expect(state.applications[0]?.secrets).toMatchObject([{ sha256 }]);
  expect(JSON.stringify(state.applications)).not.toContain(secretText);
});

test('parameters of the actions are read in any case', async () => {
  const { post, listed } = await withApplication();
  const added = await post('addPassword', { PasswordCredential: { displayName: 'T&A' } });
  expect(added.status).toBe(200);
  expect((await post('removePassword', { KeyId: textOf(added, 'keyId') })).status).toBe(204);
  expect(await listed()).toEqual([]);
});

test('a secret lives two years unless the request says otherwise', async () => {
  const { post } = await withApplication();
  const added = await post('addPassword', {});
  expect(added.body).toMatchObject({ displayName: null, endDateTime: '2028-11-23T22:00:01Z' });
});

test('a secret that is over before it begins, or over already, is refused', async () => {
  const { post } = await withApplication();
  for (const passwordCredential of [
    { endDateTime: '2020-01-01T00:00:00Z' },
    { endDateTime: '2026-11-23T22:00:01Z' },
    { startDateTime: '2027-02-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' },
    { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2026-06-01T00:00:00Z' },
  ]) {
    expect(outcomeOf(await post('addPassword', { passwordCredential }))).toBe(
      '400 Request_BadRequest: Key credential end date is invalid.',
    );
  }
});

test.each([
  [{ passwordCredential: { secretText: 'mine' } }, "Property 'secretText' is read-only and cannot be set."],
  [{ passwordCredential: { colour: 'red' } }, "Invalid property 'colour'."],
  [
    { passwordCredential: { endDateTime: 'soon' } },
    "Invalid value specified for property 'passwordCredential' of resource 'PasswordCredential'.",
  ],
])('addPassword refuses %j', async (body, message) => {
  const { post } = await withApplication();
  expect(outcomeOf(await post('addPassword', body))).toBe(`400 Request_BadRequest: ${message}`);
});

test('a removed secret is gone, the others stay', async () => {
  const { post, listed } = await withApplication();
  const first = await post('addPassword', { passwordCredential: { displayName: 'old' } });
  await post('addPassword', { passwordCredential: { displayName: 'new' } });
  expect((await post('removePassword', { keyId: first.body.keyId })).status).toBe(204);
  expect(await listed()).toMatchObject([{ displayName: 'new' }]);
});

test('an unknown key id cannot be removed', async () => {
  const { post } = await withApplication();
  const keyId = '00000000-0000-4000-a000-000000000001';
  expect(outcomeOf(await post('removePassword', { keyId }))).toBe(
    `400 Request_BadRequest: No password credential found with keyId '${keyId}'.`,
  );
});

test('a new secret is neither listed nor removable until it has arrived', async () => {
  const { clock, post, listed } = await withApplication({ lagFactor: 1 });
  const { body } = await post('addPassword', {});
  expect(await listed()).toEqual([]);
  expect((await post('removePassword', { keyId: body.keyId })).status).toBe(400);
  clock.advance(200);
  expect(await listed()).toMatchObject([{ keyId: body.keyId }]);
  expect((await post('removePassword', { keyId: body.keyId })).status).toBe(204);
});

test('an inline secret is shown in the answer to the creating call alone', async () => {
  const { call } = await createDirectory();
  const passwordCredentials = [{ displayName: 'T&A', endDateTime: '2027-05-22T00:00:00Z' }];
  const made = await call('POST', '/applications', { displayName: 'T&A', passwordCredentials });
  expect(made.body.passwordCredentials).toMatchObject([
    { displayName: 'T&A', endDateTime: '2027-05-22T00:00:00Z', secretText: expect.stringContaining('8Q~') },
  ]);
  const read = await call('GET', `/applications/${textOf(made, 'id')}`);
  expect(read.body.passwordCredentials).toMatchObject([{ displayName: 'T&A', secretText: null }]);
});
