import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { servePractice } from '../../../src/extension/shell/serve-practice.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A form is sent to its page, whatever comes of it. */
async function change(origin: string): Promise<void> {
  const body = new URLSearchParams({ text: 'nothing' });
  await fetch(`${origin}/devicelogin`, { method: 'POST', body, headers: { origin } });
}

test('a window continues the practice tenant that an earlier one left, with its problems', async () => {
  const folder = join(await tempFolder(), 'storage');
  const first = await servePractice(['sender-missing'], folder);
  await change(first.origin);
  const { id } = first.tenant.state.organization;
  await first.close();
  const second = await servePractice([], folder);
  expect(second.tenant.state.organization.id).toBe(id);
  expect(second.scenarios).toEqual(['sender-missing']);
  await second.close();
});

test('one that another version kept is replaced by a new one', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'practice.state'), '{"practice":1}');
  const practice = await servePractice([], folder);
  expect(practice.scenarios).toEqual([]);
  await practice.close();
});
