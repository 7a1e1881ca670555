import { expect } from 'vitest';
import { openIntents } from '../../src/core/customer/journal.ts';
import { exists } from '../../src/core/files/target.ts';
import { oldFileOf } from '../../src/core/preferences/preferences-file.ts';
import { Failure } from '../../src/core/words/failure.ts';
import { heldIn } from '../support/invariants.ts';
import type { Onboarding } from '../support/onboarding.ts';
import {
  dayMs,
  expectRenewable,
  expectRenewed,
  hashOf,
  type Renewing,
  renewalOf,
  reportLate,
} from '../support/renewing.ts';
import type { Ports, Story } from './stories.ts';

const renewals = new WeakMap<Onboarding, Renewing>();

export function renewalFor(customer: Onboarding): Renewing {
  const found = renewals.get(customer);
  if (!found) throw new Error('the story did not begin');
  return found;
}

const renewOnce = (customer: Onboarding, ports: Ports = {}) =>
  renewalFor(customer).renew({ signIn: customer.signInOnce, ...ports });
const finishOnce = (customer: Onboarding, ports: Ports = {}) =>
  renewalFor(customer).finish({ signIn: customer.signInOnce, ...ports });

/** One secret lives, that in the file, and nothing is left to be done. */
export async function finishRenewal(customer: Onboarding): Promise<void> {
  let { failure } = await finishOnce(customer);
  // The report of this tenant is not late: what a run did that failed hides that T&A uses the new secret. Then the old one has to rest.
  if (failure instanceof Failure && failure.code === 'TA-OLD-SECRET-IN-USE') {
    customer.clock.advance(2 * dayMs);
    failure = (await finishOnce(customer)).failure;
  }
  if (failure)
    expect(failure).toMatchObject({ code: 'TA-BLOCKED', message: expect.stringContaining('No renewal') });
  const { liveSecrets } = heldIn(customer.state);
  expect(liveSecrets.map(({ sha256 }) => sha256)).toEqual([hashOf(await customer.clientSecret())]);
  expect((await customer.record()).renewal).toBeUndefined();
  expect(await exists(oldFileOf(customer.files.preferences)), 'the old file is gone').toBe(false);
  expect((await customer.run({ signIn: customer.signInOnce })).done?.prepared.plan.changes).toEqual([]);
}

export const renewed: Story = {
  name: 'a renewal',
  silent: true,
  async begin(customer) {
    renewals.set(customer, await renewalOf(customer));
  },
  run: renewOnce,
  sound: (customer) => expectRenewable(renewalFor(customer), 'renewing'),
  /** What a dead run left goes with the next ones; then both secrets live, and after the finish one. */
  async finish(customer) {
    const renewal = renewalFor(customer);
    expect((await renewOnce(customer)).failure).toBeUndefined();
    await expectRenewable(renewal, 'renewing');
    expect(openIntents(await customer.record()), 'intents without an outcome').toEqual([]);
    customer.clock.advance(11 * 60_000);
    expect((await renewOnce(customer)).failure).toBeUndefined();
    await expectRenewed(renewal);
    customer.clock.advance(dayMs);
    await finishRenewal(customer);
  },
};

export const finished: Story = {
  name: 'the end of a renewal',
  silent: true,
  async begin(customer) {
    await renewed.begin(customer);
    expect((await renewOnce(customer)).failure).toBeUndefined();
    customer.clock.advance(dayMs);
    // As Microsoft's report is: otherwise what this run does hides that T&A uses the new secret.
    reportLate(customer, dayMs / 24);
  },
  run: finishOnce,
  sound: (customer) => expectRenewable(renewalFor(customer), 'finishing'),
  finish: finishRenewal,
};
