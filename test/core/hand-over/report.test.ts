import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { asHtml } from '../../../src/core/hand-over/as-html.ts';
import { type Facts, gatherFacts } from '../../../src/core/hand-over/facts.ts';
import { makeReport } from '../../../src/core/hand-over/report.ts';
import { english } from '../../../src/core/hand-over/texts.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { packRecord, packTime } from '../../support/handed-over.ts';
import { pageText } from '../../support/page-text.ts';

const vault = 'https://ta-contoso-12345678.vault.azure.net/secrets/ta-exo-client-secret/1';

function factsOf(record = packRecord(), customer: object = {}, places: Facts['places'] = []): Facts {
  const { application } = record;
  if (!application) throw new Error('Not set up.');
  const wanted = Customer.parse({ ...contosoCustomer, ...customer });
  return gatherFacts({ customer: wanted, record, application, places, now: packTime });
}

const pageOf = (facts: Facts): string =>
  asHtml(makeReport(facts, english, [['report.html', 'this report']]), 'en');
const reportOf = (facts: Facts): string => pageText(pageOf(facts));

test('the report with its checklist is this page', async () => {
  const facts = factsOf(packRecord(), {}, [
    { kind: 'encrypted', file: 'contoso.ta-email.json.age', by: 'passphrase' },
    { kind: 'preferences', file: 'contoso.ta-email.json' },
    { kind: 'vault', uri: vault },
  ]);
  await expect(pageOf(facts)).toMatchFileSnapshot('../../golden/hand-over.html');
});

test.each([
  ['global', 'login.microsoftonline.com, graph.microsoft.com', 'outlook.office.com, outlook.office365.com'],
  ['china', 'login.partner.microsoftonline.cn, microsoftgraph.chinacloudapi.cn', 'partner.outlook.cn'],
] as const)(
  'the checklist says what the server of T&A has to reach in the cloud %s',
  (cloud, hosts, uploads) => {
    const report = reportOf(factsOf(packRecord(), { cloud })).replaceAll('`', '');
    expect(report).toContain(
      `Allow HTTPS (port 443) to ${hosts}, and for attachments above 3 MB to ${uploads}.`,
    );
    for (const word of ['proxy', 'user agent', 'Press Test there', 'send FILE --to ADDRESS'])
      expect(report).toContain(word);
  },
);

test('what is not proved is said to be not proved', () => {
  const { proof: _, verification: __, ...bare } = packRecord();
  expect(reportOf(factsOf(bare))).toContain(
    'Not proved: the record does not show that the client secret works.',
  );
  expect(reportOf(factsOf(bare))).toContain('## Proof that email arrives\nNo proof is recorded.');
});

test('a token or a mail of an older secret proves nothing for this one', () => {
  const newer = { keyId: 'key-2', hint: 'abc', displayName: 's', expiresAt: '2027-06-01T10:00:00Z' };
  expect(factsOf(packRecord({ secret: newer })).gap).toBe('not proved');
  const roles = ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send'];
  const proof = { at: '2026-11-24T11:00:00Z', keyId: 'key-2', roles };
  const preferences = { file: 'contoso.ta-email.json', keyId: 'key-2', writtenAt: '2026-11-24T11:00:00Z' };
  expect(factsOf(packRecord({ secret: newer, proof, preferences })).gap).toBe('no mail seen');
  const fewer = { ...proof, roles: ['Mail.Send'] };
  expect(factsOf(packRecord({ secret: newer, proof: fewer, preferences })).gap).toBe('not proved');
});

test.each([
  ['bounced', 'came back undelivered'],
  ['ask the recipient', 'outside the tenant; ask the recipient'],
  ['not seen', 'not seen'],
] as const)('a mail whose outcome is "%s" has not arrived', (outcome, words) => {
  const recipients = [{ address: 'robin@contoso.com', outcome }];
  const verification = {
    at: '2026-11-24T11:00:00Z',
    code: 'TA-1',
    internetMessageId: '<1>',
    inSentItems: true,
  };
  const facts = factsOf(packRecord({ verification: { ...verification, recipients } }));
  expect(facts.gap).toBe('no mail seen');
  expect(reportOf(facts)).toContain(`Recipient: \`robin@contoso.com\`: ${words}`);
});

test('an expired secret and a rehearsal are the first to be said', () => {
  const secret = { keyId: 'key-1', hint: 'abc', displayName: 's', expiresAt: '2026-11-20T10:00:00Z' };
  const report = reportOf(factsOf(packRecord({ secret, kind: 'practice' })));
  expect(report.split('\n').slice(2, 4)).toEqual([
    'PRACTICE: this is a rehearsal. Nothing named here exists at Microsoft.',
    'The client secret expired on 2026-11-20. T&A cannot send email until it is renewed.',
  ]);
});

test('permissions that wait for the consent of someone else are named, with the day of the link', () => {
  const consent = { askedAt: '2026-11-23T10:00:00Z' };
  const report = reportOf(factsOf(packRecord({ grants: packRecord().grants.slice(0, 2), consent })));
  expect(report).toContain('Not granted yet: `Mail.ReadWrite`, `Mail.Send`.');
  expect(report).toContain('The consent link was created on 2026-11-23.');
  expect(report).toContain('`Mail.Send`, not granted yet: The draft is sent.');
});

test('with the scope mailbox Exchange grants what opens mailboxes, and the proof of the limit is shown', () => {
  const grants = packRecord().grants.slice(0, 2);
  const mail = { ...contosoCustomer.mail, otherMailbox: 'robin@contoso.com' };
  const waiting = reportOf(factsOf(packRecord({ grants }), { scope: 'mailbox', mail }));
  expect(waiting).toContain('The limit to the mailbox `ta@contoso.com` is not proved yet');
  expect(waiting).toContain(
    '`Mail.Send`, through a role in Exchange for this one mailbox: The draft is sent.',
  );
  expect(waiting).not.toContain('Not granted yet');
  const mailboxScope = {
    state: 'proved',
    at: '2026-11-24T11:30:00Z',
    mailbox: 'ta@contoso.com',
    otherMailbox: 'robin@contoso.com',
  } as const;
  const proved = reportOf(factsOf(packRecord({ grants, mailboxScope }), { scope: 'mailbox', mail }));
  expect(proved).toContain(
    '`ta@contoso.com` only; Exchange enforces the limit, proved on 2026-11-24; the app was refused by `robin@contoso.com`',
  );
  expect(proved).not.toContain('The limit to the mailbox');
  expect(proved).toContain('"Sender address from" must not be User');
});

test('a permission that the customer file adds has a reason too', () => {
  const app = { permissions: ['Mail.Send', 'Calendars.Read'] };
  expect(reportOf(factsOf(packRecord(), { app }))).toContain(
    '`Calendars.Read`, not granted yet: Requested in the customer file.',
  );
});

test('the portal is the one of the cloud', () => {
  const report = reportOf(factsOf(packRecord({ cloud: 'usgov' }), { cloud: 'usgov' }));
  expect(report).toContain('`https://entra.microsoft.us`');
  expect(report).not.toContain('entra.microsoft.com');
});
