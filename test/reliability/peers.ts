// The same faults, once at each request to Graph, against this tool and two that none of us wrote, in a tenant under the real names.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultAnswer } from '../../src/practice/faults.ts';
import { addByM365, fetchPeers, signInM365 } from '../bench/peers.ts';
import { type BenchTenant, benchTenant } from '../bench/tenant.ts';
import { buildInto } from '../support/built-cli.ts';
import { customerName } from '../support/customer-folder.ts';
import { registerApp } from '../support/registered-app.ts';
import { strike } from './faults.ts';
import { keep } from './tally.ts';

const busy = (status: number, headers: Record<string, string> = {}): FaultAnswer => ({
  kind: 'status',
  status,
  headers,
  body: { error: { code: 'ForTheTest', message: 'For the test.' } },
});
const faults: readonly (readonly [what: string, answer: FaultAnswer])[] = [
  ['429 that names a second', busy(429, { 'Retry-After': '1' })],
  ['500', busy(500)],
  ['503 that names a second', busy(503, { 'Retry-After': '1' })],
  ['504', busy(504)],
  ['the connection breaks, nothing was done', { kind: 'reset-before' }],
  ['the connection breaks, all was done', { kind: 'reset-after' }],
  ['half an answer, all was done', { kind: 'truncate' }],
  ["a page of the network, as Microsoft's answer", { kind: 'html' }],
];

const outcomes = [
  'continues by itself',
  'the next run finishes',
  'something is there twice, or left',
  'not finished',
] as const;
type Outcome = (typeof outcomes)[number];

/** A program that makes an application, its service principal, four grants and a secret. */
interface Program {
  readonly name: string;
  /** Whatever it needs once. */
  begin(tenant: BenchTenant): Promise<void>;
  run(tenant: BenchTenant): Promise<unknown>;
}

function ours(cli: string): Program {
  let folder: Awaited<ReturnType<BenchTenant['folder']>> | undefined;
  return {
    name: 'this tool',
    async begin(tenant) {
      await folder?.[Symbol.asyncDispose]();
      folder = await tenant.folder();
    },
    run: (tenant) => tenant.run([cli, 'onboard', join(folder?.path ?? '', customerName), '--yes']),
  };
}

function m365(file: string): Program {
  const signedIn = new WeakSet<BenchTenant>();
  return {
    name: 'CLI for Microsoft 365, `entra app add`',
    async begin(tenant) {
      if (signedIn.has(tenant)) return;
      signedIn.add(tenant);
      await signInM365(tenant, file);
    },
    run: (tenant) => addByM365(tenant, file),
  };
}

/** Seven calls of the library, one after the other, as its documentation shows them. */
function graphClient(packages: string): Program {
  let credentials: string[] = [];
  return {
    name: '`@microsoft/microsoft-graph-client`, seven calls',
    async begin({ state }) {
      const app = registerApp(state, {
        granted: ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'],
      });
      credentials = [state.organization.id, app.appId, app.secretText];
    },
    run: (tenant) =>
      tenant.run([join(import.meta.dirname, 'peer-graph-client.mjs'), packages, ...credentials]),
  };
}

/** What the tenant holds that was not there before. */
function held({ state }: BenchTenant, before: ReadonlySet<string>) {
  const applications = state.applications.filter(
    ({ id, deletedAt }) => !before.has(id) && deletedAt === undefined,
  );
  const principals = state.servicePrincipals.filter(
    ({ id, deletedAt }) => !before.has(id) && deletedAt === undefined,
  );
  const secrets = applications.flatMap((each) => each.secrets).length;
  const grants = state.grants.filter(({ principalId }) =>
    principals.some(({ id }) => id === principalId),
  ).length;
  return [applications.length, principals.length, grants, secrets];
}

const wanted = [1, 1, 4, 1];

async function outcomeOf(
  tenant: BenchTenant,
  program: Program,
  answer: FaultAnswer,
  nth: number,
): Promise<Outcome | undefined> {
  tenant.clean();
  await program.begin(tenant);
  const before = new Set(
    [...tenant.state.applications, ...tenant.state.servicePrincipals].map(({ id }) => id),
  );
  const fault = { id: '', what: '', passes: true, answer: () => answer };
  const met = strike(
    tenant.state,
    (at) => (at === nth ? fault : undefined),
    ({ url }) => new URL(url).host === 'graph.microsoft.com',
  );
  const succeeds = async (): Promise<boolean> =>
    await program.run(tenant).then(
      () => true,
      () => false,
    );
  const first = await succeeds();
  met.end();
  if (met.struck.length === 0) return undefined;
  const isWhole = () => String(held(tenant, before)) === String(wanted);
  if (first && isWhole()) return 'continues by itself';
  const second = first || (await succeeds());
  if (second && isWhole()) return 'the next run finishes';
  return held(tenant, before).some((count, at) => count > (wanted[at] ?? 0))
    ? 'something is there twice, or left'
    : 'not finished';
}

async function rowOf(program: Program): Promise<string[]> {
  const found: Outcome[] = [];
  for (const [, answer] of faults) {
    await using tenant = await benchTenant({});
    for (let nth = 1; ; nth += 1) {
      const outcome = await outcomeOf(tenant, program, answer, nth);
      if (outcome === undefined) break;
      found.push(outcome);
    }
  }
  return [
    program.name,
    String(found.length),
    ...outcomes.map((each) => String(found.filter((one) => one === each).length)),
  ];
}

const build = await mkdtemp(join(tmpdir(), 'ta-peers-'));
try {
  await buildInto(build);
  const peers = fetchPeers();
  const programs = [
    ours(join(build, 'dist', 'cli.js')),
    ...('file' in peers.m365 ? [m365(peers.m365.file)] : []),
    ...('file' in peers.client ? [graphClient(peers.client.file)] : []),
  ];
  const missing = Object.entries(peers).flatMap(([name, peer]) =>
    'missing' in peer ? [`${name}: ${peer.missing}`] : [],
  );
  const rows = await Promise.all(programs.map(rowOf));
  // Of ours each cell has to end well.
  const bad = outcomes.slice(2).filter((outcome) => rows[0]?.[2 + outcomes.indexOf(outcome)] !== '0');
  keep({
    row: 'peers',
    cells: 0,
    failed: bad.map((outcome) => `this tool: ${outcome}`),
    notRun: missing,
    table: [['program', 'cells', ...outcomes], ...rows],
    text: [
      `Each of these once, at each request to Graph of a set-up (an application, its service principal, four grants, a secret), in a tenant without replication lag: ${faults.map(([what]) => what).join('; ')}. Then the program is run once more if it failed. What counts is what the tenant holds. The library promises no run that can be repeated, so its row says what its retries alone give.`,
    ],
  });
  if (bad.length > 0) process.exitCode = 1;
} finally {
  await rm(build, { recursive: true, force: true });
}
