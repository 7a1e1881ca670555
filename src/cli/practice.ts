import { row } from '../core/advice/row.ts';
import type { Connections } from '../core/cloud/connect-to.ts';
import type { Clock, OpenBrowser } from '../core/ports.ts';
import { say } from '../core/words/say.ts';
import { browseAs } from '../practice/browser.ts';
import { type ScenarioName, scenarios } from '../practice/scenarios.ts';
import { serve } from '../practice/serve.ts';
import { createPracticeTenant, type PracticeTenant } from '../practice/tenant.ts';
import type { Identity } from '../practice/tls.ts';
import { usageFailure } from './usage.ts';

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

export interface OpenPracticeOptions {
  /** A person signs in on the page. */
  readonly manual: boolean;
  readonly clock: Clock;
  readonly port?: number;
  /** Serves the real names over TLS too. */
  readonly identity?: Identity;
}

export async function openPractice(
  names: readonly string[],
  { manual, clock, port, identity }: OpenPracticeOptions,
): Promise<Practice> {
  const tenant = createPracticeTenant({
    clock,
    scenarios: names.map(scenarioNamed),
    ...(manual ? {} : { approveAs: approver, devicePollSeconds: 1 }),
  });
  const { origin, hosts, close } = await serve(tenant, {
    ...(port !== undefined && { port }),
    ...(identity && { identity }),
  }).catch((cause) => {
    throw portFailure(port, cause);
  });
  const browse = manual ? undefined : (url: string) => browseAs(tenant, approver, url);
  return { tenant, origin, connections: new Map(hosts.map((host) => [host, origin])), browse, close };
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
    `Port ${port} of this machine cannot be used (${cause.code}).`,
    row(reason, 'you', next),
  );
}

function scenarioNamed(name: string): ScenarioName {
  if (isScenario(name)) return name;
  throw usageFailure(`There is no scenario "${name}". There are: ${Object.keys(scenarios).join(', ')}.`);
}

const isScenario = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name);
