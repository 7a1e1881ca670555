import { writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { checkOneCustomer } from '../../src/core/stories/check.ts';
import { contosoCustomer } from './contoso-customer.ts';
import { type Onboarding, onboarding } from './onboarding.ts';

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
