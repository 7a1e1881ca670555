import { expect, test } from 'vitest';
import { Customer } from '../../../../src/core/customer/customer.ts';
import { preFlight } from '../../../../src/core/setup/pre-flight.ts';
import { scopedCustomer } from '../../../support/scoped-customer.ts';
import { contoso, healthy, now, type SnapshotBuilder, snapshot } from '../../../support/snapshot.ts';

const { sender } = snapshot().existing.snapshot;
const robin = sender && { ...sender, userPrincipalName: 'robin@contoso.com' };
const fresh = snapshot().tenant({ otherMailbox: robin });

const customer = (mail: object, more: object = {}): Customer =>
  Customer.parse({ ...scopedCustomer, ...more, mail: { ...scopedCustomer.mail, ...mail } });

const worries = (wanted: Customer, { existing }: SnapshotBuilder = fresh) =>
  preFlight(wanted, existing, now)
    .filter(({ level }) => level !== 'good')
    .map(({ id, level }) => `${id}: ${level}`);

test('a customer whose other mailbox exists, and whose T&A sends from one address, has no worries', () => {
  expect(worries(customer({}))).toEqual([]);
  expect(worries(contoso)).toEqual([]);
});

test.each<[string, string, Customer, SnapshotBuilder?]>([
  [
    'T&A sends out of the mailboxes of people',
    'scope-sender-mode: note',
    customer({ senderAddressFrom: 'User' }),
  ],
  ['nobody said how T&A sends', 'scope-sender-mode: note', customer({ senderAddressFrom: undefined })],
  ['no other mailbox is named', 'scope-other-mailbox: later', customer({ otherMailbox: undefined })],
  [
    'the other mailbox is the sender',
    'scope-other-mailbox: blocks',
    customer({ otherMailbox: 'TA@contoso.com' }),
  ],
  ['the other mailbox does not exist', 'scope-other-mailbox: blocks', customer({}), snapshot()],
  [
    'the other mailbox is a guest',
    'scope-other-mailbox: blocks',
    customer({}),
    snapshot().tenant({ otherMailbox: robin && { ...robin, guest: true } }),
  ],
  [
    'the other one has no mailbox',
    'scope-other-mailbox: blocks',
    customer({}),
    snapshot().tenant({ otherMailbox: robin && { ...robin, mailbox: 'no' } }),
  ],
  [
    'grants for every mailbox stand, and the admin may not remove them',
    'admin-remove-grants: note',
    customer({}),
    healthy().tenant({ otherMailbox: robin }).as('applicationAdministrator'),
  ],
])('says it where %s', (_what, expected, wanted, existing) => {
  expect(worries(wanted, existing)).toEqual([expected]);
});

test('a permission that Exchange cannot limit blocks', () => {
  const appRoles = new Map([...fresh.existing.snapshot.graph.appRoles, ['Mail.ReadBasic.All', 'id']]);
  const tenant = fresh.tenant({ graph: { ...fresh.existing.snapshot.graph, appRoles } });
  const wanted = customer({}, { app: { permissions: ['User.Read.All', 'Mail.ReadBasic.All'] } });
  expect(worries(wanted, tenant)).toEqual(['scope-permissions: blocks']);
});
