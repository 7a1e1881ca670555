import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { tempFolder } from './temp-folder.ts';

/** Runs git in a folder, without this machine's settings; gives what it prints. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  const settings = ['-c', 'user.name=T', '-c', 'user.email=t@example.com'];
  return (await promisify(execFile)('git', [...settings, ...args], { cwd: folder, env })).stdout;
}

/** An empty repository for the length of a test. */
export async function gitRepository(): Promise<string> {
  const folder = await tempFolder();
  await git(folder, 'init', '--quiet');
  return folder;
}
