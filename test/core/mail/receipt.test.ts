import { beforeEach, expect, test, vi } from 'vitest';
import type { OutgoingMail } from '../../../src/core/mail/mail.ts';
import { awaitReceipt, type ReceiptOptions } from '../../../src/core/mail/receipt.ts';
import { errorFrom } from '../../support/error-from.ts';
import { mailboxOf } from '../../support/mail-tenant.ts';
import { code, type SendingTenant, sendingTenant } from '../../support/sending-tenant.ts';

beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));

async function receiptOf(
  tenant: SendingTenant,
  mail: Partial<OutgoingMail>,
  options: Partial<ReceiptOptions> = {},
) {
  const { sent, failure } = await tenant.send(mail);
  if (!sent) throw failure;
  return awaitReceipt(tenant.preferences, sent, {
    ...tenant,
    signal: undefined,
    timeoutMs: 60_000,
    ...options,
  });
}

test('finds the mail in Sent Items and in the recipient’s inbox, and waits until it is there', async () => {
  const tenant = await sendingTenant({ lagFactor: 1 });
  tenant.clock.advance(60_000);
  const waits: unknown[] = [];
  const receipt = await receiptOf(tenant, {}, { onWait: (wait) => waits.push(wait) });
  expect(receipt).toEqual({
    code,
    inSentItems: true,
    recipients: [{ address: 'robin@contoso.com', outcome: 'inbox' }],
  });
  expect(waits).toEqual([
    { ms: 500, open: ['robin@contoso.com'] },
    { ms: 1000, open: ['robin@contoso.com'] },
  ]);
});

test('tells a mail to oneself from its copy in Sent Items', async () => {
  const tenant = await sendingTenant();
  const receipt = await receiptOf(tenant, { to: ['ta@contoso.com'] });
  expect(receipt.recipients).toEqual([{ address: 'ta@contoso.com', outcome: 'inbox' }]);
  expect(receipt.inSentItems).toBe(true);
});

test('finds the non-delivery report of an unknown address, and settles each recipient by itself', async () => {
  const tenant = await sendingTenant();
  const to = ['nobody@contoso.com', 'robin@contoso.com', 'ann@fabrikam.com'];
  const receipt = await receiptOf(tenant, { to });
  expect(receipt.recipients).toEqual([
    { address: 'nobody@contoso.com', outcome: 'bounced' },
    { address: 'robin@contoso.com', outcome: 'inbox' },
    { address: 'ann@fabrikam.com', outcome: 'ask the recipient' },
  ]);
});

test('a report is about the address that it names, not about one that is a part of it', async () => {
  const tenant = await sendingTenant();
  const to = ['xrobin@contoso.com', 'robin@contoso.com', "o'brien@contoso.com"];
  const receipt = await receiptOf(tenant, { to });
  expect(receipt.recipients.map(({ outcome }) => outcome)).toEqual(['bounced', 'inbox', 'bounced']);
});

test.each([
  ['(nobody@contoso.com)', 'bounced'],
  ['&lt;NOBODY@contoso.com&gt;.', 'bounced'],
  ["'nobody@contoso.com'", 'bounced'],
  ['nobody@contoso.com.au', 'ask the recipient'],
  ['no.nobody@contoso.com', 'ask the recipient'],
  ['robin@contoso.com<pre>Received: from x\r\nTo: nobody@contoso.com</pre>', 'ask the recipient'],
])('a report with %s is read as one about nobody@contoso.com: %s', async (content, outcome) => {
  expect(await withReport({ body: { contentType: 'html', content } })).toBe(outcome);
});

test('does not wait for a recipient elsewhere, who can only be asked', async () => {
  const tenant = await sendingTenant();
  const receipt = await receiptOf(tenant, { to: ['ann@fabrikam.com'] });
  expect(receipt).toMatchObject({ inSentItems: true, recipients: [{ outcome: 'ask the recipient' }] });
  expect(tenant.clock.waits).toEqual([]);
});

test.each(['de', 'fr', 'it', 'es'] as const)(
  'finds a non-delivery report in the language %s',
  async (language) => {
    const tenant = await sendingTenant();
    mailboxOf(tenant.state, 'ta@contoso.com').language = language;
    const to = ['nobody@contoso.com', 'robin@contoso.com'];
    const receipt = await receiptOf(tenant, { to }, { timeoutMs: 5000 });
    expect(receipt.recipients.map(({ outcome }) => outcome)).toEqual(['bounced', 'inbox']);
  },
);

/** The newest mail in the sender's Inbox is the report; a test makes of it what else comes back to a sender. */
async function withReport(change: object, to = ['nobody@contoso.com', 'robin@contoso.com']) {
  const tenant = await sendingTenant();
  const { sent, failure } = await tenant.send({ to });
  if (!sent) throw failure;
  const [report] = tenant.mails('ta@contoso.com', 'inbox');
  if (report) Object.assign(report.graph, change);
  const options = { ...tenant, signal: undefined, timeoutMs: 5000 };
  const { recipients } = await awaitReceipt(tenant.preferences, sent, options);
  return recipients[0]?.outcome;
}

const ofClass = (value: string) => ({ singleValueExtendedProperties: [{ id: 'String 0x1a', value }] });
const from = (address: string) => ({ from: { emailAddress: { name: 'Someone', address } } });

