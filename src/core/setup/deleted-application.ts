import * as z from 'zod/mini';
import { asDocumented, inDirectory, isSuccess, readAnswer, requireSuccess } from '../cloud/answers.ts';
import type { Graph, GraphRequest } from '../cloud/graph.ts';
import type { Answer } from '../cloud/http.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { EntraId } from '../customer/tenant-name.ts';
import type { Clock } from '../ports.ts';
import { type NamedApplication, ourApplication } from '../tenant/applications.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { errors } from '../words/errors.ts';
import { say, type Words } from '../words/say.ts';
import { setUpFailures } from './failures.ts';
import { isOurUniqueName } from './keys.ts';
import { replicationWindowMs } from './replication.ts';

interface Tools {
  readonly graph: Graph;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

const restoring = say`restore the deleted application`;
const purging = say`delete the application permanently`;

/**
 * Brings the application back, and returns when Entra shows it. What comes back with it is for the next look: whether the
 * service principal, its grants and the secrets do is told differently by different pages of Microsoft.
 */
export async function restoreApplication(
  { objectId, clientId }: NamedApplication,
  { graph, clock, signal }: Tools,
): Promise<void> {
  const path = `/directory/deletedItems/${encodeURIComponent(objectId)}/restore`;
  await write(graph, { method: 'POST', path, replay: 'safe', body: {} }, restoring, signal);
  const { path: shown } = ourApplication('appId', clientId);
  const look = async (): Promise<Look<undefined>> => {
    const found = await graph.send({ method: 'GET', path: shown, replay: 'safe' }, restoring, signal);
    if (isSuccess(found)) return { settled: undefined };
    return { because: 'lag', reason: say`not shown yet`, toldMs: found.retryAfterMs };
  };
  const waiting = waitUntil(look, {
    doing: restoring,
    clock,
    signal,
    patienceMs: replicationWindowMs,
    pauses: growing({ firstMs: 1000, capMs: 15_000 }),
    overdue: () => {
      throw setUpFailures.notReplicated(replicationWindowMs / 60_000);
    },
  });
  await drain(waiting);
}

/** Deletes it for good: nothing can bring it back. */
export async function purgeApplication(
  { objectId }: Pick<NamedApplication, 'objectId'>,
  { graph, signal }: Pick<Tools, 'graph' | 'signal'>,
): Promise<void> {
  const path = `/directory/deletedItems/${encodeURIComponent(objectId)}`;
  const request = { method: 'DELETE', path, replay: 'safe' } as const;
  asDocumented(await write(graph, request, purging, signal), 204, purging);
}

const DeletedItem = z.object({ appId: EntraId, uniqueName: z.nullish(z.string()) });

/**
 * Deletes for good what a removal has deleted. A record may have been sent along, so the deleted application itself has to
 * bear the name that the record says. `patienceMs`: how long it may take until Entra lists what was deleted a moment ago.
 */
export async function purgeRemoved(
  { application, servicePrincipal }: NonNullable<CustomerRecord['removal']>,
  tools: Tools & { readonly patienceMs: number },
): Promise<void> {
  const found = await findDeleted(application.objectId, tools);
  if (!found || found.appId !== application.clientId) return;
  if (found.uniqueName !== application.uniqueName || !isOurUniqueName(application.uniqueName)) return;
  const principal = servicePrincipal && (await findDeleted(servicePrincipal.objectId, tools));
  if (servicePrincipal && principal?.appId === application.clientId)
    await purgeApplication(servicePrincipal, tools);
  // What is under way is finished, and nothing more is begun.
  if (tools.signal?.aborted) throw errors.cancelled('', { doing: purging });
  await purgeApplication(application, tools);
}

async function findDeleted(
  objectId: string,
  { graph, clock, signal, patienceMs }: Tools & { readonly patienceMs: number },
): Promise<z.infer<typeof DeletedItem> | undefined> {
  const path = `/directory/deletedItems/${encodeURIComponent(objectId)}`;
  const look = async (): Promise<Look<z.infer<typeof DeletedItem> | undefined>> => {
    const answer = await graph.send({ method: 'GET', path, replay: 'safe' }, purging, signal);
    if (answer.status !== 404)
      return { settled: readAnswer(answer, DeletedItem, inDirectory(purging, false)) };
    return { because: 'lag', reason: say`not listed yet`, toldMs: answer.retryAfterMs };
  };
  const overdue = () => undefined;
  const pauses = growing({ firstMs: 1000, capMs: 15_000 });
  return await drain(waitUntil(look, { doing: purging, clock, signal, patienceMs, pauses, overdue }));
}

/** Asked again after a lost answer, it is no longer among the deleted ones: then the first time it was done. */
async function write(
  graph: Graph,
  request: GraphRequest,
  doing: Words,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const answer = await graph.send(request, doing, signal);
  if (answer.status !== 404) requireSuccess(answer, inDirectory(doing, true, 'register'));
  return answer;
}
