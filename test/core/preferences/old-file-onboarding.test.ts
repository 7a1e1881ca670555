import { writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import {
  oldFileOf,
  openPreferences,
  readPreferences,
} from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { OnboardPorts } from '../../../src/core/stories/onboard.ts';
import { heldIn } from '../../support/invariants.ts';
import { onboarding } from '../../support/onboarding.ts';

const dayMs = 24 * 60 * 60_000;

test('a file with a new secret leaves the old one beside it until the new one is proved', async () => {
  const story = await onboarding();
  await story.run();
  const first = await story.clientSecret();
  const old = oldFileOf(story.files.preferences);
  await story.clock.sleep(200 * dayMs, undefined);
  const stopped = await story.run({}, (progress) => {
    if (progress.kind === 'done' && progress.change.kind === 'write-preferences')
      throw new Error('pulled the plug');
  });
  expect(String(stopped.failure)).toContain('pulled the plug');
  expect(await story.clientSecret()).not.toBe(first);
  expect((await readPreferences(old)).connection.clientSecret.reveal()).toBe(first);
  const { failure } = await story.run();
  expect(failure).toBeUndefined();
  expect((await readdir(dirname(old))).sort()).toEqual(['contoso.ta-email.json', 'contoso.ta-record.json']);
});

test('a secret that came by an import is proved before the old one goes, also where the record knows a proof', async () => {
  const story = await onboarding();
  await story.run();
  const file = story.files.preferences;
  const proved = await readPreferences(file);
  const text = proved.connection.clientSecret.reveal();
  const clientSecret = new Secret(text.slice(0, 3) + [...text.slice(3)].reverse().join(''));
  await (await openPreferences(file)).replace({
    ...proved,
    connection: { ...proved.connection, clientSecret },
  });
  const { failure } = await story.run();
  expect(failure).toMatchObject({ code: 'TA-NOT-PROVED' });
  expect((await readPreferences(oldFileOf(file))).connection.clientSecret.reveal()).toBe(text);
});

const elsewhere = '{"a secret": "that is nowhere else"}';

test('a file that another program writes after the look is left alone, and no secret is made for it', async () => {
  const story = await onboarding();
  const { failure } = await story.run({}, ({ kind }) => {
    if (kind === 'looked') writeFileSync(story.files.preferences, elsewhere);
  });
  expect(failure).toMatchObject({ code: 'TA-PREFERENCES-CHANGED' });
  expect(await readFile(story.files.preferences, 'utf8')).toBe(elsewhere);
  expect(heldIn(story.state).liveSecrets).toEqual([]);
});

test('one that is written while the secret is made is left alone too, and the secret is deleted again', async () => {
  const story = await onboarding();
  const send: OnboardPorts['http']['send'] = (request) => {
    if (String(request.body).includes('addPassword')) writeFileSync(story.files.preferences, elsewhere);
    return story.http.send(request);
  };
  const { failure } = await story.run({ http: { send } });
  expect(failure).toMatchObject({
    code: 'TA-PREFERENCES-CHANGED',
    message: expect.stringMatching(/ secret ".+ \(ta-\w+\)" \(key ID [-\w]+\) was deleted in the tenant\./),
  });
  expect(await readFile(story.files.preferences, 'utf8')).toBe(elsewhere);
  expect(heldIn(story.state).liveSecrets).toEqual([]);
});

test('one that is written while the secret is proved stops the run, and the old file stays', async () => {
  const story = await onboarding();
  await story.run();
  const old = oldFileOf(story.files.preferences);
  await story.clock.sleep(200 * dayMs, undefined);
  const { failure } = await story.run({}, ({ kind }) => {
    if (kind === 'proved') writeFileSync(story.files.preferences, elsewhere);
  });
  expect(failure).toMatchObject({ code: 'TA-PREFERENCES-CHANGED' });
  expect(await readdir(dirname(old))).toContain('contoso.before.ta-email.json');
});
