import { expect } from 'vitest';
import type { Http } from '../../src/core/cloud/http.ts';
import { copiesIn } from '../../src/core/customer/copies.ts';
import { openIntents } from '../../src/core/customer/journal.ts';
import { escrow } from '../../src/core/stories/escrow.ts';
import { drain } from '../../src/core/waiting.ts';
import { Died } from '../support/death.ts';
import type { Onboarding } from '../support/onboarding.ts';
import { expectRemoved, removal } from '../support/removing.ts';
import { dayMs, expectRenewed, hashOf, type Renewing } from '../support/renewing.ts';
import { finishRenewal, renewalFor, renewed } from './renewals.ts';
import type { Ports, Story } from './stories.ts';

/** Customers whose run has come to Azure: what comes before meets its faults in the same story without a vault. */
const atAzure = new WeakSet<Onboarding>();

/** From the sign-in to Azure on. */
const isAtAzure = (customer: Onboarding): boolean => atAzure.has(customer);

function azureOf(customer: Onboarding): Renewing['azure'] {
  const { azure } = renewalFor(customer);
  return {
    ...azure,
    async signInToAzure(tenant, claims) {
      atAzure.add(customer);
      return await azure.signInToAzure(tenant, claims);
    },
  };
}

/** What ends a run ends it at Azure. Its SDK makes a failure of its own of a death, which is none of the story. */
async function endingAtAzure<Ended extends { readonly failure: unknown }>(
  customer: Onboarding,
  { http, ...ports }: Ports,
  run: (ports: Ports) => Promise<Ended>,
): Promise<{ readonly failure: unknown }> {
  let died: unknown;
  const send: Http['send'] = async (request) => {
    if (!http || !isAtAzure(customer)) return await customer.http.send(request);
    try {
      return await http.send(request);
    } catch (cause) {
      if (cause instanceof Died) died = cause;
      throw cause;
    }
  };
  const { failure } = await run({ ...ports, http: { send } });
  return { failure: died ?? failure };
}

/** A copy of the secret that T&A has lies in the vault. */
async function begin(customer: Onboarding): Promise<void> {
  await renewed.begin(customer);
  const { files, http, clock } = customer;
  const job = { recordFile: files.record, kind: 'practice', by: 'test', wish: {} } as const;
  const { azure } = renewalFor(customer);
  const asked = { http, clock, signal: undefined, ...azure, confirm: async () => true };
  await drain(escrow({ ...job, customer: customer.customer }, asked));
  clock.advance(60_000);
}

const copies = ({ state }: Onboarding) => state.azure.vaults.flatMap(({ secrets }) => secrets);

const deleted = ({ state }: Onboarding) => state.azure.vaults.flatMap(({ deletedSecrets }) => deletedSecrets);

const renewWithCopy = (customer: Onboarding, ports: Ports = {}) =>
  endingAtAzure(customer, ports, (own) =>
    renewalFor(customer).renew({ signIn: customer.signInOnce, ...own, vault: azureOf(customer) }),
  );

const renewedWithVault: Story = {
  name: 'a renewal with its copy in the vault',
  silent: true,
  counts: isAtAzure,
  begin,
  run: renewWithCopy,
  /** Azure comes last: the renewal itself is whole, and the copy is one of a secret that lives. */
  async sound(customer) {
    const { oldHash } = renewalFor(customer);
    await expectRenewed(renewalFor(customer));
    const [copy, ...more] = copies(customer);
    expect(more).toEqual([]);
    expect(copy?.enabled).toBe(true);
    expect([oldHash, hashOf(await customer.clientSecret())]).toContain(copy?.sha256);
  },
  async finish(customer) {
    for (const _run of ['ends it', 'finds nothing left']) {
      expect((await renewWithCopy(customer)).failure).toBeUndefined();
      await expectRenewed(renewalFor(customer));
      const record = await customer.record();
      expect(openIntents(record), 'intents without an outcome').toEqual([]);
      expect(copies(customer)).toMatchObject([
        { enabled: true, sha256: hashOf(await customer.clientSecret()) },
      ]);
      expect(record.escrow?.keyId).toBe(record.secret?.keyId);
    }
    customer.clock.advance(dayMs);
    await finishRenewal(customer);
  },
};

const removeWithCopy = (customer: Onboarding, ports: Ports = {}) =>
  endingAtAzure(customer, ports, (own) => {
    const { signInToAzure } = azureOf(customer);
    return removal(customer, { vault: true, purge: true }, { ...own, signInToAzure });
  });

const removedWithVault: Story = {
  name: 'a removal with its copy in the vault',
  silent: true,
  counts: isAtAzure,
  begin,
  run: removeWithCopy,
  /** The tenant lost everything before Azure was asked, and as long as the copy can be read, or recovered, the record names it. */
  async sound(customer) {
    await expectRemoved(customer);
    const record = await customer.record();
    const isEnabled = copies(customer).some(({ enabled }) => enabled);
    const known = copiesIn(record);
    if (isEnabled || deleted(customer).length > 0) expect(known, 'the copy is known').toHaveLength(1);
    if (isEnabled) expect(known).toEqual([record.escrow]);
  },
  async finish(customer) {
    for (const _run of ['ends it', 'finds nothing left']) {
      expect((await removeWithCopy(customer)).failure).toBeUndefined();
      await expectRemoved(customer);
      const record = await customer.record();
      expect(openIntents(record), 'intents without an outcome').toEqual([]);
      expect(record.removal?.permanent).toBe(true);
      // A copy that a refused request left disabled, or among the deleted ones, is asked for once more.
      expect([copies(customer), deleted(customer), copiesIn(record)]).toEqual([[], [], []]);
      customer.clock.advance(60_000);
    }
  },
};

/** The stories that come to a vault at their end, from there on. */
export const atVault: readonly Story[] = [renewedWithVault, removedWithVault];
