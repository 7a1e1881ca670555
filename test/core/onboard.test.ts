import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { onboarding } from '../support/onboarding.ts';

test('registers, grants, adds the secret and writes the file in three trips', async () => {
  const story = await onboarding();
  const { done, failure } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.trips).toEqual({ look: 1, afterGo: 3 });
  expect(story.requests()).toMatchInlineSnapshot(`
    [
      "POST /v1.0/$batch",
      "  GET /v1.0/organization",
      "  GET /v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole",
      "  GET /v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')",
      "  GET /v1.0/policies/defaultAppManagementPolicy",
      "  GET /v1.0/policies/authorizationPolicy",
      "  GET /v1.0/applications(uniqueName='ta-exchange-setup-time-and-attendance-exchange-online-integration')",
      "  GET /v1.0/applications",
      "  GET /v1.0/directory/deletedItems/microsoft.graph.application",
      "  GET /v1.0/users/ta%40contoso.com",
      "  GET /v1.0/users",
      "PATCH /v1.0/applications(uniqueName='ta-exchange-setup-time-and-attendance-exchange-online-integration')",
      "PATCH /v1.0/servicePrincipals(appId='0b167907-c3cb-4b67-a043-9d8d4c38888c')",
      "POST /v1.0/$batch",
      "  POST /v1.0/servicePrincipals/142c1317-f003-4adf-a501-86a3c2f47364/appRoleAssignedTo",
      "  POST /v1.0/servicePrincipals/142c1317-f003-4adf-a501-86a3c2f47364/appRoleAssignedTo",
      "  POST /v1.0/servicePrincipals/142c1317-f003-4adf-a501-86a3c2f47364/appRoleAssignedTo",
      "  POST /v1.0/servicePrincipals/142c1317-f003-4adf-a501-86a3c2f47364/appRoleAssignedTo",
      "  POST /v1.0/applications/4469b9a9-0684-4f42-abe9-7fa9bd78da4e/addPassword",
    ]
  `);
});

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
