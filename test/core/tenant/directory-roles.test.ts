import { expect, test } from 'vitest';
import { roleTemplates, uniteRoles } from '../../../src/core/tenant/directory-roles.ts';

const { globalAdministrator, applicationAdministrator } = roleTemplates;
const listed = [{ templateId: applicationAdministrator, displayName: 'Anwendungsadministrator' }];
/** In every token of a member; it is no role. */
const member = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

test('a role that either names is there, once', () => {
  expect(uniteRoles(listed, [member, globalAdministrator, applicationAdministrator])).toEqual([
    ...listed,
    { templateId: globalAdministrator, displayName: 'Global Administrator' },
  ]);
  expect(uniteRoles(listed, [])).toEqual(listed);
});

test('what could not be read is unknown, unless the token names a role that counts', () => {
  expect(uniteRoles(undefined, [member])).toBeUndefined();
  expect(uniteRoles(undefined, [globalAdministrator])).toHaveLength(1);
  expect(uniteRoles([], [member])).toEqual([]);
});
