import { writeFile } from 'node:fs/promises';
import { expect, onTestFinished } from 'vitest';
import type { CheckedCustomer } from '../../src/core/check/checked.ts';
import { createHttp } from '../../src/core/cloud/pipeline.ts';
import { findCustomers } from '../../src/core/customer/find-customers.ts';
import type { Clock } from '../../src/core/ports.ts';
import { type CheckJob, checkOneCustomer } from '../../src/core/stories/check.ts';
import { checkFleet, type FleetProgress, type FleetState } from '../../src/core/stories/check-fleet.ts';
import { drain } from '../../src/core/waiting.ts';
import { serve } from '../../src/practice/serve.ts';
import { contosoCustomer } from './contoso-customer.ts';
import { fakeClock } from './fake-clock.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { type Onboarding, onboarding } from './onboarding.ts';
import { tempFolder } from './temp-folder.ts';

export const dayMs = 24 * 3_600_000;

export interface SetUp {
  readonly story: Onboarding;
  readonly file: string;
  check(mayBeFresh?: boolean): ReturnType<typeof checkOneCustomer>;
}

/** Contoso, set up with a test email that arrived, some days ago. */
export async function setUp(customer: object = {}): Promise<SetUp> {
  const story = await onboarding({ lagFactor: 0 });
  const check = await checksOf(story, customer);
  story.mail = { to: ['robin@contoso.com'], subject: 'Test', body: 'x', code: 'TA-7K3Q-9F' };
  const { failure } = await story.run({ receiptMs: 60_000 });
  expect(failure).toBeUndefined();
  story.clock.advance(3 * dayMs);
  story.requests();
  return { story, file: customerFileOf(story), check };
}

const customerFileOf = ({ files }: Onboarding): string =>
  files.record.replace('.ta-record.', '.ta-customer.');

/** Writes the customer file beside the record; its checks by the clock of the story. */
export async function checksOf(story: Onboarding, customer: object = {}): Promise<SetUp['check']> {
  const file = customerFileOf(story);
  await writeFile(file, JSON.stringify({ ...contosoCustomer, ...customer }));
  const { http, clock } = story;
  return (mayBeFresh = false) =>
    checkOneCustomer(
      { file, kind: 'practice', mayBeFresh },
      { http, clock, signal: undefined, patienceMs: 5000 },
    );
}

/** What the set-up registered. */
export const ours = ({ state }: Onboarding) => {
  const application = state.applications.find(({ graph }) => typeof graph.uniqueName === 'string');
  const principal = state.servicePrincipals.find(({ appId }) => appId === application?.appId);
  if (!application || !principal) throw new Error('nothing is set up');
  return { application, principal };
};

/** So many customers on disk, their tenants behind one socket. */
export async function fleetOf(
  count: number,
  through: (fetch: Fleet['fetch']) => Fleet['fetch'] = (fetch) => fetch,
  clock: Clock = fakeClock(),
) {
  const fleet = createFleet(count, clock);
  const { connections, close } = await serve({ fetch: through(fleet.fetch) });
  onTestFinished(close);
  const folder = await tempFolder();
  await fleet.write(folder);
  const http = createHttp({ connections, clock, log: silent, random: () => 0 });
  const found = await findCustomers([folder]);
  const jobs = (mayBeFresh = false): CheckJob[] =>
    found.map(({ file }) => ({ file, kind: 'practice', mayBeFresh }));
  const check = async (of: readonly CheckJob[], options: Options = {}): Promise<CheckedCustomer[]> => {
    const { signal, concurrency = 8, show, onWait } = options;
    const customers: CheckedCustomer[] = [];
    await drain(checkFleet(of, { http, clock, signal, concurrency, onWait }), (event) => {
      customers.push(event.customer);
      show?.(event);
    });
    return customers;
  };
  return { seen: fleet.seen, jobs, check };
}

interface Options {
  readonly signal?: AbortSignal;
  readonly concurrency?: number;
  readonly show?: (event: FleetProgress) => void;
  readonly onWait?: (state: FleetState) => void;
}

const silent = { info: () => undefined, debug: () => undefined };
