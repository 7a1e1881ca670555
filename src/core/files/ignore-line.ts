import { appendFile, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errors } from '../words/errors.ts';
import { ignoreLineFor } from './place.ts';
import { checkTarget, exists } from './target.ts';
import { workTreeOf } from './work-tree.ts';

/**
 * Has git ignore a file: adds the line that `checkPlace` offers to `.gitignore` at the top of the work tree. Gives the
 * line; `undefined` where there is nothing to add. Throws a Failure.
 */
export async function addIgnoreLine(path: string): Promise<string | undefined> {
  const folder = await realpath(dirname(path));
  const { state, root } = await workTreeOf(folder, basename(path));
  if (state !== 'not ignored') return undefined;
  const line = ignoreLineFor(root, join(folder, basename(path)));
  const ignoreFile = join(root, '.gitignore');
  await checkTarget(ignoreFile);
  try {
    const before = (await exists(ignoreFile)) ? await readFile(ignoreFile, 'utf8') : '';
    const end = before.includes('\r\n') ? '\r\n' : '\n';
    await appendFile(ignoreFile, `${before === '' || before.endsWith('\n') ? '' : end}${line}${end}`);
  } catch (reason) {
    throw errors.cannotWrite(ignoreFile, reason);
  }
  return line;
}
