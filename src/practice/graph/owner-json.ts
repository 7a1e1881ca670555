import type { Json, State } from '../state.ts';
import { faults } from './answer.ts';
import { notPlayed } from './not-played.ts';
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

/** The object that a link names: by the address that Graph has for it, with the tenant in it or without. */
export function linkedId(link: string | undefined): string {
  const [, id] =
    /\/(?:directoryObjects|users|servicePrincipals)(?:\/|\(')([0-9a-f-]{36})(?:'\))?$/i.exec(link ?? '') ??
    [];
  if (id === undefined) throw faults.badRequest("A value is required for property '@odata.id'.");
  return id.toLowerCase();
}

/**
 * Who owns an object from its creation on: whoever creates it, or whom the links name. Clients that name others name themselves as
 * well (github.com/hashicorp/terraform-provider-azuread, application_resource.go, Aug 2026); what Graph does otherwise is not known.
 */
export function firstOwners(state: State, maker: string, links: readonly string[] | undefined): string[] {
  if (links === undefined) return [maker];
  const owners = [...new Set(links.map(linkedId))];
  for (const id of owners) ownerJson(state, id);
  if (!owners.includes(maker)) throw notPlayed("'owners@odata.bind' without the one who creates the object");
  if (owners.length > mostOwners) throw notPlayed(`more than ${mostOwners} owners in the body of a request`);
  return owners;
}

const mostOwners = 20;

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
