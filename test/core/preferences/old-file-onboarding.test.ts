import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { oldFileOf, replacePreferences } from '../../../src/core/preferences/old-file.ts';
import { readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import { onboarding } from '../../support/onboarding.ts';

const dayMs = 24 * 60 * 60_000;

test('a file with a new secret leaves the old one beside it until the new one is proved', async () => {
  const story = await onboarding();
  await story.run();
  const first = await story.clientSecret();
  const old = oldFileOf(story.files.preferences);
  await story.clock.sleep(200 * dayMs);
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
  await replacePreferences(file, { ...proved, connection: { ...proved.connection, clientSecret } });
  const { failure } = await story.run();
  expect(failure).toMatchObject({ code: 'TA-NOT-PROVED' });
  expect((await readPreferences(oldFileOf(file))).connection.clientSecret.reveal()).toBe(text);
});
