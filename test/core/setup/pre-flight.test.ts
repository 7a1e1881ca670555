import { expect, test } from 'vitest';
import type { Customer } from '../../../src/core/customer/customer.ts';
import { isBlocked, preFlight } from '../../../src/core/setup/pre-flight.ts';
import { say } from '../../../src/core/words/say.ts';
import { contoso, healthy, now, type SnapshotBuilder, secretOf, snapshot } from '../../support/snapshot.ts';

const findingsOf = ({ existing }: SnapshotBuilder, customer: Customer = contoso) =>
  preFlight(customer, existing, now);

/** Ids of all findings that are not good. */
const worries = (...asked: Parameters<typeof findingsOf>) =>
  findingsOf(...asked)
    .filter(({ level }) => level !== 'good')
    .map(({ id }) => id);

const policy = (restrictionType: string, more: object = {}) =>
  snapshot().tenant({
    secretPolicy: { name: 'Strict', rules: [{ restrictionType, state: 'enabled', ...more }] },
  });
const sender = (change: object) => {
  const { snapshot: held } = snapshot().existing;
  return snapshot().tenant({ sender: held.sender && { ...held.sender, ...change } });
};
const twin = (clientId: string) => ({
  objectId: `object-of-${clientId}`,
  clientId,
  displayName: 'x',
  uniqueName: undefined,
  createdAt: undefined,
  deletedAt: undefined,
});
const olga = (addresses: readonly string[] | undefined) =>
  snapshot().tenant({
    sender: undefined,
    sendersByMail: [
      {
        objectId: 'o',
        userPrincipalName: 'olga@contoso.onmicrosoft.com',
        displayName: 'Olga',
        guest: false,
        mailbox: 'yes',
        primaryAddress: 'olga@contoso.com',
        addresses,
      },
    ],
  });
const named = (permissions: string[]): Customer => ({ ...contoso, app: { ...contoso.app, permissions } });

test('finds nothing to worry about in a fresh tenant and in a healthy one', () => {
  expect(worries(snapshot())).toEqual([]);
  expect(worries(healthy())).toEqual([]);
  expect(findingsOf(snapshot()).map(({ id }) => id)).toEqual(['tenant', 'admin', 'secret-policy', 'sender']);
});

type Expected = [id: string, level: string, who: string, situation: SnapshotBuilder, customer?: Customer];
const otherDomain = { ...contoso, mail: { fromName: 'x', fromAddress: 'ta@fabrikam.com' } };
const admin = "the customer's admin";
const exchange = 'an Exchange administrator';
const otherId = '88888888-8888-4888-a888-888888888888';
const consenter = 'a Global or Privileged Role Administrator';

const refused = { kind: 'refused', code: 'AADSTS7000215', said: 'Invalid client secret provided.' } as const;
const young = healthy().withApplication({ secrets: [secretOf({ startsAt: '2026-11-23T21:55:00Z' })] });

test.each<Expected>([
  ['sender-domain', 'blocks', 'you', snapshot(), otherDomain],
  ['permissions', 'blocks', 'you', snapshot(), named(['Mail.Send', 'mail.send.everything'])],
  ['admin-role', 'note', 'you', snapshot().as()],
  ['admin-role', 'note', 'you', snapshot().as().tenant({ registrationOpen: false })],
  ['admin-register', 'note', 'you', snapshot().as('privilegedRoleAdministrator')],
  ['admin-consent', 'later', consenter, snapshot().as('applicationAdministrator')],
  ['admin-consent', 'later', consenter, snapshot().as('cloudApplicationAdministrator')],
  ['application-twin', 'note', 'you', snapshot().tenant({ twins: [twin('a')] })],
  ['application-deleted', 'note', 'you', snapshot().tenant({ deleted: twin('old') })],
  ['application-disabled', 'blocks', admin, healthy().withServicePrincipal(false)],
  [
    'secret-expiry',
    'note',
    'you',
    healthy().withApplication({ secrets: [secretOf({ expiresAt: '2026-12-20T00:00:00Z' })] }),
  ],
  ['secret-unknown', 'note', 'you', healthy().tried(undefined)],
  ['secret-unknown', 'note', 'you', healthy().tried({ kind: 'unknown', reason: say`No connection.` })],
  ['secret-refused', 'note', 'you', healthy().tried(refused)],
  ['secret-of-other', 'blocks', 'you', healthy().withApplication({ clientId: otherId })],
  ['secret-new', 'note', 'you', young.tried(refused)],
  ['application-surplus', 'note', 'you', healthy().withFile('zzz8Q~0123456789abcdefghijklmnopqrstuvwx')],
  ['secret-forbidden', 'blocks', admin, policy('passwordAddition')],
  ['secret-lifetime', 'blocks', 'you', policy('passwordLifetime', { maxLifetime: 'P90D' })],
  ['secret-policy', 'note', 'you', snapshot().tenant({ secretPolicy: undefined })],
  ['sender-missing', 'blocks', exchange, snapshot().tenant({ sender: undefined })],
  ['sender-name', 'blocks', 'you', olga(['olga@contoso.com', 'olga@contoso.onmicrosoft.com'])],
  ['sender-name', 'blocks', 'you', olga(undefined)],
  ['sender-name', 'blocks', exchange, olga(['olga@contoso.com'])],
  ['sender-guest', 'blocks', 'you', sender({ guest: true })],
  ['sender-mailbox', 'blocks', exchange, sender({ mailbox: 'no' })],
  [
    'sender-address',
    'later',
    exchange,
    sender({ primaryAddress: 'ta@new.example', addresses: ['ta@new.example'] }),
  ],
  [
    'sender-address-unknown',
    'note',
    exchange,
    sender({ primaryAddress: 'ta@new.example', addresses: undefined }),
  ],
  [
    'sender-alias',
    'note',
    exchange,
    sender({ primaryAddress: 'ta@new.example', addresses: ['ta@new.example', 'ta@contoso.com'] }),
  ],
  ['sender-initial-domain', 'note', exchange, sender({ primaryAddress: 'ta@contoso.onmicrosoft.com' })],
  ['sender-shown-name', 'note', exchange, sender({ displayName: 'Zeiterfassung' })],
])('finds %s (%s), which is the move of %s', (id, level, who, situation, customer) => {
  const found = findingsOf(situation, customer).find((finding) => finding.id === id);
  expect(found).toMatchObject({ level, who });
  expect(String(found?.next)).toMatch(/\w.*\.$/s);
  expect(String(found?.what)).toMatch(/\w.*\.$/s);
  if (id === 'sender-initial-domain') expect(String(found?.what)).toContain('100 external recipients a day');
  expect(isBlocked(findingsOf(situation, customer))).toBe(level === 'blocks');
});

