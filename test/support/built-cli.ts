import { execFile } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds `dist` with the build script inside a folder, so that nobody else's build is disturbed. */
export async function buildInto(folder: string): Promise<void> {
  for (const room of ['src', 'webview']) await symlink(join(root, room), join(folder, room), 'junction');
  await promisify(execFile)(process.execPath, [join(root, 'esbuild.mjs')], { cwd: folder });
}
