import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type VerificationProgress, verify } from '../../../src/core/mail/verify.ts';
import { readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { drain } from '../../../src/core/waiting.ts';
import { errorFrom } from '../../support/error-from.ts';
import { mailboxOf } from '../../support/mail-tenant.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';
import { sendingTenant } from '../../support/sending-tenant.ts';
import { healthy } from '../../support/snapshot.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const mail = {
  to: ['robin@contoso.com'],
  subject: 'T&A email verification',
  body: 'Hello.',
  code: 'TA-7K3Q-9F',
};

async function verified(story: Onboarding, to: string[]) {
  await story.run();
  const preferences = await readPreferences(story.files.preferences);
  const verifying = verify(
    preferences,
    { ...mail, to },
    { http: story.http, clock: story.clock, signal: undefined, notes: undefined },
  );
  const progress: VerificationProgress[] = [];
  for (let step = await verifying.next(); ; step = await verifying.next()) {
    if (step.done) return { progress, ...step.value };
    progress.push(step.value);
  }
}

test('sends by the file alone and finds the mail at the recipient', async () => {
  const story = await onboarding();
  const { progress, sent, receipt } = await verified(story, mail.to);
  expect(progress.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['mail', 'looking for the mail', 'receipt']),
  );
  expect(receipt.recipients).toEqual([{ address: 'robin@contoso.com', outcome: 'inbox' }]);
  expect(receipt).toMatchObject({ code: 'TA-7K3Q-9F', inSentItems: true });
  const [arrived] = mailboxOf(story.state, 'robin').mails;
  expect(arrived?.graph.internetMessageId).toBe(sent.internetMessageId);
  expect(arrived?.graph.subject).toContain('TA-7K3Q-9F');
});

test('waits while Exchange does not know the new permissions', async () => {
  const story = await onboarding({ scenarios: ['slow-replication'] });
  const { receipt } = await verified(story, mail.to);
  expect(receipt.inSentItems).toBe(true);
});

test('the story keeps the verification in the record, without the mail itself', async () => {
  const story = await onboarding();
  const attachment = join(await tempFolder(), 'hours.txt');
  await writeFile(attachment, 'canary');
  story.mail = { ...mail, attachments: [attachment] };
  const { done, failure } = await story.run();
  expect(failure).toBeUndefined();
  const record = await story.record();
  expect(record.verification).toEqual({
    at: new Date(done?.verification?.sent.sentAt ?? 0).toISOString(),
    code: 'TA-7K3Q-9F',
    internetMessageId: done?.verification?.sent.internetMessageId,
    keyId: record.secret?.keyId,
    inSentItems: true,
    recipients: [{ address: 'robin@contoso.com', outcome: 'inbox' }],
  });
  expect(JSON.stringify(record)).not.toContain('canary');
});

test('refuses a mail that cannot be sent before any request', async () => {
  const story = await onboarding();
  story.mail = { ...mail, to: ['not an address'] };
  expect((await story.run()).failure).toMatchObject({ exitCode: 3 });
  expect(story.state.requests).toEqual([]);
});

test.each([
  ['just now', 0, true],
  ['three hours ago', 3 * 3_600_000, false],
])(
  'a refusal is waited for only while the consent is news to Exchange: proved %s',
  async (_when, age, waits) => {
    const body = { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } };
    const answer = { kind: 'status', status: 403, body } as const;
    const tenant = await sendingTenant({ faults: [{ method: 'POST', path: /messages$/, answer }] });
    const { clock, http, preferences } = tenant;
    const at = new Date(clock.now() - age).toISOString();
    const record = { ...healthy().existing.record, proof: { at, keyId: 'key', roles: [] } };
    const notes = { current: () => record, change: async () => undefined };
    const verifying = verify(preferences, mail, { http, clock, signal: undefined, notes });
    expect(await errorFrom(drain(verifying))).toMatchObject({ code: 'ErrorAccessDenied' });
    expect(clock.waits.length > 0).toBe(waits);
  },
);
