import type { State } from '../../state.ts';
import { applicationRoles, covers, rightsNow } from '../rbac.ts';
import type { Assignment } from '../rbac-state.ts';
import {
  type Cmdlet,
  checkName,
  exchangeCmdlet,
  type Given,
  notFound,
  removeFrom,
  same,
  taken,
  textOf,
} from './cmdlet.ts';
import { CmdletFault } from './fault.ts';
import { findPointer } from './pointer-cmdlets.ts';
import { findScope } from './scope-cmdlets.ts';
import { findMailbox } from './session-cmdlets.ts';

export const roleCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-ManagementRoleAssignment': exchangeCmdlet('', 'identity roleassignee', (state, given) => {
    if (given.has('identity')) return shown(findAssignment(state, textOf(given, 'identity')));
    const wanted = given.has('roleassignee')
      ? findPointer(state, textOf(given, 'roleassignee')).objectId
      : undefined;
    return state.rbac.assignments
      .filter(({ objectId }) => wanted === undefined || objectId === wanted)
      .map(shown);
  }),
  'New-ManagementRoleAssignment': exchangeCmdlet('app role', 'name customresourcescope', assign),
  'Remove-ManagementRoleAssignment': exchangeCmdlet('identity', 'confirm', (state, given) => {
    removeFrom(state.rbac.assignments, findAssignment(state, textOf(given, 'identity')));
  }),
  'Test-ServicePrincipalAuthorization': exchangeCmdlet('identity', 'resource', (state, given) => {
    const { objectId } = findPointer(state, textOf(given, 'identity'));
    const mailbox = given.has('resource') ? findMailbox(state, textOf(given, 'resource')).mailbox : undefined;
    return rightsNow(state, objectId).map((right) => ({
      RoleName: right.role,
      AllowedResourceScope: right.mailbox ?? 'Organization',
      InScope: mailbox ? covers(right, mailbox) : 'Not Run',
    }));
  }),
};

function assign(state: State, given: Given): unknown {
  const { objectId } = findPointer(state, textOf(given, 'app'));
  const role = [...applicationRoles.keys()].find((known) => same(known, textOf(given, 'role')));
  if (!role) throw notFound(textOf(given, 'role'));
  const scope = given.has('customresourcescope')
    ? findScope(state, textOf(given, 'customresourcescope')).name
    : undefined;
  const name = given.has('name') ? textOf(given, 'name') : `${role}-${objectId.slice(0, 8)}`;
  checkName(name);
  const { assignments } = state.rbac;
  if (assignments.some((known) => same(known.name, name))) throw taken(name);
  if (
    assignments.some((known) => known.objectId === objectId && known.role === role && known.scope === scope)
  )
    throw new CmdletFault('The role assignment already exists under another name.');
  const assignment = { name, objectId, role, scope };
  assignments.push(assignment);
  return shown(assignment);
}

function findAssignment(state: State, identity: string): Assignment {
  const assignment = state.rbac.assignments.find(({ name }) => same(name, identity));
  if (!assignment) throw notFound(identity);
  return assignment;
}

const shown = ({ name, role, objectId, scope }: Assignment) => ({
  Name: name,
  Role: role,
  RoleAssignee: objectId,
  CustomResourceScope: scope ?? '',
});
