import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clouds } from '../../src/core/cloud/clouds.ts';
import type { Connections } from '../../src/core/cloud/connect-to.ts';
import { createGraph } from '../../src/core/cloud/graph-client.ts';
import type { Http } from '../../src/core/cloud/http.ts';
import { createHttp } from '../../src/core/cloud/pipeline.ts';
import { resolveTenant } from '../../src/core/sign-in/resolve-tenant.ts';
import { askTenant } from './probes.ts';
import { removeAll } from './remove.ts';
import { reportOf } from './report.ts';
import { stories } from './stories.ts';
import { type Live, type LiveOptions, NotRun, outcomeOf, type Told } from './story.ts';
import { type Sight, witness } from './witness.ts';

/** The report, and everything that was seen. What the run made is removed, also where it fails. */
export async function runLive(
  options: LiveOptions,
): Promise<{ report: string; sights: readonly Sight[]; told: readonly Told[] }> {
  const { customer, clock, person, connections } = options;
  const sights: Sight[] = [];
  const notes = new Map<string, string>();
  const httpBy = (to: Connections): Http =>
    witness(createHttp({ connections: to, clock, log: silent }), clock, (sight) => sights.push(sight));
  const http = httpBy(connections);
  const cloud = clouds[customer.cloud];
  const { tenantId } = await resolveTenant({ http, cloud, tenant: customer.tenant }, undefined);
  const folder = await mkdtemp(join(tmpdir(), 'ta-live-'));
  const prefix = `Live test ${options.runId}`;
  const signedIn = async (signal?: AbortSignal): Promise<Live> => {
    const session = await options.signIn(http, tenantId, signal);
    notes.set('sign-in', `Signed in by ${session.way}.`);
    const graph = createGraph({ http, clock, cloud, tenantId, token: () => session.token() });
    return { ...options, tenantId, prefix, folder, session, graph, http, httpBy, notes };
  };
  let live = await signedIn(options.signal);
  const told: Told[] = [];
  // Whose session Microsoft ended signs in again, and does the same once more.
  const tell = async (
    name: string,
    story: (live: Live) => Promise<string>,
    signal?: AbortSignal,
  ): Promise<void> => {
    const seen = sights.length;
    const first = await outcomeOf(name, clock, () => story(live));
    if (!sights.slice(seen).some(endsSession)) return void told.push(first);
    live.session.signOut();
    const { words, ...second } = await outcomeOf(name, clock, async () => {
      live = await signedIn(signal);
      return await story(live);
    });
    told.push({ ...second, words: `${words} Microsoft ended the session; signed in again.` });
  };
  try {
    await tell('look', askTenant, options.signal);
    for (const [name, story] of stories) {
      person.tell(`${name} ...`);
      await tell(name, (now) => unlessStopped(now, story), options.signal);
    }
  } finally {
    person.tell('remove ...');
    await tell('remove', removeAll);
    live.session.signOut();
    await rm(folder, { recursive: true, force: true });
  }
  return { report: reportOf({ ...options, told, sights, notes }), sights, told };
}

/** By a refused token of Graph, or where a new one is asked for: learn.microsoft.com/entra/identity/conditional-access/concept-continuous-access-evaluation */
const endsSession = ({ status, code = '' }: Sight): boolean =>
  (status === 401 && code === 'InvalidAuthenticationToken') ||
  /^(invalid_grant|interaction_required) /.test(code);

/** A run that is stopped leaves nothing behind either. */
function unlessStopped(live: Live, story: (live: Live) => Promise<string>): Promise<string> {
  if (live.signal.aborted) throw new NotRun('the run was stopped');
  return story(live);
}

const silent = { info: () => undefined, debug: () => undefined };
