import * as z from 'zod/mini';
import type { Graph, GraphAnswer } from '../cloud/graph.ts';
import { say, type Words } from '../words/say.ts';
import { askAll, bodyOf, odata, type Question } from './question.ts';

/** What others have tied to an application, and would go with it. `undefined`: it may not be read. */
export interface Ties {
  /** Groups, administrative units and directory roles that it is a member of. */
  readonly memberships: readonly Words[] | undefined;
  /** Who is assigned to it. */
  readonly assigned: readonly Words[] | undefined;
  /** By what others call it. */
  readonly offered: readonly Words[] | undefined;
}

/** What each of them is, where it could not be seen. */
export const tieNames: { readonly [K in keyof Ties]: Words } = {
  memberships: say`which groups and directory roles it is a member of`,
  assigned: say`who is assigned to it`,
  offered: say`which applications call it`,
};

/** learn.microsoft.com/graph/api/serviceprincipal-list-memberof, serviceprincipal-list-approleassignedto and resources/application, read Nov 2026. */
export const tieQuestions = (clientId: string): { readonly [K in keyof Ties]: Question<Ties[K]> } => ({
  memberships: {
    path: `/servicePrincipals(appId=${odata(clientId)})/memberOf`,
    read: (answer) => seen(answer, Memberships)?.flatMap(({ value }) => value.map(membershipWords)),
  },
  assigned: {
    path: `/servicePrincipals(appId=${odata(clientId)})/appRoleAssignedTo`,
    read: (answer) =>
      seen(answer, Assigned)?.flatMap(({ value }) =>
        value.map((one) => say`the assignment of ${one.principalDisplayName ?? one.principalId} to it`),
      ),
  },
  offered: {
    path: `/applications(appId=${odata(clientId)})?$select=identifierUris,api,appRoles`,
    read: (answer) => seen(answer, Offered)?.flatMap(offeredWords),
  },
});

export const lookAtTies = (graph: Graph, clientId: string, signal: AbortSignal | undefined): Promise<Ties> =>
  askAll(graph, tieQuestions(clientId), signal);

/** Nothing where there is no such object. A service that does not offer the question answers 501. */
function seen<S extends z.ZodMiniType>(answer: GraphAnswer, schema: S): z.output<S>[] | undefined {
  const { status } = answer;
  if (status === 404) return [];
  return (status >= 400 && status < 500) || status === 501 ? undefined : [bodyOf(answer, schema)];
}

const Memberships = z.object({
  value: z.array(
    z.object({ '@odata.type': z.nullish(z.string()), id: z.string(), displayName: z.nullish(z.string()) }),
  ),
});
const Assigned = z.object({
  value: z.array(z.object({ principalId: z.string(), principalDisplayName: z.nullish(z.string()) })),
});
const Named = z.nullish(z.array(z.object({ id: z.string(), value: z.nullish(z.string()) })));
const Offered = z.object({
  identifierUris: z.nullish(z.array(z.string())),
  api: z.nullish(
    z.object({
      oauth2PermissionScopes: Named,
      preAuthorizedApplications: z.nullish(z.array(z.object({ appId: z.string() }))),
      knownClientApplications: z.nullish(z.array(z.string())),
    }),
  ),
  appRoles: Named,
});

function membershipWords({
  '@odata.type': type,
  id,
  displayName,
}: z.output<typeof Memberships>['value'][number]): Words {
  const name = displayName ?? id;
  return type?.endsWith('.directoryRole') ? say`the directory role ${name}` : say`its membership of ${name}`;
}

function offeredWords({ identifierUris, api, appRoles }: z.output<typeof Offered>): Words[] {
  const clients = [
    ...(api?.preAuthorizedApplications ?? []).map(({ appId }) => appId),
    ...(api?.knownClientApplications ?? []),
  ];
  return [
    ...(identifierUris ?? []).map((uri) => say`the address ${uri} that others call it by`),
    ...(api?.oauth2PermissionScopes ?? []).map(
      ({ id, value }) => say`the scope ${value ?? id} that it offers`,
    ),
    ...(appRoles ?? []).map(({ id, value }) => say`the role ${value ?? id} that it offers`),
    ...clients.map((clientId) => say`the application ${clientId} that calls it`),
  ];
}
