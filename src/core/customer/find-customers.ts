import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { lookAt } from '../files/look-at.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';

/** Deeper than anyone files customers. */
const deepest = 16;

export interface FoundCustomer {
  /** As a person gave it, or below the folder that they gave; with `/` on every system, so that lists of two machines fit. */
  readonly file: string;
  /** Given by a path of its own, not found in a folder. */
  readonly isNamed: boolean;
  /** Why what has this path was not read. As a rule it is a folder, and there may be customers in it. */
  readonly unread?: Failure;
}

/**
 * Customer files by their paths, and those in folders at any depth; each once, in one order. A folder that cannot be read is
 * in the list too, so that no one takes the others for all. Throws a Failure where there is nothing.
 */
export async function findCustomers(paths: readonly string[]): Promise<FoundCustomer[]> {
  const lists = await Promise.all(paths.map(customersAt));
  // A file that is named and in a folder as well is the one that was named.
  const all = lists.flat().sort((one, other) => Number(one.isNamed) - Number(other.isNamed));
  const found = new Map(all.map((each) => [resolve(each.file), each]));
  if (found.size === 0)
    throw errors.badInput({
      file: paths[0] ?? '',
      path: '',
      expected: say`customer files, whose names end in .ta-customer.json`,
      found: say`none`,
      next: say`Name a customer file, or a folder that contains one.`,
    });
  return [...found.values()].sort((one, other) => compareText(one.file, other.file));
}

/** What a path names: a file, or a folder with files below it. */
async function customersAt(path: string): Promise<FoundCustomer[]> {
  const found = await orUnread(path, async () => {
    const isFolder = (await lookAt(path, stat))?.isDirectory();
    if (isFolder === undefined) return undefined;
    return isFolder ? await customersBelow(path, 0) : [{ file: path, isNamed: true }];
  });
  if (found === undefined) throw errors.fileMissing(path);
  return found.map((each) => ({ ...each, file: each.file.replaceAll('\\', '/') }));
}

/** Names of the records beside a customer file that belong to no customer file: one may be that of a customer that was renamed. */
export type LeftBehind = (customerFile: string) => Promise<readonly string[]>;

/** Reads each folder once: with thousands of customers in one, each would read it anew. */
export function recordsLeftBehind(): LeftBehind {
  const known = new Map<string, ReturnType<LeftBehind>>();
  return (customerFile) => {
    const folder = dirname(customerFile);
    const found = known.get(folder) ?? recordsAlone(folder);
    known.set(folder, found);
    return found;
  };
}

async function recordsAlone(folder: string): Promise<string[]> {
  const names = new Set((await lookAt(folder, (at) => readdir(at))) ?? []);
  const isAlone = (name: string) => !names.has(name.replace(/record\.json$/, 'customer.json'));
  return [...names].filter((name) => name.endsWith('.ta-record.json') && isAlone(name)).sort(compareText);
}

/** The same on every machine, whatever its language. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Links to folders are not followed: they may lead around. */
async function customersBelow(folder: string, depth: number): Promise<FoundCustomer[]> {
  return await orUnread(folder, async () => {
    if (depth > deepest) throw tooDeep(folder);
    const entries = (await lookAt(folder, (at) => readdir(at, { withFileTypes: true }))) ?? [];
    const found: FoundCustomer[] = [];
    for (const entry of entries) {
      const path = join(folder, entry.name);
      // Whatever has such a name was meant as one: the check says what is wrong with it.
      if (entry.name.endsWith('.ta-customer.json')) found.push({ file: path, isNamed: false });
      else if (entry.isDirectory() && !isLeftOut(entry.name))
        found.push(...(await customersBelow(path, depth + 1)));
    }
    return found;
  });
}

async function orUnread<T>(file: string, read: () => Promise<T>): Promise<T | FoundCustomer[]> {
  try {
    return await read();
  } catch (failure) {
    if (failure instanceof Failure) return [{ file, isNamed: false, unread: failure }];
    throw failure;
  }
}

const tooDeep = (folder: string): Failure =>
  errors.badInput({
    file: folder,
    path: '',
    expected: say`a folder at most ${deepest} levels down`,
    next: say`If there are customers in this folder, check it by its own path.`,
  });

const isLeftOut = (name: string): boolean => name.startsWith('.') || name === 'node_modules';
