import { lstat, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errors } from '../words/errors.ts';
import { writeAtomically } from './atomic-write.ts';
import { lookAt } from './look-at.ts';
import { ignoreLineFor } from './place.ts';
import { checkTarget } from './target.ts';
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
  const cannotWrite = (reason: unknown) => {
    throw errors.cannotWrite(ignoreFile, reason);
  };
  await checkTarget(ignoreFile);
  const there = await lookAt(ignoreFile, (path) => lstat(path));
  const before = there ? await readFile(ignoreFile).catch(cannotWrite) : Buffer.alloc(0);
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const isOpen = before.length > 0 && before.at(-1) !== 0x0a;
  // To the byte as it was, whatever its encoding.
  const bytes = Buffer.concat([before, Buffer.from(`${isOpen ? end : ''}${line}${end}`)]);
  // In its place, not into it: by a hard link the file may be one outside the work tree as well. Colleagues go on reading it.
  await writeAtomically(ignoreFile, bytes, { mode: there?.mode ?? 0o666 });
  return line;
}
