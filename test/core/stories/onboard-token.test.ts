import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import {
  oldFileOf,
  openPreferences,
  readPreferences,
} from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import { expectFinished, heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';

const minuteMs = 60_000;
const tokens = ({ state }: Onboarding): number =>
  state.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('/token')).length;

/** Set up an hour ago, with a file whose secret was changed after its third character where one is given. */
async function setUp(change?: (secret: string) => string): Promise<Onboarding> {
  const story = await onboarding();
  expect((await story.run({ signIn: story.signInOnce })).failure).toBeUndefined();
  if (change) await changeSecret(story, change);
  story.clock.advance(60 * minuteMs);
  story.requests();
  return story;
}

async function changeSecret({ files }: Onboarding, change: (secret: string) => string): Promise<void> {
  const text = await readFile(files.preferences, 'utf8');
  const { clientSecret } = (await readPreferences(files.preferences)).connection;
  await writeFile(files.preferences, text.replace(clientSecret.reveal(), change(clientSecret.reveal())));
}

const runAgain = (story: Onboarding) => story.run({ signIn: story.signInOnce });
const findingOf = (done: Awaited<ReturnType<typeof runAgain>>['done'], id: string) =>
  done?.prepared.findings.find((finding) => finding.id === id);

test('a healthy secret is called working after a token, the one token request of the run', async () => {
  const story = await setUp();
  const before = tokens(story);
  const { done, progress } = await runAgain(story);
  expect(findingOf(done, 'secret')).toMatchObject({
    level: 'good',
    what: expect.saying('has just accepted it'),
  });
  expect(progress.map(({ kind }) => kind)).toContain('proved');
  expect(tokens(story) - before).toBe(1);
  expect(story.requests().filter((line) => !line.startsWith('  '))).toHaveLength(1);
  expect(done?.provedAt).toBe(story.clock.now());
});

test.each<[string, (secret: string) => string]>([
  ['lost its last character', (secret) => secret.slice(0, -1)],
  ['won a character', (secret) => `${secret}x`],
  ['is another after three characters', (secret) => `${secret.slice(0, 3)}${'y'.repeat(37)}`],
])(
  'a secret that %s is replaced by a new one at once, and the words of Entra are told',
  async (_what, change) => {
    const story = await setUp(change);
    const { done, failure } = await runAgain(story);
    expect(failure).toBeUndefined();
    expect(done?.prepared.plan.changes.map(({ kind }) => kind)).toEqual([
      'add-client-secret',
      'write-preferences',
    ]);
    expect(findingOf(done, 'secret')).toBeUndefined();
    expect(String(findingOf(done, 'secret-refused')?.what)).toMatch(
      /refuses the secret .*AADSTS7000215\): .*[Ii]nvalid client secret/,
    );
    expect((await runAgain(story)).done?.prepared.plan.changes).toEqual([]);
  },
);

test('a refused secret stays beside the new one until that is proved', async () => {
  const story = await setUp((secret) => `${secret}x`);
  const old = (await readPreferences(story.files.preferences)).connection.clientSecret.reveal();
  const { failure } = await story.run({ signIn: story.signInOnce }, (progress) => {
    if (progress.kind === 'done' && progress.change.kind === 'write-preferences') throw new Error('plug');
  });
  expect(String(failure)).toContain('plug');
  const kept = await readPreferences(oldFileOf(story.files.preferences));
  expect(kept.connection.clientSecret.reveal()).toBe(old);
});

test('a secret that was deleted in the portal right after it was made is not called working', async () => {
  const story = await onboarding();
  await story.run({ signIn: story.signInOnce });
  for (const application of heldIn(story.state).applications) application.secrets.splice(0);
  const soon = await runAgain(story);
  expect(soon.failure).toMatchObject({ code: 'TA-NOT-PROVED' });
  expect(JSON.stringify(soon.progress)).not.toContain('has just accepted');
  story.clock.advance(11 * minuteMs);
  expect((await runAgain(story)).failure).toBeUndefined();
  await expectFinished(story);
});

test('where Entra cannot be asked, whether the secret works is said to be unknown', async () => {
  const story = await setUp();
  story.state.faults.rules = [{ path: /\/token$/, answer: { kind: 'reset-before' } }];
  const { progress, failure } = await runAgain(story);
  const looked = progress.find(({ kind }) => kind === 'looked');
  expect(looked).toMatchObject({
    plan: { changes: [] },
    findings: expect.arrayContaining([
      expect.objectContaining({
        id: 'secret-unknown',
        level: 'note',
        what: expect.saying('is not known'),
      }),
    ]),
  });
  expect(failure).toBeDefined();
});

test('a file of another tenant, or with strange endpoints, is not tried', async () => {
  const story = await setUp();
  const file = await openPreferences(story.files.preferences);
  const preferences = file.current();
  if (!preferences) throw new Error('a file');
  const tokenEndpoint = 'https://evil.example/{TenantId}/oauth2/v2.0/token';
  const connection = { ...preferences.connection, clientSecret: new Secret('x'.repeat(40)) };
  await file.replace({
    ...preferences,
    connection,
    apiEndpoints: { ...preferences.apiEndpoints, tokenEndpoint },
  });
  expect((await runAgain(story)).failure).toBeUndefined();
  expect(story.state.requests.filter(({ host }) => host.includes('evil'))).toEqual([]);
});
