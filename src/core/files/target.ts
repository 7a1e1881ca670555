import { constants } from 'node:fs';
import { access, lstat, open, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { errors } from '../words/errors.ts';
import { repeat } from '../words/faces.ts';
import { say, type Words } from '../words/say.ts';
import { temporaryName } from './leftovers.ts';
import { lookAt } from './look-at.ts';
import { windowsPathFault } from './windows-path.ts';

/**
 * Whether a file can be written, asked before anything is created in a tenant: makes and removes a file beside it. A path that can
 * never be written (no such folder, a folder or link in its place, no file name) is bad input, exit code 3; one that cannot be written
 * now (rights, disk) is a failure, exit code 1.
 */
export async function canWrite(path: string): Promise<void> {
  await checkTarget(path);
  const trial = temporaryName(path);
  try {
    await (await open(trial, 'wx', 0o600)).close();
    await rm(trial);
  } catch (cause) {
    await rm(trial, { force: true }).catch(() => undefined);
    throw errors.cannotWrite(path, cause);
  }
}

/** The folder exists, and in it there is nothing of that name or a plain file that may be written to. */
export async function checkTarget(path: string): Promise<void> {
  await checkPath(path);
  const target = await lookAt(path, lstat);
  if (target === undefined) return;
  if (!target.isFile())
    throw unfit(path, say`a path to a file`, target.isDirectory() ? say`a folder` : say`a link or device`);
  try {
    await access(path, constants.W_OK);
  } catch (cause) {
    throw errors.cannotWrite(path, cause);
  }
}

/** The same for a folder: what holds it exists, and in it there is nothing of that name or a folder, no link to one. */
export async function checkFolder(path: string): Promise<void> {
  await checkPath(path);
  const target = await lookAt(path, lstat);
  if (target && !target.isDirectory())
    throw unfit(path, say`a path to a folder`, target.isFile() ? say`a file` : say`a link or device`);
}

async function checkPath(path: string): Promise<void> {
  if (basename(path) === '') throw unfit(path, say`a path with a file name`);
  if (/\p{Cc}/u.test(path)) throw unfit(path, say`a path without control characters`);
  const fault = process.platform === 'win32' ? windowsPathFault(path) : undefined;
  if (fault !== undefined) throw unfit(path, fault);
  const folder = await lookAt(dirname(path), stat);
  if (!folder?.isDirectory()) throw unfit(path, say`a path in a folder that exists`);
}

/** A dangling link is there too. Throws a Failure. */
export async function exists(path: string): Promise<boolean> {
  return (await lookAt(path, lstat)) !== undefined;
}

function unfit(path: string, expected: Words, instead?: Words) {
  return errors.badInput({
    file: path,
    path: '',
    expected,
    ...(instead === undefined
      ? {}
      : { found: instead, next: say`Move it away or rename it. Then ${repeat}.` }),
  });
}
