import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createPracticeTenant } from '../../src/practice/tenant.ts';
import { underRealNames } from '../support/real-names.ts';
import { signing } from '../support/signing.ts';
import { prepareClients } from './administrator.ts';

/** A client that none of us wrote, and the driver that lets it work. */
export interface Witness {
  readonly name: string;
  readonly driver: string;
  readonly program: string;
  /** Packages from npm, exact. */
  readonly packages: readonly string[];
  /** It goes on at once after what it created: where another replica answers, it fails, at Microsoft as here. */
  readonly neverWaits?: true;
}

const node = process.execPath;
const identity = '@azure/identity@4.14.1';
export const m365 = '@pnp/cli-microsoft365@11.11.0';
export const graphClient = '@microsoft/microsoft-graph-client@3.0.7';
const pnp = ['@pnp/graph@4.21.0', '@pnp/nodejs@4.19.0'];

export const graphSdks: Witness = {
  name: "Graph's JavaScript SDKs",
  driver: 'graph-sdks.mjs',
  program: node,
  packages: [
    identity,
    graphClient,
    '@microsoft/msgraph-sdk@1.0.0-preview.90',
    '@microsoft/msgraph-sdk-users@1.0.0-preview.90',
    '@microsoft/kiota-authentication-azure@1.0.0-preview.109',
  ],
};

export const witnesses: readonly Witness[] = [
  graphSdks,
  {
    name: 'mail packages',
    driver: 'mail-packages.mjs',
    program: node,
    packages: ['@azure/msal-node@7.2.3', 'nodemailer@10.6.1', ...pnp],
  },
  {
    name: 'CLI for Microsoft 365',
    driver: 'm365.sh',
    program: 'bash',
    packages: [m365],
    neverWaits: true,
  },
  { name: 'Azure CLI', driver: 'azure-cli.sh', program: 'bash', packages: [] },
  { name: 'Python', driver: 'python.py', program: '/usr/bin/python3', packages: [] },
];

/**
 * Exit code and output of the driver, against a tenant of its own that is there under the real names of Microsoft. In a late one what
 * follows a change meets another replica each time.
 */
export async function runWitness({ driver, program }: Witness, packages: string, isLate = false) {
  const folder = await mkdtemp(join(tmpdir(), 'ta-witness-'));
  let behindMs = 3_600_000;
  // Grace plays the person at the browser. What she prepared an hour ago has arrived everywhere.
  const clock = { now: () => Date.now() - behindMs };
  const tenant = createPracticeTenant({ signing, clock, approveAs: 'grace@contoso.com', lagFactor: 1 });
  const app = await prepareClients(tenant, (ms) => {
    behindMs -= ms;
  });
  behindMs = 0;
  tenant.state.lag.answersFollowUps = !isLate;
  const { served, env } = await underRealNames(tenant, folder);
  try {
    const child = spawn(program, [join(import.meta.dirname, driver)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...env,
        ...{ NODE: node, PACKAGES: packages },
        ...{ TENANT: tenant.state.organization.id, CLIENT: app.appId, SECRET: app.secret },
        ...{ AZURE_CONFIG_DIR: join(folder, 'azure'), AZURE_CORE_COLLECT_TELEMETRY: 'no' },
      },
    });
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = await once(child, 'close');
    return { code, output: (await output).join('') };
  } finally {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
}
