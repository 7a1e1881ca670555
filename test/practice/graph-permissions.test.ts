import { expect, test } from 'vitest';
import { graphPermissions } from '../../src/practice/graph-permissions.ts';
import { seedState } from '../../src/practice/seed.ts';

test('no two permissions share an id or a name', () => {
  const ids = graphPermissions.flatMap(({ role, scope }) => [role, scope]).filter((id) => id !== undefined);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(graphPermissions.map(({ value }) => value)).size).toBe(graphPermissions.length);
});

test("Microsoft Graph's service principal offers the application permissions T&A needs", () => {
  const [graph] = seedState().servicePrincipals;
  // One batch grants twenty at most: whoever rehearses more needs more to ask for.
  expect(graph?.graph.appRoles).toSatisfy((roles: unknown[]) => roles.length > 60);
  expect(graph?.graph.appRoles).toContainEqual({
    allowedMemberTypes: ['Application'],
    description: 'Allows the app to send mail as any user, without a signed-in user.',
    displayName: 'Send mail as any user',
    id: 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
    isEnabled: true,
    origin: 'Application',
    value: 'Mail.Send',
  });
});
