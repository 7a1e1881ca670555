import type { Json, State } from '../state.ts';
import { faults } from './answer.ts';
import type { Noun } from './noun.ts';
import { findServicePrincipal } from './service-principal-store.ts';

export const ownerNoun: Noun = {
  resource: 'DirectoryObject',
  type: 'microsoft.graph.directoryObject',
  set: 'directoryObjects',
  properties: ['id', '@odata.type', 'displayName', 'userPrincipalName', 'appId'],
  filterable: ['id'],
  searchable: [],
};

export function ownerList(state: State, { owners }: { readonly owners: readonly string[] }): Json[] {
  return owners.map((id) => ownerJson(state, id));
}

/** The person or service principal that may own something. Throws 404 for what is neither. */
export function ownerJson(state: State, id: string): Json {
  const person = state.people.find((one) => one.id === id && one.kind !== 'distribution list');
  if (person) {
    const { displayName, userPrincipalName } = person;
    return { '@odata.type': '#microsoft.graph.user', id, displayName, userPrincipalName };
  }
  const principal = findServicePrincipal(state, { by: 'id', value: id });
  if (!principal) throw faults.notFound(id);
  const { appId, graph } = principal;
  return { '@odata.type': '#microsoft.graph.servicePrincipal', id, displayName: graph.displayName, appId };
}
