import { readFile, rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { RenewProgress } from '../../../src/core/stories/renew.ts';
import { entraRoles } from '../../../src/practice/directory-roles.ts';
import { heldIn } from '../../support/invariants.ts';
import { personOf } from '../../support/mail-tenant.ts';
import { dayMs, expectRenewed, hashOf, renewing } from '../../support/renewing.ts';

const mail = {
  to: ['robin@contoso.com'],
  subject: 'T&A',
  body: 'A test email.',
  attachments: [],
  code: 'TA-7K3Q-9F',
};

const kindsOf = (progress: readonly RenewProgress[]): string[] => [
  ...new Set(progress.map(({ kind }) => kind)),
];
const findingsOf = (progress: readonly { kind: string }[]): Record<string, string> => {
  const looked = progress.find((event) => event.kind === 'looked') as
    | Extract<RenewProgress, { kind: 'looked' }>
    | undefined;
  return Object.fromEntries((looked?.findings ?? []).map(({ id, level }) => [id, level]));
};

test('a renewal adds a second secret, writes it, proves it and sends with it; the first stays', async () => {
  const story = await renewing();
  story.mail = mail;
  story.requests();
  const { progress, failure } = await story.renew();
  expect(failure).toBeUndefined();
  await expectRenewed(story);
  expect(kindsOf(progress)).toEqual(
    expect.arrayContaining(['looked', 'proved', 'mail', 'receipt', 'papers']),
  );
  const record = await story.record();
  expect(record.verification).toMatchObject({ code: mail.code, keyId: record.secret?.keyId });
  const changes = story.requests().filter((line) => /PATCH|POST .*(Password|appRole)/.test(line));
  expect(changes).toEqual([`POST /v1.0/applications/${record.application?.objectId}/addPassword`]);
});

test('its papers show the one field that changes, and move the reminders; no secret is in them', async () => {
  const story = await renewing();
  await story.renew();
  const sheet = await readFile(story.files.record.replace('.ta-record.json', '.renewal.html'), 'utf8');
  const labels = [...sheet.matchAll(/<dt>([^<]*)<\/dt>/g)].map(([, label]) => label);
  expect(labels).toEqual(['Client Secret']);
  const secret = await story.clientSecret();
  expect(sheet).toContain(`it is in contoso.ta-email.json and begins with ${secret.slice(0, 3)})`);
  const calendar = await readFile(story.files.record.replace('.ta-record.json', '.reminders.ics'), 'utf8');
  const { application } = await story.record();
  expect(calendar).toContain(`UID:${application?.clientId}-30-days@ta-exchange`);
  // 150 days after 23 November 2026, and 180 days more.
  expect(calendar).toContain('DTSTART;VALUE=DATE:20270919');
  expect(`${sheet}${calendar}`).not.toContain(secret);
});

test('with its record lost, it renews the secret that the preferences file holds', async () => {
  const story = await renewing();
  await rm(story.files.record);
  expect((await story.renew()).failure).toBeUndefined();
  const { renewal, secret, application } = await story.record();
  expect(application).toBeDefined();
  expect(renewal?.oldSecret.keyId).not.toBe(secret?.keyId);
  expect(heldIn(story.state).applications.map(({ secrets }) => secrets.length)).toEqual([2]);
  story.clock.advance(dayMs);
  expect((await story.finish()).failure).toBeUndefined();
});

test('run again it creates no other secret: it proves the one in the file', async () => {
  const story = await renewing();
  await story.renew();
  story.clock.advance(3 * dayMs);
  const { progress, failure } = await story.renew();
  expect(failure).toBeUndefined();
  expect(findingsOf(progress)).toMatchObject({ 'renewal-under-way': 'note', secret: 'good' });
  await expectRenewed(story);
});

test('onboarding it again meanwhile changes nothing, and the old secret stays in its file', async () => {
  const story = await renewing();
  await story.renew();
  const { done } = await story.run();
  expect(done?.prepared.plan.changes).toEqual([]);
  await expectRenewed(story);
});

test.each([
  ['an Application Administrator', ['Application Administrator'] as const, false],
  ['an owner of the registration without any role', [] as const, true],
])('%s can renew: nothing is granted', async (_who, roles, isOwner) => {
  const story = await renewing();
  const grace = personOf(story.state, 'grace');
  grace.roles = roles.map((role) => entraRoles[role]);
  const [application] = heldIn(story.state).applications;
  application?.owners.splice(0, 9, ...(isOwner ? [grace.id] : []));
  const { progress, failure } = await story.renew();
  expect(failure).toBeUndefined();
  expect(findingsOf(progress).admin).toBe('good');
  await expectRenewed(story);
});

test('whoever may not renew is told who can, and the tenant has the last word', async () => {
  const story = await renewing();
  personOf(story.state, 'grace').roles = [];
  const [application] = heldIn(story.state).applications;
  application?.owners.splice(0, 9, personOf(story.state, 'clara').id);
  const { progress, failure } = await story.renew();
  expect(findingsOf(progress)['admin-renew']).toBe('note');
  expect(JSON.stringify(progress)).toContain('clara@contoso.com');
  expect(failure).toMatchObject({ code: 'Authorization_RequestDenied' });
  expect(failure).toMatchObject({ message: expect.stringContaining('The old client secret (begins with') });
  expect(hashOf(await story.clientSecret())).toBe(story.oldHash);
});

test('a tenant that allows shorter secrets only is told before anything is changed', async () => {
  const story = await renewing();
  story.state.appManagementPolicy = {
    isEnabled: true,
    applicationRestrictions: {
      passwordCredentials: [{ restrictionType: 'passwordLifetime', maxLifetime: 'P90D', state: 'enabled' }],
      keyCredentials: [],
    },
  };
  const { failure } = await story.renew();
  expect(failure).toMatchObject({ code: 'TA-BLOCKED', message: expect.stringContaining('90 days') });
});

test('a customer that is not set up has nothing to renew', async () => {
  const story = await renewing();
  story.state.applications.length = 0;
  expect((await story.renew()).failure).toMatchObject({
    code: 'TA-BLOCKED',
    message: expect.stringContaining('no application'),
  });
});

test('permissions that are missing stop no renewal, and are told', async () => {
  const story = await renewing();
  story.state.grants.splice(0, 1);
  const { progress, failure } = await story.renew();
  expect(failure).toBeUndefined();
  expect(findingsOf(progress)['renewal-permissions']).toBe('note');
});

test('a secret that has expired is renewed too, and finishing removes it', async () => {
  const story = await renewing();
  story.clock.advance(40 * dayMs);
  expect((await story.renew()).failure).toBeUndefined();
  expect(heldIn(story.state).liveSecrets).toHaveLength(1);
  expect((await story.record()).renewal?.oldSecret.expiresAt.slice(0, 10)).toBe('2027-05-22');
  story.clock.advance(dayMs);
  expect((await story.finish()).failure).toBeUndefined();
  expect(heldIn(story.state).applications[0]?.secrets).toHaveLength(1);
});
