import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { customerName, preferencesName } from '../support/customer-folder.ts';
import { servedPractice } from '../support/served-practice.ts';

test('preferences that others can read are told of', async () => {
  await using practice = await servedPractice();
  const path = join(practice.folder.path, preferencesName);
  const note = `${preferencesName} contains the client secret, and other users of this computer can read it.`;
  const first = await practice.cli('onboard', customerName, '--yes');
  expect(first.stdout).toContain(`${preferencesName} (contains the secret; readable only by you)`);
  await chmod(path, 0o644);
  const again = await practice.cli('onboard', customerName, '--yes');
  expect(again.stdout).toContain(note);
  expect(again.stdout).not.toContain('readable only by you');
  const sent = await practice.cli('send', preferencesName, '--to', 'robin@contoso.com');
  expect(sent.stdout).toContain(note);
});
