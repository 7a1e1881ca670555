import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { oldFileOf } from '../../../src/core/preferences/old-file.ts';
import { readPreferences } from '../../../src/core/preferences/preferences-file.ts';
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
