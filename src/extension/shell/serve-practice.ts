import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CloudName } from '../../core/cloud/clouds.ts';
import type { Connections } from '../../core/cloud/connect-to.ts';
import { writeAtomically } from '../../core/files/atomic-write.ts';
import { sweepLeftovers } from '../../core/files/leftovers.ts';
import { stateName } from '../../core/files/own-files.ts';
import { keepTenant } from '../../practice/kept-tenant.ts';
import { UnreadableState, writeState } from '../../practice/saved-state.ts';
import { scenarios as known, type ScenarioName } from '../../practice/scenarios.ts';
import { serve } from '../../practice/serve.ts';
import {
  createPracticeTenant,
  type PracticeTenant,
  type PracticeTenantOptions,
  playInEveryCloud,
} from '../../practice/tenant.ts';
import { problemNames } from './practice-problems.ts';

/** A practice tenant served from this window, as `folder` keeps it, or a new one. It is kept there until the folder forgets it. */
export async function servePractice(
  scenarios: readonly string[],
  folder: string,
): Promise<RunningPractice & { close(): Promise<void> }> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, stateName);
  await sweepLeftovers(file, Date.now());
  const names = scenarios.filter((name): name is ScenarioName => Object.hasOwn(known, name));
  const saved = await readFile(file, 'utf8').catch(() => undefined);
  const tenant = playInEveryCloud(takeUp({ scenarios: names, devicePollSeconds: 1 }, saved));
  const kept = keepTenant(tenant, (text) => writeAtomically(file, text));
  // One that no program has asked yet is one, too.
  if (saved === undefined) await writeAtomically(file, await writeState(tenant.state));
  const { origin, connections, close } = await serve(kept);
  return {
    tenant,
    expect: tenant.expect,
    origin,
    connections,
    scenarios: tenant.state.scenarios,
    problems: problemNames(tenant.state.scenarios),
    async close() {
      await close();
      // A window that closes shows nothing any more.
      await kept.settle().catch(() => undefined);
    },
  };
}

/** One that another version kept cannot be used again. */
function takeUp(options: PracticeTenantOptions, saved: string | undefined): PracticeTenant {
  try {
    return createPracticeTenant({ ...options, ...(saved !== undefined && { saved }) });
  } catch (cause) {
    if (!(cause instanceof UnreadableState)) throw cause;
    return createPracticeTenant(options);
  }
}

/** A practice tenant served from this window. */
export interface RunningPractice {
  readonly tenant: PracticeTenant;
  /** Told before a customer of this cloud is worked on: two clouds have one login host. */
  readonly expect: (cloud: CloudName) => void;
  /** Its page: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly connections: Connections;
  readonly scenarios: readonly string[];
  /** The same, as people call them. */
  readonly problems: readonly string[];
}
