import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { graphClient, m365 as m365Package } from '../witness/witnesses.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Peer = { readonly file: string } | { readonly missing: string };

/** The peers come from npm, exact, and stay for the next run. */
export function fetchPeers(): { readonly m365: Peer; readonly client: Peer } {
  const folder = join(root, '.cache', 'peers');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'package.json');
  writeFileSync(file, '{"private":true}');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  const packages = [m365Package, graphClient];
  const npm = spawnSync('npm', ['install', ...flags, ...packages], { cwd: folder, encoding: 'utf8' });
  if (npm.status !== 0) {
    const missing = `npm could not install it: ${npm.stderr?.split('\n')[0] ?? 'there is no npm'}`;
    return { m365: { missing }, client: { missing } };
  }
  const entry = join(folder, 'node_modules', '@pnp', 'cli-microsoft365', 'dist', 'index.js');
  return { m365: { file: entry }, client: { file } };
}
