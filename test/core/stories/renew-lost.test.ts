import { readFile, rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { resultBegin, resultEnd } from '../../../src/core/hand-over/scripts/result-block.ts';
import { encryptFor, makeKeyPair } from '../../../src/core/preferences/age.ts';
import { oldFileOf } from '../../../src/core/preferences/preferences-file.ts';
import type { Secret } from '../../../src/core/secret.ts';
import { importResult } from '../../../src/core/stories/import-result.ts';
import { drain } from '../../../src/core/waiting.ts';
import { softDeleteApplication } from '../../../src/practice/graph/deletion.ts';
import { checksOf } from '../../support/checking.ts';
import { afterRequests, atTheClock, deathAt, eachNth } from '../../support/death.ts';
import { before } from '../../support/fault-answers.ts';
import { heldIn } from '../../support/invariants.ts';
import { dayMs, expectRenewed, hashOf, type Renewing, renewing } from '../../support/renewing.ts';

/** A renewal is open, and the file with its secret is gone. */
async function withLostFile() {
  const story = await renewing();
  await story.renew();
  const second = await readFile(story.files.preferences, 'utf8');
  const { secret: lost } = await story.record();
  await rm(story.files.preferences);
  return { story, second, lost };
}

const liveIn = ({ state }: Renewing): string[] => heldIn(state).liveSecrets.map(({ sha256 }) => sha256);

const told = (progress: readonly { readonly kind: string }[]): string => JSON.stringify(progress);

/** T&A's is removed by finishing alone; of all others the record knows one each, and names no two the same. */
async function expectKnown(story: Renewing): Promise<void> {
  const { renewal, secret } = await story.record();
  const known = [renewal?.oldSecret, secret, ...(renewal?.lostSecrets ?? [])].map((one) => one?.keyId);
  expect(
    heldIn(story.state)
      .liveSecrets.map(({ keyId }) => keyId)
      .toSorted(),
  ).toEqual(known.toSorted());
  expect(liveIn(story)).toContain(story.oldHash);
}

const codesOf = async (story: Renewing): Promise<string[]> =>
  (await (await checksOf(story))()).customer.findings.map(({ code }) => code);

async function expectFinished(story: Renewing): Promise<void> {
  story.clock.advance(dayMs);
  expect((await story.finish()).failure).toBeUndefined();
  expect(liveIn(story)).toEqual([hashOf(await story.clientSecret())]);
  expect((await story.record()).renewal).toBeUndefined();
}

test.each<
  [string, (story: Renewing) => Promise<{ progress: readonly { kind: string }[]; failure: unknown }>]
>([
  ['renewing again', (story) => story.renew()],
  ['setting up again', (story) => story.run()],
])(
  'where the file with the second secret is lost, %s adds a third, and the record knows all three',
  async (_how, run) => {
    const { story, lost } = await withLostFile();
    const { progress, failure } = await run(story);
    expect(failure).toBeUndefined();
    expect(told(progress)).not.toContain('application-surplus');
    await expectKnown(story);
    expect((await story.record()).renewal?.lostSecrets).toMatchObject([{ keyId: lost?.keyId }]);
    expect(await codesOf(story)).not.toContain('application-credentials');
    await expectFinished(story);
  },
);

test('it is said before anything is changed that a second secret exists, and what becomes of it', async () => {
  const { story, lost } = await withLostFile();
  expect((await story.finish()).failure).toMatchObject({
    code: 'TA-BLOCKED',
    message: expect.saying('contoso.ta-email.json does not contain'),
  });
  const { progress } = await story.renew({ confirm: async () => false });
  expect(told(progress)).toContain('renewal-secret-lost');
  expect(told(progress)).toContain(lost?.hint);
  expect(heldIn(story.state).liveSecrets).toHaveLength(2);
  expect((await story.record()).secret?.keyId).toBe(lost?.keyId);
});

test('with both files gone it is the same', async () => {
  const { story } = await withLostFile();
  await rm(oldFileOf(story.files.preferences));
  expect((await story.renew()).failure).toBeUndefined();
  await expectKnown(story);
  await expectFinished(story);
});

test('a run that dies before the third secret is continued', async () => {
  const { story } = await withLostFile();
  story.state.faults.rules = [{ method: 'POST', path: /\/addPassword$/, answer: before }];
  expect((await story.renew()).failure).toBeDefined();
  story.state.faults.rules = [];
  expect((await story.renew()).failure).toBeUndefined();
  await expectKnown(story);
  await expectFinished(story);
});

/** T&A never had any other secret than this one: it goes on with it. */
function onlyUses(story: Renewing, keyId: string | undefined): void {
  const secrets = story.state.applications.flatMap((application) => application.secrets);
  for (const secret of secrets) if (secret.keyId !== keyId) secret.signIns.splice(0);
}

test('while T&A uses the lost secret, finishing removes nothing', async () => {
  const { story, lost } = await withLostFile();
  await story.renew();
  onlyUses(story, lost?.keyId);
  story.clock.advance(dayMs);
  expect((await story.finish()).failure).toMatchObject({ code: 'TA-OLD-SECRET-IN-USE' });
  await expectKnown(story);
});

test('where the lost file comes back after a third was added, its secret counts again and the third is the lost one', async () => {
  const { story, second, lost } = await withLostFile();
  await story.renew();
  const { secret: third } = await story.record();
  await writeFile(story.files.preferences, second);
  expect(await codesOf(story)).not.toContain('application-credentials');
  expect((await story.renew()).failure).toBeUndefined();
  await expectKnown(story);
  const { secret, renewal } = await story.record();
  expect([secret?.keyId, renewal?.lostSecrets?.map(({ keyId }) => keyId)]).toEqual([
    lost?.keyId,
    [third?.keyId],
  ]);
  onlyUses(story, lost?.keyId);
  await expectFinished(story);
});

test('the same where it comes back just before the renewal is finished: what is in the file stays', async () => {
  const { story, second, lost } = await withLostFile();
  await story.renew();
  await writeFile(story.files.preferences, second);
  onlyUses(story, lost?.keyId);
  await expectFinished(story);
  expect((await story.record()).secret?.keyId).toBe(lost?.keyId);
});

test.each([
  ['after any request', afterRequests, 7],
  ['at any look at the clock', atTheClock, 61],
] as const)(
  'a run that dies %s with the file lost is continued, and no secret is left over',
  async (_when, killer, stride) => {
    for (let nth = 1; ; nth += eachNth(stride)) {
      const { story } = await withLostFile();
      const death = deathAt(nth);
      await story.renew(killer(story, death));
      if (!death.reached()) return;
      await rm(`${story.files.record}.lock`, { force: true });
      expect((await story.renew()).failure, `n = ${nth}`).toBeUndefined();
      story.clock.advance(11 * 60_000);
      expect((await story.renew()).failure).toBeUndefined();
      await expectKnown(story);
      story.clock.advance(3 * dayMs);
      expect((await story.finish()).failure).toBeUndefined();
      expect(liveIn(story)).toEqual([hashOf(await story.clientSecret())]);
    }
  },
);

const madeByAdmin = {
  keyId: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427',
  expiresAt: '2027-10-19T00:00:00Z',
  secretName: 'T&A (ta-7f3k9x2m)',
  hint: 'abc',
};

/** Imports what the script of an administrator printed. */
async function importAnother(story: Renewing, sealed: { sealedSecret?: string[]; keyFile?: Secret } = {}) {
  const { application, servicePrincipal, grants, tenant } = await story.record();
  const { keyFile, ...made } = { ...madeByAdmin, ...sealed };
  const principalId = servicePrincipal?.objectId;
  const block = { version: 1, tenantId: tenant.id, ...application, principalId, grants, ...made };
  const result = { name: 'result.txt', text: [resultBegin, JSON.stringify(block), resultEnd].join('\n') };
  const { customer, files, http, clock } = story;
  const job = { customer, files, kind: 'practice', by: 'test', mail: undefined } as const;
  const ports = { http, clock, random: () => 0, signal: undefined };
  await drain(importResult({ ...job, result, keyFile }, ports));
}

test('a secret that an administrator adds while a renewal is open forgets none of the two before it', async () => {
  const story = await renewing();
  await story.renew();
  const { renewal, secret } = await story.record();
  await importAnother(story);
  const after = await story.record();
  expect(after.renewal).toMatchObject({ oldSecret: renewal?.oldSecret, lostSecrets: [secret] });
  expect(after.secret?.keyId).toBe(madeByAdmin.keyId);
});

test('the second secret of an administrator replaces the one in the file once Entra accepts it, and not before', async () => {
  const story = await renewing();
  const text = `abc${'x'.repeat(37)}`;
  const { keyId, hint, secretName: displayName } = madeByAdmin;
  const times = {
    madeAt: story.clock.now(),
    startsAt: story.clock.now(),
    endsAt: Date.parse(madeByAdmin.expiresAt),
  };
  const made = { keyId, hint, displayName, ...times, sha256: hashOf(text), signIns: [] };
  for (const { secrets } of heldIn(story.state).applications) secrets.push(made);
  const { identity, recipient } = await makeKeyPair();
  const armoured = await encryptFor({ kind: 'recipient', key: recipient }, text);
  const sealedSecret = armoured.split('\n').filter((line) => line !== '' && !line.startsWith('-'));
  const before = await story.record();
  story.state.lag.factor = 2000;
  const importing = importAnother(story, { sealedSecret, keyFile: identity });
  await expect(importing).rejects.toMatchObject({ code: 'TA-NOT-PROVED' });
  expect(hashOf(await story.clientSecret())).toBe(story.oldHash);
  expect(await story.record()).toEqual(before);
  story.state.lag.factor = 1;
  await importAnother(story, { sealedSecret, keyFile: identity });
  await expectRenewed(story);
});

test('in the place of the lost file lies that of another customer in the same tenant: it is not replaced', async () => {
  const { story, second } = await withLostFile();
  const clientId = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';
  const { connection, ...rest } = JSON.parse(second);
  const others = JSON.stringify({ ...rest, connection: { ...connection, clientId } });
  await writeFile(story.files.preferences, others);
  expect((await story.renew()).failure).toMatchObject({
    code: 'TA-BLOCKED',
    message: expect.saying(clientId),
  });
  expect(await readFile(story.files.preferences, 'utf8')).toBe(others);
  expect(heldIn(story.state).liveSecrets).toHaveLength(2);
});

test('an application that was deleted since is not said to be set up first: it can be restored', async () => {
  const story = await renewing();
  for (const application of heldIn(story.state).applications) softDeleteApplication(story.state, application);
  expect((await story.renew()).failure).toMatchObject({
    code: 'TA-BLOCKED',
    message: expect.saying('was deleted'),
    advice: { next: expect.saying('choose to restore it') },
  });
});
