import { copyFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './source-imports.ts';
import { tempFolder } from './temp-folder.ts';

/** What the extension is made of, in a folder of its own: a copy of what is built, or built again. */
export async function extensionCheckout(build: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = await tempFolder();
  await build(folder);
  const texts = ['MARKETPLACE.md', 'CHANGELOG.md', 'SUPPORT.md', 'LICENSE', 'package.nls.json'];
  for (const name of ['package.json', '.vscodeignore', ...texts])
    await copyFile(join(root, name), join(folder, name));
  for (const room of ['media', 'l10n', 'schemas'])
    await cp(join(root, room), join(folder, room), { recursive: true });
  return folder;
}
