import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { renamePatiently, writeAtomically } from '../files/atomic-write.ts';
import { sweepLeftovers, temporaryName } from '../files/leftovers.ts';
import { refuseOwnName } from '../files/own-files.ts';
import { staysBelow } from '../files/path-below.ts';
import { readJson } from '../files/read-json.ts';
import { checkFolder, exists } from '../files/target.ts';
import { jsonText } from '../json.ts';
import { errors } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { handOverFailures } from './failures.ts';

/** Names what a folder is, so that the next hand-over may renew it. */
export const labelName = 'hand-over.json';

function isName(text: string): boolean {
  return !/[\\/]/.test(text) && text !== '.' && staysBelow(text);
}

const Label = z.strictObject({
  version: z.literal(1, '1'),
  customer: z.string(say`text`.pattern),
  tenantId: z.string(say`text`.pattern),
  clientId: z.string(say`text`.pattern),
  /** Names in this folder, never a way out of it. */
  files: z.array(
    z.string(say`text`.pattern).check(z.refine(isName, say`a file name`.pattern)),
    say`a list`.pattern,
  ),
});
type Label = z.infer<typeof Label>;

/** So long a file that is open elsewhere is asked again. */
const patienceMs = 20_000;

/**
 * Writes a pack into a folder and gives the names of its files: `write` puts them into the folder that it is told. A new folder
 * appears whole or not at all. In an earlier pack of the same app each file is replaced, what is no longer part of it
 * goes, and files of others stay. Throws a Failure; then a new folder was not made, and an earlier pack is renewed by the next run.
 */
export async function writePack(
  folder: string,
  label: Omit<Label, 'version' | 'files'>,
  write: (folder: string) => Promise<string[]>,
): Promise<string[]> {
  await checkFolder(folder);
  await refuseOwnName(folder);
  const earlier = await earlierFiles(folder, label.clientId);
  await sweepLeftovers(folder, Date.now());
  const draft = temporaryName(folder);
  try {
    await mkdir(draft, { mode: 0o700 });
    const files = await write(draft);
    await writeAtomically(join(draft, labelName), json({ version: 1, ...label, files }));
    if (earlier === undefined) await renamePatiently(draft, folder, patienceMs);
    else await replaceFiles(draft, folder, [labelName, ...files], earlier);
    return files;
  } catch (cause) {
    throw cause instanceof Failure ? cause : errors.cannotWrite(folder, cause);
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
  }
}

const json = (label: Label): string => `${jsonText(label)}\n`;

/** Files of the pack that lies there, none in an empty folder; `undefined` where there is no folder. */
async function earlierFiles(folder: string, clientId: string): Promise<readonly string[] | undefined> {
  if (!(await exists(folder))) return undefined;
  const names = await readdir(folder).catch((cause: unknown) => {
    throw errors.cannotWrite(folder, cause);
  });
  if (names.length === 0) return [];
  if (!names.includes(labelName)) throw handOverFailures.folderInUse(folder);
  const label = await readJson(join(folder, labelName), Label);
  if (label.clientId !== clientId) throw handOverFailures.folderInUse(folder);
  return label.files;
}

/** The label comes before what it names: after a run that was killed half-way the next one knows all there is. */
async function replaceFiles(
  draft: string,
  folder: string,
  files: readonly string[],
  earlier: readonly string[],
): Promise<void> {
  const gone = earlier.filter((name) => !files.includes(name));
  for (const name of gone) await rm(join(folder, name), { force: true });
  for (const name of files) await renamePatiently(join(draft, name), join(folder, name), patienceMs);
}
