import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const usual = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];

/** Brings packages from npm, named exactly, into a folder of their own. Gives the reason where that fails. */
export function installPackages(
  folder: string,
  packages: readonly string[],
  ...flags: readonly string[]
): string | undefined {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const args = ['install', ...usual, ...flags, ...packages];
  const npm = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  return npm.status === 0 ? undefined : `npm could not install it: ${npm.stderr ?? 'there is no npm'}`;
}
