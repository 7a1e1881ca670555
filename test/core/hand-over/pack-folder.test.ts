import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { labelName, writePack } from '../../../src/core/hand-over/pack-folder.ts';
import { errorFrom } from '../../support/error-from.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const label = { customer: 'Contoso', tenantId: 'tenant', clientId: 'client' };

async function write(draft: string, files: readonly string[]): Promise<string[]> {
  for (const name of files) await writeFile(join(draft, name), name);
  return [...files];
}

test('nothing comes into an earlier pack that its label does not name', async () => {
  const folder = join(await tempFolder(), 'pack');
  await writePack(folder, label, (draft) => write(draft, ['report.html', 'old.ics']));
  // The label cannot be replaced any more.
  const failure = await errorFrom(
    writePack(folder, label, async (draft) => {
      await rm(join(folder, labelName));
      await mkdir(join(folder, labelName));
      return await write(draft, ['report.html', 'secret.age']);
    }),
  );
  expect(failure).toMatchObject({ exitCode: 1 });
  expect(await readdir(folder)).not.toContain('secret.age');
});
