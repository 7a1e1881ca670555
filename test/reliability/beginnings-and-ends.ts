import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { Customer } from '../../src/core/customer/customer.ts';
import { exchangeRemovalFileOf } from '../../src/core/customer/file-names.ts';
import { openIntents } from '../../src/core/customer/journal.ts';
import { errors } from '../../src/core/words/errors.ts';
import { say } from '../../src/core/words/say.ts';
import { adoption, byHand, pasted } from '../support/adopting.ts';
import type { Onboarding } from '../support/onboarding.ts';
import { expectRemoved, removal } from '../support/removing.ts';
import { scopedCustomer } from '../support/scoped-customer.ts';
import type { Ports, Story } from './stories.ts';

/** Set up by someone without a test email. */
export async function isSetUp(customer: Onboarding): Promise<void> {
  expect((await customer.run({ signIn: customer.signInOnce })).failure).toBeUndefined();
  customer.clock.advance(60_000);
}

export const removedForGood: Story = {
  name: 'a removal for good',
  begin: isSetUp,
  run: (customer, ports, watch) => removal(customer, { purge: true }, ports, watch),
  async finish(customer) {
    const begun = customer.clock.now();
    const { done, failure } = await removal(customer, { purge: true });
    expect(failure).toBeUndefined();
    expect(customer.clock.now() - begun).toBeLessThan(11 * 60_000);
    await expectRemoved(customer);
    expect(openIntents(await customer.record()), 'intents without an outcome').toEqual([]);
    const clientId = done?.record.removal?.application.clientId;
    customer.clock.advance(60_000);
    const again = await removal(customer, { purge: true });
    expect(again.done?.prepared.plan.changes).toEqual([]);
    expect(customer.state.applications.filter(({ appId }) => appId === clientId)).toEqual([]);
  },
};

/** The script for Exchange is written and the preferences go, both after the tenant has lost everything. */
export const removedWithFiles: Story = {
  name: 'a removal with its files',
  async begin(customer) {
    await isSetUp(customer);
    customer.customer = Customer.parse(scopedCustomer);
  },
  run: (customer, ports, watch) => removal(customer, { preferences: true }, ports, watch),
  async finish(customer) {
    const script = exchangeRemovalFileOf(customer.files.record);
    for (const _run of ['ends it', 'finds nothing left']) {
      expect((await removal(customer, { preferences: true })).failure).toBeUndefined();
      await expectRemoved(customer);
      customer.clock.advance(60_000);
    }
    expect(openIntents(await customer.record()), 'intents without an outcome').toEqual([]);
    expect(await readFile(script, 'utf8')).toContain('Remove-ManagementRoleAssignment');
    // What the dead one left is taken away by another process: this one lives.
    const left = (await readdir(dirname(script))).filter((name) => !name.endsWith('.tmp'));
    expect(left).toEqual(['contoso.remove-from-exchange.ps1', 'contoso.ta-record.json']);
  },
};

const byHands = new WeakMap<Onboarding, ReturnType<typeof byHand>>();

/** Where the application's own rights are not enough, an administrator is asked for, and here none is at hand. */
const noAdmin = async () => {
  throw errors.cancelled('', { doing: say`sign in` });
};

const adoptByHand = (customer: Onboarding, ports: Ports = {}) => {
  const hand = byHands.get(customer);
  const found = pasted(customer, hand?.application.appId ?? '', hand?.secret);
  return adoption(customer, { kind: 'preferences', found }, { signIn: noAdmin, ...ports });
};

export const adopted: Story = {
  name: 'an adoption',
  silent: true,
  begin: async (customer) => void byHands.set(customer, byHand(customer)),
  run: async (customer, ports) => ({ failure: (await adoptByHand(customer, ports)).failure }),
  async sound(customer) {
    const writes = customer.requests().filter((line) => !/^ *GET |^POST \/v1\.0\/\$batch$/.test(line));
    expect(writes, 'changes in the tenant').toEqual([]);
    const secret = await customer.clientSecret().catch(() => undefined);
    if (secret !== undefined) expect(secret).toBe(byHands.get(customer)?.secret);
  },
  async finish(customer) {
    expect((await adoptByHand(customer)).failure).toBeUndefined();
    expect((await adoptByHand(customer)).done?.written).toEqual([]);
    expect(await customer.clientSecret()).toBe(byHands.get(customer)?.secret);
  },
};