test('says no more than it has to of 500 applications of the same name', () => {
  const twins = Array.from({ length: 500 }, (_, index) => twin(`id-${index}`));
  const found = findingsOf(snapshot().tenant({ twins })).find(({ id }) => id === 'application-twin');
  expect(String(found?.what)).toContain('(client id id-0, id-1, id-2 and more)');
});

test('needs roles only for what is left to do', () => {
  expect(worries(healthy().as())).toEqual([]);
  expect(worries(healthy().as('privilegedRoleAdministrator').withGrants('Mail.Send'))).toEqual([]);
  expect(worries(healthy().as('applicationAdministrator').withApplication({ secrets: [] }))).toEqual([]);
});

test('says so where no role to add the secret is seen', () => {
  const noSecret = healthy().withApplication({ secrets: [] });
  expect(worries(noSecret.as('privilegedRoleAdministrator'))).toEqual(['admin-register']);
  expect(worries(noSecret.as())).toEqual(['admin-role']);
});

test('goes on where roles cannot be read, since the tenant says no by itself, and does not call them enough', () => {
  const unread = snapshot().tenant({ adminRoles: undefined });
  expect(worries(unread)).toEqual(['admin-unknown']);
  expect(isBlocked(findingsOf(unread))).toBe(false);
  expect(worries(healthy().tenant({ adminRoles: undefined }))).toEqual([]);
});

test('does not ask about the policy of secrets where the file holds a good one', () => {
  const { secretPolicy } = policy('passwordAddition').existing.snapshot;
  expect(worries(healthy().tenant({ secretPolicy }))).toEqual([]);
});

test('spares an application that is older than the rule', () => {
  const rule = { restrictForAppsCreatedAfterDateTime: '2026-11-21T00:00:00Z' };
  const old = policy('passwordAddition', rule).withApplication({ createdAt: '2026-11-20T08:00:00Z' });
  expect(worries(old)).toEqual([]);
  expect(worries(policy('passwordAddition', rule))).toEqual(['secret-forbidden']);
});

test('an address from which Exchange refuses to send is not called good, and no advice leads to the other one', () => {
  const refused = findingsOf(sender({ primaryAddress: 'ta@new.example', addresses: ['ta@new.example'] }));
  expect(refused.filter(({ id }) => id === 'sender')).toEqual([]);
  const next = String(refused.find(({ id }) => id === 'sender-address')?.next);
  expect(next).toContain('Add ta@contoso.com to the mailbox');
  const named = findingsOf(olga(['olga@contoso.com'])).find(({ id }) => id === 'sender-name');
  expect(String(named?.next)).not.toMatch(/^Set "mail.fromAddress" to olga@contoso.onmicrosoft.com\.$/);
});

test('a mailbox with an address only, of which no one knows whether it is one, is said to be so', () => {
  const found = findingsOf(sender({ mailbox: 'likely' })).find(({ id }) => id === 'sender');
  expect(String(found?.what)).toContain('Whether it has a mailbox shows when the test email is sent');
});

test('a licence alone is not called a mailbox: that may be on-premises', () => {
  const found = findingsOf(healthy()).find(({ id }) => id === 'sender');
  expect(String(found?.what)).toBe(
    'The sender ta@contoso.com has a licence for Exchange Online. Whether it has a mailbox there shows when the test email is sent.',
  );
});

test('of a sender that is gone after a test email it is asked whether it was renamed, before it is created', () => {
  const verification = {
    at: '2026-11-20T10:00:00Z',
    code: 'TA-7K3Q-9F',
    internetMessageId: '<x>',
    inSentItems: true,
    recipients: [],
  };
  const gone = healthy().record({ verification }).tenant({ sender: undefined });
  const next = String(findingsOf(gone).find(({ id }) => id === 'sender-missing')?.next);
  expect(next).toMatch(/^A test email was sent on 2026-11-20\. Ask whether the mailbox was renamed since/);
});

test('a mailbox with an address only, such as a shared one, is good enough', () => {
  expect(worries(sender({ mailbox: 'likely' }))).toEqual([]);
});

test('only what a token was given for in this run is called working', () => {
  const said = [healthy(), healthy().tried(undefined), healthy().tried(refused), young.tried(refused)].map(
    (situation) => findingsOf(situation).some(({ what }) => / works:/.test(String(what))),
  );
  expect(said).toEqual([true, false, false, false]);
});
