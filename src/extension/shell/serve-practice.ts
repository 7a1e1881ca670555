import type { Connections } from '../../core/cloud/connect-to.ts';
import { scenarios as known, type ScenarioName } from '../../practice/scenarios.ts';
import { serve } from '../../practice/serve.ts';
import type { PracticeTenant } from '../../practice/tenant.ts';
import { createPracticeTenant } from '../../practice/tenant.ts';

export async function servePractice(
  scenarios: readonly string[],
): Promise<RunningPractice & { close(): Promise<void> }> {
  const names = scenarios.filter((name): name is ScenarioName => Object.hasOwn(known, name));
  const tenant = createPracticeTenant({ scenarios: names, devicePollSeconds: 1 });
  const { origin, hosts, close } = await serve(tenant);
  return {
    tenant,
    origin,
    connections: new Map(hosts.map((host) => [host, origin])),
    scenarios: names,
    close,
  };
}

/** A practice tenant served from this window. */
export interface RunningPractice {
  readonly tenant: PracticeTenant;
  /** Its page: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly connections: Connections;
  readonly scenarios: readonly string[];
}
