import { readFile, rm, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Http } from '../../../src/core/cloud/http.ts';
import { openIntents } from '../../../src/core/customer/journal.ts';
import { readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { expectFinished } from '../../support/invariants.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';

test('registers, grants, adds the secret and writes the file in three trips', async () => {
  const story = await onboarding({ lagFactor: 0 });
  const { done, failure } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.trips).toEqual({ look: 1, afterGo: 3 });
  const requests = story.requests().map((line) => line.replace(/(ta-exchange-setup-)\w{20}/, '$1DRAWN'));
  expect(requests).toMatchInlineSnapshot(`
    [
      "POST /v1.0/$batch",
      "  GET /v1.0/organization",
      "  GET /v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole",
      "  GET /v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')",
      "  GET /v1.0/policies/defaultAppManagementPolicy",
      "  GET /v1.0/policies/authorizationPolicy",
      "  GET /v1.0/applications",
      "  GET /v1.0/directory/deletedItems/microsoft.graph.application",
      "  GET /v1.0/users/ta%40contoso.com",
      "  GET /v1.0/users",
      "PATCH /v1.0/applications(uniqueName='ta-exchange-setup-DRAWN')",
      "PATCH /v1.0/servicePrincipals(appId='4469b9a9-0684-4f42-abe9-7fa9bd78da4e')",
      "POST /v1.0/$batch",
      "  POST /v1.0/servicePrincipals/142c1317-f003-4adf-a501-86a3c2f47364/appRoleAssignedTo",
      "  POST /v1.0/servicePrincipals/142c1317-f003-4adf-a501-86a3c2f47364/appRoleAssignedTo",
      "  POST /v1.0/servicePrincipals/142c1317-f003-4adf-a501-86a3c2f47364/appRoleAssignedTo",
      "  POST /v1.0/servicePrincipals/142c1317-f003-4adf-a501-86a3c2f47364/appRoleAssignedTo",
      "  POST /v1.0/applications/990f372b-0d86-4d57-a82b-39fc8cead4c9/addPassword",
    ]
  `);
});

test('makes exactly one of each, and says in the record what', async () => {
  const story = await onboarding();
  await story.run();
  await expectFinished(story);
  const record = await story.record();
  expect(openIntents(record)).toEqual([]);
  expect(record.admin?.userPrincipalName).toBe('grace@contoso.com');
});

test('has its intents on disk before the request that makes something leaves', async () => {
  const story = await onboarding();
  const http: Http = {
    async send(request) {
      const steps = stepsBehind(request.url, String(request.body ?? ''));
      const intents = steps.length > 0 ? openIntents(await story.record()).map(({ step }) => step) : [];
      expect(intents).toEqual(expect.arrayContaining(steps));
      return await story.http.send(request);
    },
  };
  expect((await story.run({ http })).failure).toBeUndefined();
});

function stepsBehind(url: string, body: string): string[] {
  if (url.includes('/applications(') && body !== '') return ['register-application'];
  if (url.includes('/servicePrincipals(') && body !== '') return ['add-service-principal'];
  return body.includes('addPassword') ? ['grant-permissions', 'add-client-secret'] : [];
}

test('plans nothing on a healthy tenant, makes one trip and leaves the disk alone', async () => {
  const story = await onboarding();
  await story.run();
  const before = await Promise.all(Object.values(story.files).map((file) => stat(file)));
  story.requests();
  story.clock.advance(60_000);
  const { done } = await story.run();
  expect(done?.prepared.plan.changes).toEqual([]);
  expect(done?.trips).toEqual({ look: 1, afterGo: 0 });
  expect(story.requests().filter((line) => !line.startsWith('  '))).toEqual(['POST /v1.0/$batch']);
  expect(story.requests().every((line) => line.startsWith('  GET') || line === 'POST /v1.0/$batch')).toBe(
    true,
  );
  const after = await Promise.all(Object.values(story.files).map((file) => stat(file)));
  expect(after.map(({ mtimeMs, ino }) => [mtimeMs, ino])).toEqual(
    before.map(({ mtimeMs, ino }) => [mtimeMs, ino]),
  );
});

test.each<[string, (story: Onboarding) => Promise<unknown>]>([
  ['two grants were given again', async ({ state }) => state.grants.splice(0, 2)],
  ['the record was lost', ({ files }) => rm(files.record)],
  ['the file was lost', ({ files }) => rm(files.preferences)],
])('leaves everything alone once more after %s', async (_what, spoil) => {
  const story = await onboarding();
  await story.run();
  story.clock.advance(5 * 60_000);
  await spoil(story);
  expect((await story.run()).failure).toBeUndefined();
  story.clock.advance(5 * 60_000);
  const before = await readFile(story.files.record, 'utf8');
  expect((await story.run()).done?.prepared.plan.changes).toEqual([]);
  expect(await readFile(story.files.record, 'utf8')).toBe(before);
});

test('keeps the secret, and writes the file again, where the sender changed', async () => {
  const story = await onboarding();
  await story.run();
  const kept = await story.clientSecret();
  story.clock.advance(5 * 60_000);
  story.customer = { ...story.customer, mail: { fromName: 'Payroll', fromAddress: 'payroll@contoso.com' } };
  const { done } = await story.run();
  expect(done?.trips).toEqual({ look: 1, afterGo: 0 });
  expect(await story.clientSecret()).toBe(kept);
  expect((await readPreferences(story.files.preferences)).connection.fromEmailAddress).toBe(
    'payroll@contoso.com',
  );
  await expectFinished(story);
});

test('renews an expired secret and leaves nothing else behind', async () => {
  const story = await onboarding();
  await story.run();
  const old = await story.clientSecret();
  story.clock.advance(181 * 24 * 3_600_000);
  const { done } = await story.run();
  expect(done?.trips).toEqual({ look: 1, afterGo: 1 });
  expect(await story.clientSecret()).not.toBe(old);
  await expectFinished(story);
});
