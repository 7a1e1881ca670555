import { BatchRequestContent, BatchResponseContent, GraphError } from '@microsoft/microsoft-graph-client';
import { expect, test } from 'vitest';
import { issueUserToken } from '../../../src/practice/login/tokens.ts';
import { adminScopes, createDirectory, graphCliClient, personNamed } from '../../support/graph-caller.ts';
import { graphClient } from '../../support/graph-client.ts';

/** Microsoft's client, signed in as Grace, and the tenant behind it. */
async function signedIn() {
  const { tenant, state } = await createDirectory();
  const person = personNamed(state, 'grace');
  const token = await issueUserToken(state, { person, clientId: graphCliClient, scopes: adminScopes });
  return { state, client: await graphClient(tenant, token) };
}

test("Microsoft's client makes, reads, changes, lists and deletes an application", async () => {
  const { client } = await signedIn();
  const made = await client.api('/applications').post({ displayName: 'T&A', tags: ['ta'] });
  expect(made).toMatchObject({ displayName: 'T&A', signInAudience: 'AzureADMyOrg', tags: ['ta'] });
  await client.api(`/applications/${made.id}`).patch({ notes: 'ours' });
  const read = await client.api(`/applications(appId='${made.appId}')`).select(['id', 'notes']).get();
  expect(read).toEqual({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications(id,notes)/$entity',
    id: made.id,
    notes: 'ours',
  });
  // The client leaves the encoding of a filter to its caller.
  const found = await client.api('/applications').filter("displayName eq 'T%26A'").get();
  expect(found.value).toHaveLength(1);
  await client.api(`/applications/${made.id}`).delete();
  await expect(client.api(`/applications/${made.id}`).get()).rejects.toThrow('does not exist');
});

test("Microsoft's client sees errors as Graph sends them", async () => {
  const { client } = await signedIn();
  const refused: unknown = await client
    .api('/applications')
    .post({ displayName: 1 })
    .catch((error) => error);
  expect(refused).toBeInstanceOf(GraphError);
  expect(refused).toMatchObject({
    statusCode: 400,
    code: 'Request_BadRequest',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test("Microsoft's batch content matches answers to requests by id", async () => {
  const { client } = await signedIn();
  const post = new Request('https://graph.microsoft.com/applications', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ displayName: 'Batched' }),
  });
  const batch = new BatchRequestContent([
    { id: 'first', request: post },
    { id: 'second', request: new Request('https://graph.microsoft.com/applications'), dependsOn: ['first'] },
  ]);
  const answers = new BatchResponseContent(await client.api('/$batch').post(await batch.getContent()));
  const [made, listed] = [answers.getResponseById('first'), answers.getResponseById('second')];
  expect(made.status).toBe(201);
  expect(made.headers.get('location')).toMatch(/\/applications\/[0-9a-f-]{36}$/);
  expect(await listed.json()).toMatchObject({ value: [{ displayName: 'Batched' }] });
});
