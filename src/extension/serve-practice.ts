import { scenarios as known, type ScenarioName } from '../practice/scenarios.ts';
import { serve } from '../practice/serve.ts';
import { createPracticeTenant } from '../practice/tenant.ts';
import type { RunningPractice } from './running-practice.ts';

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
