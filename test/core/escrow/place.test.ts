import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CustomerRecord } from '../../../src/core/customer/record.ts';
import type { Arm, ResourceGroup } from '../../../src/core/escrow/arm.ts';
import { type Choice, findPlace, type PlaceWish, vaultNameFor } from '../../../src/core/escrow/place.ts';
import { blankRecord } from '../../support/blank-record.ts';

interface There {
  readonly subscriptions?: readonly string[];
  readonly groups?: readonly ResourceGroup[];
  readonly vaults?: readonly string[];
}

const it = { name: 'it', location: 'westeurope' };
const payroll = { name: 'payroll', location: 'northeurope' };

/** Reads of an Azure that holds this; to write would be a mistake. */
function azureWith({ subscriptions = ['one'], groups = [it], vaults = [] }: There): Arm {
  const never = () => Promise.reject(new Error('only reads'));
  return {
    subscriptions: async () => subscriptions.map((name) => ({ id: `id-of-${name}`, name })),
    groups: async () => [...groups],
    vaults: async () => [...vaults],
    createGroup: never,
    find: never,
    put: never,
    change: never,
    register: never,
    registration: never,
  };
}

async function place(there: There, wish: PlaceWish = {}, record: CustomerRecord = blankRecord()) {
  const asked: Choice[] = [];
  const found = await findPlace(azureWith(there), record, wish, async (choice) => {
    asked.push(choice);
    return choice.from.at(-1)?.value ?? '';
  });
  const { subscription, group, vault } = found;
  return {
    at: [subscription.name, group.name, vault.name],
    asked: asked.map(({ what }) => what),
    group,
    vault,
  };
}

const ours = vaultNameFor(blankRecord());

test('one candidate needs no question, and the vault is a new one of ours', async () => {
  const { at, asked, vault } = await place({});
  expect([at, asked]).toEqual([['one', 'it', ours], []]);
  expect(vault).toEqual({ name: ours, isNew: true, location: 'westeurope' });
});

test('several are asked about, in order', async () => {
  const there = { subscriptions: ['one', 'two'], groups: [it, payroll], vaults: ['keys'] };
  const { at, asked } = await place(there);
  expect([at, asked]).toEqual([
    ['two', 'payroll', 'keys'],
    ['subscription', 'resource group', 'vault'],
  ]);
});

test('what is asked for is taken whatever its case, by name or id, without a question', async () => {
  const there = { subscriptions: ['one', 'two'], groups: [it, payroll], vaults: ['keys', 'other'] };
  const wish = { subscription: 'ID-OF-two', group: 'Payroll', vault: 'KEYS' };
  const { at, asked, vault } = await place(there, wish);
  expect([at, asked, vault.isNew]).toEqual([['two', 'payroll', 'KEYS'], [], false]);
});

test('our own vault is used again without a question', async () => {
  const { at, asked, vault } = await place({ vaults: ['other', ours.toUpperCase()] });
  expect([at[2], asked, vault.isNew]).toEqual([ours, [], false]);
});

test('without a wish the secret stays where it was kept', async () => {
  const resourceId =
    '/subscriptions/id-of-two/resourceGroups/payroll/providers/Microsoft.KeyVault/vaults/keys/secrets/x';
  const at = '2026-11-24T10:00:00Z';
  const record = blankRecord({ escrow: { resourceId, uri: 'u', keyId: 'k', expiresAt: at, writtenAt: at } });
  const there = { subscriptions: ['one', 'two'], groups: [it, payroll], vaults: ['keys', 'other'] };
  expect(await place(there, {}, record)).toMatchObject({ at: ['two', 'payroll', 'keys'], asked: [] });
});

test('a group that is not there is made where a region is named', async () => {
  const { group, vault } = await place({ groups: [] }, { group: 'ta', location: 'westeurope' });
  expect(group).toEqual({ name: 'ta', location: 'westeurope', isNew: true });
  expect(vault.location).toBe('westeurope');
});

test.for([
  [{ subscriptions: [] }, {}, 'TA-NO-SUBSCRIPTION', 'no active Azure subscription'],
  [{}, { subscription: 'three' }, 'TA-NO-SUCH-PLACE', 'There is no subscription "three". Available: one.'],
  [{}, { group: 'ta' }, 'TA-NO-SUCH-PLACE', 'There is no resource group "ta". Available: it.'],
  [{ groups: [] }, { group: 'ta' }, 'TA-NO-RESOURCE-GROUP', 'has no resource group'],
  [{ groups: [] }, {}, 'TA-NO-RESOURCE-GROUP', 'has no resource group'],
] as const)('%j and a wish for %j: %s', async ([there, wish, code, message]) => {
  const failing = place(there, wish);
  await expect(failing).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
});

test('a vault name is one that Azure takes, the same each time, and another for another tenant', () => {
  const guid = fc.uuid();
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), guid, guid, (customer, one, other) => {
      const nameIn = (id: string) =>
        vaultNameFor(blankRecord({ customer, tenant: { id, displayName: '', domain: '' } }));
      expect(nameIn(one)).toMatch(/^(?=.{3,24}$)[a-z](-?[a-z0-9])+$/);
      expect(nameIn(one)).toBe(nameIn(one));
      if (one !== other) expect(nameIn(one)).not.toBe(nameIn(other));
    }),
  );
});
