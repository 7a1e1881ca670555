import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connections } from '../core/cloud/connect-to.ts';
import { withLock } from '../core/customer/lock.ts';
import { writeAtomically } from '../core/files/atomic-write.ts';
import { addIgnoreLine } from '../core/files/ignore-line.ts';
import { sweepLeftovers } from '../core/files/leftovers.ts';
import { lookAt } from '../core/files/look-at.ts';
import { stateName } from '../core/files/own-files.ts';
import { checkTarget } from '../core/files/target.ts';
import type { Clock, OpenBrowser } from '../core/ports.ts';
import { Failure, row } from '../core/words/failure.ts';
import { say } from '../core/words/say.ts';
import { browseAs } from '../practice/browser.ts';
import { type PracticeCloudName, practiceClouds } from '../practice/clouds.ts';
import { keepTenant } from '../practice/kept-tenant.ts';
import { UnreadableState } from '../practice/saved-state.ts';
import { isScenario, type ScenarioName, scenarios } from '../practice/scenarios.ts';
import { serve } from '../practice/serve.ts';
import { createPracticeTenant, type PracticeTenant, type PracticeTenantOptions } from '../practice/tenant.ts';
import type { Identity } from '../practice/tls.ts';
import type { Context } from './command.ts';
import { isWord, usageFailure } from './usage.ts';

/** A practice tenant that runs in this process, on a loopback port. */
export interface Practice {
  readonly tenant: PracticeTenant;
  /** Its page: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly connections: Connections;
  /** Signs in in a browser by itself; `undefined` where a person does it on the page. */
  readonly browse: OpenBrowser | undefined;
  close(): Promise<void>;
}

/** Grace is the practice tenant's Global Administrator. */
const approver = 'grace@contoso.com';

/** The file that keeps a practice tenant from run to run. */
export interface PracticeState {
  readonly file: string;
  readonly fresh: boolean;
}

export interface OpenPracticeOptions {
  /** A person signs in on the page. */
  readonly manual: boolean;
  readonly clock: Clock;
  /** The cloud that the tenant is in from now on; where nothing is said it stays where it is. */
  readonly cloud?: PracticeCloudName | undefined;
  readonly port?: number;
  /** Serves the real names over TLS too. */
  readonly identity?: Identity;
  /** Where the tenant is kept from run to run; without it this one begins anew and ends with the run. */
  readonly state?: PracticeState;
}

export async function openPractice(
  names: readonly string[],
  { manual, clock, cloud, port, identity, state }: OpenPracticeOptions,
): Promise<Practice> {
  const scenarios = names.map(scenarioNamed);
  if (state) await sweepLeftovers(state.file, Date.now());
  const saved = state && !state.fresh ? await readKept(state.file) : undefined;
  const tenant = takeUp({
    clock,
    scenarios,
    ...(manual ? {} : { approveAs: approver, devicePollSeconds: 1 }),
    ...(saved !== undefined && { saved }),
  });
  if (cloud) tenant.state.cloud = practiceClouds[cloud];
  const kept = state && keepTenant(tenant, (text) => writeAtomically(state.file, text));
  const { origin, connections, close } = await serve(kept ?? tenant, {
    ...(port !== undefined && { port }),
    ...(identity && { identity }),
  }).catch((cause) => {
    throw portFailure(port, cause);
  });
  const browse = manual ? undefined : (url: string) => browseAs(tenant, approver, url);
  return {
    tenant,
    origin,
    connections,
    browse,
    async close() {
      await close();
      await kept?.settle();
    },
  };
}

/** Not through a link, and not from a pipe, which would never end. */
async function readKept(file: string): Promise<string | undefined> {
  await checkTarget(file);
  return lookAt(file, (path) => readFile(path, 'utf8'));
}

function takeUp(options: PracticeTenantOptions): PracticeTenant {
  try {
    return createPracticeTenant(options);
  } catch (cause) {
    if (!(cause instanceof UnreadableState)) throw cause;
    throw usageFailure(
      `The practice tenant of this folder (${stateName}) cannot be used again.`,
      row(
        say`It was kept by another version of this tool, or the file is damaged.`,
        'you',
        say`To start again from the beginning, add --fresh.`,
      ),
    );
  }
}

/**
 * The practice tenant of a folder for one run: of two at a time, the one that ends last would undo what the other did. No
 * git repository takes the file along.
 */
export async function withPracticeState<T>(
  folder: string,
  { options, terminal }: Context,
  work: (state: PracticeState) => Promise<T>,
): Promise<T> {
  const file = join(folder, stateName);
  const state = { file, fresh: options.fresh === true };
  let begun = false;
  try {
    return await withLock(file, 'a run with --practice', async () => {
      begun = true;
      const ignored = await addIgnoreLine(file);
      if (ignored)
        terminal.line(
          `Added ${ignored} to .gitignore: the practice tenant of this folder is kept in ${stateName}.`,
        );
      return await work(state);
    });
  } catch (cause) {
    if (begun || !(cause instanceof Failure) || cause.code !== 'TA-BUSY') throw cause;
    throw usageFailure(
      `Another run is using the practice tenant of this folder.`,
      row(
        say`${stateName} is locked by that run.`,
        'you',
        say`Wait until that run has ended, or serve one tenant for both: run "ta-exchange practice" and add the options that it prints.`,
      ),
    );
  }
}

/** Taken by another program (EADDRINUSE), or kept for administrators (EACCES). */
function portFailure(port: number | undefined, cause: unknown): unknown {
  if (port === undefined || !(cause instanceof Error && 'code' in cause)) return cause;
  const reason =
    cause.code === 'EADDRINUSE'
      ? say`Another program uses this port.`
      : say`This computer does not let you use this port.`;
  const next = say`Choose another port, or leave out --port to use a free one.`;
  return usageFailure(
    `Port ${port} of this computer cannot be used (${cause.code}).`,
    row(reason, 'you', next),
  );
}

function scenarioNamed(name: string): ScenarioName {
  if (isScenario(name)) return name;
  const which = isWord(name) ? `scenario "${name}"` : 'such scenario';
  throw usageFailure(`There is no ${which}. Available: ${Object.keys(scenarios).join(', ')}.`);
}
