import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { withLock } from '../../../src/core/customer/lock.ts';
import type { CustomerRecord } from '../../../src/core/customer/record.ts';
import { standingOf } from '../../../src/core/customer/standing.ts';
import { readPreferences, writePreferences } from '../../../src/core/preferences/preferences-file.ts';
import { confirmReceipt, type SendJob, send } from '../../../src/core/stories/send.ts';
import { drain } from '../../../src/core/waiting.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';
import { setUpRecord } from '../../support/set-up-record.ts';
import { tempFile } from '../../support/temp-folder.ts';

const mail = { to: ['robin@contoso.com'], subject: 'Hours', body: 'See below.', code: 'TA-7K3Q-9F' };

async function setUp() {
  const story = await onboarding();
  expect((await story.run()).failure).toBeUndefined();
  return story;
}

async function sendOne({ files, http, clock }: Onboarding, change: Partial<SendJob> = {}) {
  const preferences = await readPreferences(files.preferences);
  const job = { recordFile: files.record, kind: 'practice', by: 'test', preferences, mail } as const;
  return await drain(send({ ...job, ...change }, { http, clock, signal: undefined }));
}

async function change(story: Onboarding, to: (record: CustomerRecord) => CustomerRecord): Promise<void> {
  await writeFile(story.files.record, JSON.stringify(to(await story.record())));
}

test('a mail that is sent later stands in the record, with the secret that it was sent with', async () => {
  const story = await setUp();
  const { receipt, unrecorded } = await sendOne(story);
  expect(unrecorded).toBeUndefined();
  const record = await story.record();
  expect(record.verification).toMatchObject({
    code: mail.code,
    keyId: record.secret?.keyId,
    recipients: receipt.recipients,
  });
  expect(record.journal.filter(({ step }) => step === 'send-mail').map(({ state }) => state)).toEqual([
    'intent',
    'done',
  ]);
  const { customer, clock } = story;
  expect(standingOf({ customer, record }, clock.now()).status).toBe('ready');
});

test.each([
  [
    'the file is known to hold an older secret',
    (record: CustomerRecord) => ({
      ...record,
      secret: record.secret && { ...record.secret, keyId: 'newer' },
    }),
    (record: CustomerRecord) => record.preferences?.keyId,
  ],
  [
    'another secret was put into the file by hand',
    (record: CustomerRecord) => ({ ...record, secret: record.secret && { ...record.secret, hint: 'Zz~' } }),
    () => undefined,
  ],
])('a mail proves nothing of the newest secret where %s', async (_, edit, keyId) => {
  const story = await setUp();
  await change(story, edit);
  await sendOne(story);
  const record = await story.record();
  expect(record.verification?.keyId).toBe(keyId(record));
  const { customer, clock } = story;
  const { stages } = standingOf({ customer, record }, clock.now());
  expect(stages?.verification).toBe('outdated');
});

test('a secret that a person enters, where there is no file, is known by how it begins', async () => {
  const story = await setUp();
  await change(story, ({ preferences: _, ...record }) => record);
  await sendOne(story);
  const { verification, secret } = await story.record();
  expect(verification?.keyId).toBe(secret?.keyId);
});

test('beside a run that holds the lock the mail goes, and it is told that the record does not show it', async () => {
  const story = await setUp();
  const before = await story.record();
  const sent = await withLock(story.files.record, 'VS Code', () => sendOne(story));
  expect(sent.receipt.recipients).toEqual([{ address: 'robin@contoso.com', outcome: 'inbox' }]);
  expect(sent.unrecorded).toMatchObject({ code: 'TA-BUSY' });
  expect(await story.record()).toEqual(before);
});

test.each([
  [
    'of another application',
    ({ application, ...record }: CustomerRecord) => ({
      ...record,
      ...(application && {
        application: { ...application, clientId: '5b0c1d5e-0000-4000-8000-000000000002' },
      }),
    }),
  ],
])('a record %s is left alone', async (_, edit) => {
  const story = await setUp();
  await change(story, edit);
  const before = await story.record();
  expect((await sendOne(story)).unrecorded).toBeUndefined();
  expect(await story.record()).toEqual(before);
});

test('a secret of a real tenant does not go to the practice tenant, nor the other way round', async () => {
  const story = await setUp();
  await change(story, (record) => ({ ...record, kind: 'production' as const }));
  story.state.requests.length = 0;
  await expect(sendOne(story)).rejects.toThrow(/kind/);
  expect(story.state.requests).toEqual([]);
});

test('a mail that went is in the record although nobody could look whether it arrived', async () => {
  const story = await setUp();
  const stop = new AbortController();
  const preferences = await readPreferences(story.files.preferences);
  const job = { recordFile: story.files.record, kind: 'practice', by: 'test', preferences, mail } as const;
  const sending = drain(send(job, { ...story, signal: stop.signal }), ({ kind }) => {
    if (kind === 'looking for the mail') stop.abort();
  });
  await expect(sending).rejects.toMatchObject({ code: 'TA-CANCELLED' });
  const { verification } = await story.record();
  expect(verification).toMatchObject({
    code: mail.code,
    inSentItems: false,
    recipients: [{ address: 'robin@contoso.com', outcome: 'not seen' }],
  });
});

test('preferences without a record are enough to send', async () => {
  const story = await setUp();
  const preferences = await readPreferences(story.files.preferences);
  const path = await tempFile('other.ta-email.json', '');
  await writePreferences(path, preferences);
  await sendOne(story, { recordFile: path.replace('ta-email', 'ta-record') });
  expect((await story.record()).verification).toBeUndefined();
});

const verified = {
  at: '2026-11-24T10:00:00Z',
  code: 'TA-7K3Q-9F',
  internetMessageId: '<1@contoso.com>',
  inSentItems: true,
  recipients: [
    { address: 'robin@contoso.com', outcome: 'inbox' as const },
    { address: 'pat@fabrikam.com', outcome: 'ask the recipient' as const },
  ],
};

async function confirm(readBack: string, address = 'pat@fabrikam.com', code = verified.code) {
  const record = setUpRecord('2027-11-24T12:00:00Z', { verification: verified });
  const recordFile = await tempFile('contoso.ta-record.json', JSON.stringify(record));
  const confirmed = await confirmReceipt({ recordFile, by: 'test' }, { code, address, readBack });
  const { verification } = JSON.parse(await readFile(recordFile, 'utf8'));
  expect(verification).toEqual(confirmed ?? verified);
  return confirmed;
}

test.each(['TA-7K3Q-9F', 'ta-7k3q-9f', ' TA 7K3Q 9F ', 'ta7k3q9f', '"TA‑7K3Q‑9F".'])(
  'a recipient may read the code back as %s',
  async (readBack) => {
    expect(await confirm(readBack)).toEqual({
      ...verified,
      recipients: [
        { address: 'robin@contoso.com', outcome: 'inbox' },
        { address: 'pat@fabrikam.com', outcome: 'confirmed by recipient' },
      ],
    });
  },
);

test.each(['', 'TA', '7K3Q-9F', 'TA-7K3Q-9G', 'TA-7K3Q-9FF'])('%j confirms nothing', async (readBack) => {
  expect(await confirm(readBack)).toBeUndefined();
});

test('nobody can confirm a mail that did not go to them, or another than the last', async () => {
  expect(await confirm(verified.code, 'eve@fabrikam.com')).toBeUndefined();
  expect(await confirm('TA-2222-22', 'pat@fabrikam.com', 'TA-2222-22')).toBeUndefined();
});
