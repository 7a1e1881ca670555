import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lookAt } from '../../files/look-at.ts';
import { writeOutput } from '../../files/own-files.ts';
import { checkFolder, exists } from '../../files/target.ts';
import { errors } from '../../words/errors.ts';
import { say, type Words } from '../../words/say.ts';
import { azurePipelinesFiles } from './azure-pipelines.ts';
import { githubFiles } from './github.ts';
import type { PipelineFiles, PipelineOptions } from './steps.ts';

export const platforms = {
  github: githubFiles,
  'azure-pipelines': azurePipelinesFiles,
} satisfies Record<string, (options: PipelineOptions) => PipelineFiles>;
export type Platform = keyof typeof platforms;

/** What npx starts: the version that wrote the pipeline. */
export const programOf = (version: string): string => `ta-exchange@${version}`;

/** How a pipeline is written unless a person chooses otherwise. */
export const usualPipeline = { customers: '.', shards: 4, vault: undefined };

/** Both platforms look for what was written at the top of the repository. A work tree of Git has a file of that name. */
export async function placeNote(folder: string): Promise<Words | undefined> {
  if (await exists(join(folder, '.git'))) return undefined;
  return say`${folder} is not the top folder of a Git repository. Move both files there with their folders.`;
}

/**
 * Writes what checks all customers every night into a repository, and gives the files. `mayReplace` is asked about files
 * with another text; where they stay, and for all else that fails, it throws a Failure.
 */
export async function writePipeline(
  platform: Platform,
  folder: string,
  options: PipelineOptions,
  mayReplace: (files: readonly string[]) => Promise<boolean>,
): Promise<string[]> {
  const written = platforms[platform](options);
  for (const path of Object.keys(written)) await checkFolders(folder, dirname(path).split('/'));
  const files = Object.entries(written).map(([path, text]) => [join(folder, path), text] as const);
  const others: string[] = [];
  for (const [file, text] of files) {
    const found = await lookAt(file, (path) => readFile(path, 'utf8'));
    if (found !== undefined && found !== text) others.push(file);
  }
  if (others.length > 0 && !(await mayReplace(others))) throw errors.cancelled(say`Nothing was written.`);
  for (const [file, text] of files) {
    await mkdir(dirname(file), { recursive: true });
    await writeOutput(file, text);
  }
  return files.map(([file]) => file);
}

/** A link in the place of one of the folders, each in the one before, leads out of the repository. */
async function checkFolders(folder: string, names: readonly string[]): Promise<void> {
  let at = folder;
  for (const name of names) {
    at = join(at, name);
    await checkFolder(at);
    if (!(await exists(at))) return;
  }
}
