import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tempFolder } from './temp-folder.ts';

/** Runs git in a folder, without this machine's settings; gives what it prints. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  const settings = ['-c', 'user.name=T', '-c', 'user.email=t@example.com'];
  return (await promisify(execFile)('git', [...settings, ...args], { cwd: folder, env })).stdout;
}

let made: Promise<string> | undefined;

/** Git makes one for all tests of a process, which are given copies: starting a program takes a large process long. */
async function makeRepository(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'git-'));
  await git(folder, 'init', '--quiet');
  await rm(join(folder, '.git', 'hooks'), { recursive: true });
  return folder;
}

/** An empty repository for the length of a test. */
export async function gitRepository(): Promise<string> {
  const folder = await tempFolder();
  made ??= makeRepository();
  await cp(await made, folder, { recursive: true });
  return folder;
}
