import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openRenewal } from '../../../src/core/customer/standing.ts';
import { oldFileOf, readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { escrow } from '../../../src/core/stories/escrow.ts';
import { drain } from '../../../src/core/waiting.ts';
import { checksOf } from '../../support/checking.ts';
import { heldIn } from '../../support/invariants.ts';
import { dayMs, expectRenewed, hashOf, renewing } from '../../support/renewing.ts';

test('the copy in the customer’s vault is renewed too, at the same place and without a question', async () => {
  const story = await renewing();
  const { customer, files, http, clock } = story;
  const job = { customer, recordFile: files.record, kind: 'practice', by: 'test', wish: {} } as const;
  const asked = { http, clock, signal: undefined, ...story.azure, confirm: async () => true };
  await drain(escrow(job, asked));
  const first = (await story.record()).escrow;
  const { progress, failure } = await story.renew();
  expect(failure).toBeUndefined();
  await expectRenewed(story);
  const { escrow: second, secret } = await story.record();
  expect(second?.keyId).toBe(secret?.keyId);
  expect(second?.resourceId).toBe(first?.resourceId);
  expect(second?.uri).not.toBe(first?.uri);
  expect(progress.filter(({ kind }) => kind === 'vault').length).toBeGreaterThan(0);
});

test('a secret whose text is with the customer’s administrator is renewed here, and finishing removes it by its key id', async () => {
  const story = await renewing();
  await rm(story.files.preferences);
  const { preferences: _none, proof: _old, ...record } = await story.record();
  await writeFile(story.files.record, JSON.stringify(record));
  expect((await story.renew()).failure).toBeUndefined();
  expect(heldIn(story.state).liveSecrets).toHaveLength(2);
  expect(openRenewal(await story.record())?.oldSecret.keyId).toBe(record.secret?.keyId);
  story.clock.advance(dayMs);
  expect((await story.finish()).failure).toBeUndefined();
  expect(heldIn(story.state).liveSecrets.map(({ keyId }) => keyId)).toEqual([
    (await story.record()).secret?.keyId,
  ]);
});

test('where the place of the old file is taken, nothing is created: the secret that T&A uses would be in no file', async () => {
  const story = await renewing();
  const old = oldFileOf(story.files.preferences);
  await writeFile(old, 'from an earlier import');
  const { failure } = await story.renew();
  expect(failure).toMatchObject({
    code: 'TA-OLD-FILE',
    message: expect.saying('contoso.before.ta-email.json'),
  });
  expect(hashOf(await story.clientSecret())).toBe(story.oldHash);
  expect(await readFile(old, 'utf8')).toBe('from an earlier import');
  expect(heldIn(story.state).applications.map(({ secrets }) => secrets.length)).toEqual([1]);
  await copyFile(story.files.preferences, old);
  expect((await story.renew()).failure).toBeUndefined();
});

test('where the last renewal was never finished, the next one keeps the secret of that one', async () => {
  const story = await renewing();
  await story.renew();
  const second = await story.clientSecret();
  story.clock.advance(170 * dayMs);
  expect((await story.renew()).failure).toBeUndefined();
  expect(await story.clientSecret()).not.toBe(second);
  const old = await readPreferences(oldFileOf(story.files.preferences));
  expect(old.connection.clientSecret.reveal()).toBe(second);
});

test('with its record lost while a renewal is open, the old file tells of it: nothing is added, T&A’s secret is no surplus and stays', async () => {
  const story = await renewing();
  await story.renew();
  const { secret, renewal } = await story.record();
  story.clock.advance(dayMs);
  await rm(story.files.record);
  const { findings } = (await (await checksOf(story))()).customer;
  expect(findings.map(({ code }) => code)).toContain('renewal');
  expect(findings.map(({ code }) => code)).not.toContain('application-credentials');
  // An earlier use of the new secret may have been this tool's.
  const again = await story.renew();
  expect(again.failure).toBeUndefined();
  await expectRenewed(story);
  expect(await story.record()).toMatchObject({
    secret: { keyId: secret?.keyId },
    renewal: { oldSecret: { keyId: renewal?.oldSecret.keyId } },
  });
  const last = await story.finish({
    confirm: async (_prepared, _line, evidence) => evidence.kind === 'new in use',
  });
  expect(last.failure).toMatchObject({ code: expect.stringMatching(/TA-CANCELLED|TA-OLD-SECRET-IN-USE/) });
  story.clock.advance(3 * dayMs);
  expect((await story.finish()).failure).toBeUndefined();
  expect(heldIn(story.state).liveSecrets.map(({ keyId }) => keyId)).toEqual([secret?.keyId]);
});

test('a set-up with its record lost meanwhile keeps the old file', async () => {
  const story = await renewing();
  await story.renew();
  await rm(story.files.record);
  expect((await story.run()).done?.prepared.plan.changes).toEqual([]);
  await expectRenewed(story);
});
