import { findServicePrincipal } from '../../graph/service-principal-store.ts';
import type { State } from '../../state.ts';
import type { Pointer } from '../rbac-state.ts';
import { type Cmdlet, exchangeCmdlet, notFound, removeFrom, same, taken, textOf } from './cmdlet.ts';
import { CmdletFault } from './fault.ts';

/** Exchange's pointers to enterprise applications. */
export const pointerCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-ServicePrincipal': exchangeCmdlet('identity', '', (state, given) =>
    shown(findPointer(state, textOf(given, 'identity'))),
  ),
  'New-ServicePrincipal': exchangeCmdlet('appid objectid', 'displayname', (state, given) => {
    const [appId, objectId] = [textOf(given, 'appid'), textOf(given, 'objectid')];
    checkEnterpriseApplication(state, appId, objectId);
    const { pointers } = state.rbac;
    if (pointers.some((known) => known.objectId === objectId || known.appId === appId)) throw taken(objectId);
    const pointer = { appId, objectId, displayName: textOf(given, 'displayname') };
    pointers.push(pointer);
    return shown(pointer);
  }),
  'Remove-ServicePrincipal': exchangeCmdlet('identity', 'confirm', (state, given) => {
    const { pointers, assignments } = state.rbac;
    const pointer = findPointer(state, textOf(given, 'identity'));
    const held = assignments.find(({ objectId }) => objectId === pointer.objectId);
    if (held) throw new CmdletFault(`It is still assigned to the role assignment '${held.name}'.`);
    removeFrom(pointers, pointer);
  }),
};

export function findPointer(state: State, identity: string): Pointer {
  const pointer = state.rbac.pointers.find(({ appId, objectId, displayName }) =>
    [appId, objectId, displayName].some((name) => same(name, identity)),
  );
  if (!pointer) throw notFound(identity);
  return pointer;
}

/** Microsoft's documentation warns of the registration's object id; in what words Exchange refuses it is not documented. */
function checkEnterpriseApplication(state: State, appId: string, objectId: string): void {
  const principal = findServicePrincipal(state, { by: 'appId', value: appId });
  if (!principal) throw new CmdletFault(`There is no enterprise application with the app id '${appId}'.`);
  if (principal.id === objectId) return;
  const registration = state.applications.some(({ id }) => id === objectId);
  const hint = registration ? ' It is the object id of the app registration.' : '';
  throw new CmdletFault(`'${objectId}' is not the object id of the enterprise application.${hint}`);
}

const shown = ({ displayName, objectId, appId }: Pointer) => ({
  DisplayName: displayName,
  ObjectId: objectId,
  AppId: appId,
});
