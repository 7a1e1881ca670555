import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lookAt } from '../files/look-at.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';

/** Deeper than anyone files customers, and no further where links lead around: links to folders are not followed. */
const deepest = 16;
const most = 100_000;

export interface FoundCustomer {
  /** As a person gave it, or below the folder that they gave; with `/` on every system, so that lists of two machines fit. */
  readonly file: string;
  /** Given by a path of its own, not found in a folder. */
  readonly isNamed: boolean;
}

/** Customer files by their paths, and those in folders at any depth; each once, in one order. Throws a Failure. */
export async function findCustomers(paths: readonly string[]): Promise<FoundCustomer[]> {
  const lists = await Promise.all(paths.map(customersAt));
  const found = new Map(lists.flat().map((each) => [each.file, each]));
  if (found.size === 0)
    throw errors.badInput({
      file: paths[0] ?? '',
      path: '',
      expected: say`customer files, whose names end in .ta-customer.json`,
      found: say`none`,
    });
  return [...found.values()].sort((one, other) => compareText(one.file, other.file));
}

/** What a path names: a file, or a folder with files below it. */
async function customersAt(path: string): Promise<FoundCustomer[]> {
  const isFolder = (await lookAt(path, stat))?.isDirectory();
  if (isFolder === undefined) throw errors.fileMissing(path);
  const files = isFolder ? await filesBelow(path, 0) : [path];
  return files.map((file) => ({ file: file.replaceAll('\\', '/'), isNamed: !isFolder }));
}

/** The same on every machine, whatever its language. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

async function filesBelow(folder: string, depth: number): Promise<string[]> {
  const entries = (await lookAt(folder, (at) => readdir(at, { withFileTypes: true }))) ?? [];
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ta-customer.json'));
  const found = files.map(({ name }) => join(folder, name));
  if (depth === deepest) return found;
  for (const { name } of entries.filter(isOfCustomers)) {
    found.push(...(await filesBelow(join(folder, name), depth + 1)));
    if (found.length > most) return found.slice(0, most);
  }
  return found;
}

const isOfCustomers = (entry: Dirent): boolean =>
  entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules';
