import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliTools } from '../support/login-client.ts';
import { installPackages } from '../support/npm-packages.ts';
import { graphClient, m365 as m365Package } from '../witness/witnesses.ts';
import type { BenchTenant } from './tenant.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Peer = { readonly file: string } | { readonly missing: string };

/** The peers come from npm, exact, and stay for the next run. */
export function fetchPeers(): { readonly m365: Peer; readonly client: Peer } {
  const folder = join(root, '.cache', 'peers');
  const [missing] = installPackages(folder, [m365Package, graphClient])?.split('\n') ?? [];
  if (missing !== undefined) return { m365: { missing }, client: { missing } };
  const entry = join(folder, 'node_modules', '@pnp', 'cli-microsoft365', 'dist', 'index.js');
  return { m365: { file: entry }, client: { file: join(folder, 'package.json') } };
}

/** CLI for Microsoft 365 signed in, silent, and without telemetry. */
export async function signInM365(tenant: BenchTenant, file: string): Promise<void> {
  for (const setting of ['prompt false', 'disableTelemetry true', 'autoOpenLinksInBrowser false']) {
    const [key = '', value = ''] = setting.split(' ');
    await tenant.run([file, 'cli', 'config', 'set', '--key', key, '--value', value]);
  }
  const client = ['--appId', cliTools, '--tenant', 'contoso.com'];
  await tenant.run([file, 'login', '--authType', 'deviceCode', ...client]);
}

const permissions = ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send'];

/** What this program sets up, by CLI for Microsoft 365. */
export async function addByM365(tenant: BenchTenant, file: string): Promise<void> {
  const apis = permissions.map((name) => `https://graph.microsoft.com/${name}`).join(',');
  const args = ['--name', 'T&A', '--withSecret', '--apisApplication', apis, '--grantAdminConsent'];
  await tenant.run([file, 'entra', 'app', 'add', ...args]);
}