test('a report of another mail system has no class of Exchange: its sender and its status code tell it', async () => {
  expect(await withReport({ ...ofClass('IPM.Note'), ...from('MAILER-DAEMON@mx.fabrikam.com') })).toBe(
    'bounced',
  );
  expect(await withReport({ ...ofClass('IPM.Note'), ...from('postmaster@contoso.com') })).toBe('bounced');
});

test.each([
  [
    'an automatic reply',
    { ...ofClass('IPM.Note.Rules.OofTemplate.Microsoft'), ...from('nobody@contoso.com') },
  ],
  ['a person who quotes the report', { ...ofClass('IPM.Note'), ...from('robin@contoso.com') }],
  ['a delivery receipt', ofClass('REPORT.IPM.Note.DR')],
  [
    'a notice of a delay by another mail system, whose servers have such addresses and versions',
    {
      ...{ ...ofClass('IPM.Note'), ...from('MAILER-DAEMON@mx.fabrikam.com') },
      body: {
        contentType: 'text',
        content:
          'nobody@contoso.com: 451 4.4.1 no answer from 5.10.20.30 and 40.5.10.2, Postfix 3.5.10, trying again',
      },
    },
  ],
  ['a notice of a delay', { ...ofClass('REPORT.IPM.Note.DELAYED'), ...from('postmaster@contoso.com') }],
])('%s is no non-delivery report', async (_what, change) => {
  expect(await withReport(change)).not.toBe('bounced');
});

test('an email that comes back because of its attachment has bounced', async () => {
  const content =
    'nobody@contoso.com<br>Your message was rejected: the attachment setup.exe is not allowed. 550 5.7.1';
  expect(await withReport({ body: { contentType: 'html', content } })).toBe('bounced');
});

test('an address is found whichever of its signs HTML writes as numbers', async () => {
  const content = '&#78;o&#98;ody&#x40;contoso&#46;com: 550 5.1.10';
  expect(await withReport({ body: { contentType: 'html', content } })).toBe('bounced');
});

test('a report that does not spell the address is about the only recipient there is', async () => {
  const body = { contentType: 'html', content: 'Ihre Nachricht konnte nicht zugestellt werden. 550 5.1.10' };
  expect(await withReport({ body }, ['nobody@contoso.com'])).toBe('bounced');
  expect(await withReport({ body })).not.toBe('bounced');
});

test('looks into Junk Email too, and says so', async () => {
  const tenant = await sendingTenant();
  const { sent, failure } = await tenant.send();
  if (!sent) throw failure;
  for (const mail of mailboxOf(tenant.state, 'robin@contoso.com').mails) mail.folder = 'junkemail';
  const options = { ...tenant, signal: undefined, timeoutMs: 5000 };
  const receipt = await awaitReceipt(tenant.preferences, sent, options);
  expect(receipt.recipients).toEqual([{ address: 'robin@contoso.com', outcome: 'junk' }]);
  expect(tenant.clock.waits).toEqual([]);
});

test('takes no report on another mail for one on this', async () => {
  const tenant = await sendingTenant();
  await receiptOf(tenant, { to: ['nobody@contoso.com'], code: 'TA-2222-22' });
  const receipt = await receiptOf(
    tenant,
    { to: ['nobody@contoso.com', 'robin@contoso.com'] },
    { timeoutMs: 5000 },
  );
  expect(receipt.recipients[0]?.outcome).toBe('bounced');
});

test('says not seen when the time is over, and waits no longer', async () => {
  const tenant = await sendingTenant({ lagFactor: 1 });
  tenant.clock.advance(3_600_000);
  tenant.state.lag.factor = 1000;
  const start = tenant.clock.now();
  const { sent } = await tenant.send();
  if (!sent) throw new Error('not sent');
  const receipt = await awaitReceipt(tenant.preferences, sent, {
    ...tenant,
    signal: undefined,
    timeoutMs: 20_000,
  });
  expect(receipt).toMatchObject({ inSentItems: false, recipients: [{ outcome: 'not seen' }] });
  expect(tenant.clock.now() - start).toBe(20_000);
});

test('asks the recipient where the app may not read the mailbox, or there is none', async () => {
  const denied = {
    status: 403,
    body: { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } },
  };
  const tenant = await sendingTenant({
    faults: [{ path: /robin@contoso\.com\/mailFolders/, answer: { kind: 'status', ...denied } }],
  });
  const receipt = await receiptOf(tenant, { to: ['robin@contoso.com', 'nils@contoso.com'] });
  expect(receipt.recipients).toContainEqual({ address: 'robin@contoso.com', outcome: 'ask the recipient' });
});

test('stops within the wait when it is stopped', async () => {
  const tenant = await sendingTenant({ lagFactor: 1 });
  tenant.clock.advance(3_600_000);
  tenant.state.lag.factor = 1000;
  const stop = new AbortController();
  const { sent } = await tenant.send();
  if (!sent) throw new Error('not sent');
  const looking = awaitReceipt(tenant.preferences, sent, {
    ...tenant,
    timeoutMs: 600_000,
    signal: stop.signal,
    onWait: () => stop.abort(),
  });
  expect(await errorFrom(looking)).toMatchObject({ code: 'TA-CANCELLED' });
});
