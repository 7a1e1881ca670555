import { join } from 'node:path';
import { edges } from '../../src/practice/lag.ts';
import { customerName } from '../support/customer-folder.ts';
import { addByM365, signInM365 } from './peers.ts';
import { inTurns, median, notRun, type Row, row, unknown } from './table.ts';
import { type BenchTenant, benchTenant, type Span } from './tenant.ts';

const graph = 'graph.microsoft.com';

interface Options {
  readonly runs: number;
  readonly latencyMs: number;
  readonly cli: string;
  /** Its file, or why it is not here. */
  readonly m365: { readonly file: string } | { readonly missing: string };
}

const elapsed = (from: number, spans: readonly Span[]): number =>
  Math.max(...spans.map(({ until }) => until)) - from;

/**
 * A first set-up, from Go, which is when it prints that it begins to apply, to the answer to the last change. Notes how long the tenant took
 * for the changes: what is asked for, and what its own work and a busy machine add to that.
 */
async function onboardOnce(tenant: BenchTenant, cli: string, latencies: number[] = []): Promise<number> {
  tenant.clean();
  await using folder = await tenant.folder();
  tenant.spans();
  let go = Number.NaN;
  await tenant.run([cli, 'onboard', join(folder.path, customerName), '--yes'], {
    watch: (printed) => {
      if (/^Apply$/m.test(printed)) go = performance.now();
    },
  });
  const [_look, ...changes] = tenant.spans().filter(({ host }) => host === graph);
  latencies.push(changes.reduce((sum, { from, until }) => sum + until - from, 0));
  return elapsed(go, changes);
}

/** The same work by CLI for Microsoft 365, from its first request to the last answer: what it takes to start does not count. */
async function addOnce(tenant: BenchTenant, file: string): Promise<number> {
  tenant.clean();
  tenant.spans();
  await addByM365(tenant, file);
  const spans = tenant.spans().filter(({ host }) => host === graph);
  return elapsed(Math.min(...spans.map(({ from }) => from)), spans);
}

/** From the confirmation to the last change, beside the latencies alone and beside CLI for Microsoft 365. */
export async function setUp({ runs, latencyMs, cli, m365 }: Options): Promise<Row[]> {
  await using tenant = await benchTenant({}, latencyMs);
  const what = `Set-up from Go to the last change, at ${latencyMs} ms a request`;
  const beside = `${what}, beside \`m365 entra app add\` without its start`;
  if ('file' in m365) await signInM365(tenant, m365.file);
  const theirs = 'file' in m365 ? () => addOnce(tenant, m365.file) : unknown;
  const latencies: number[] = [];
  const [ours, peer] = await inTurns(runs, () => onboardOnce(tenant, cli, latencies), theirs);
  const bare = median(latencies);
  const from = `${Math.round(ours)} ms`;
  return [
    row({
      what: `${what}, beside the sum of its latencies`,
      value: ours / bare,
      limit: { most: 1.2 },
      unit: 'x',
      from: `${from}; 3 requests ${Math.round(bare)} ms`,
    }),
    'missing' in m365
      ? notRun(beside, '≤ 0.60 x', m365.missing)
      : row({
          what: beside,
          value: ours / peer,
          limit: { most: 0.6 },
          unit: 'x',
          from: `${from}; m365 ${Math.round(peer)} ms, its one read included`,
        }),
  ];
}

/** How long a change takes until every replica knows it. */
const lagMs = 2000;

/** Application and service principal are waited for, one after the other: each is known everywhere after two seconds. */
export async function setUpWithLag({ runs, latencyMs, cli, m365 }: Options): Promise<Row[]> {
  await using tenant = await benchTenant(
    { lagFactor: lagMs / edges.applicationToServicePrincipal },
    latencyMs,
  );
  const [ours] = await inTurns(runs, () => onboardOnce(tenant, cli));
  let peer = 'm365 not run';
  if ('file' in m365) {
    await signInM365(tenant, m365.file);
    peer = await addOnce(tenant, m365.file).then(
      (ms) => `m365 ${Math.round(ms)} ms`,
      (error) => `m365 fails: ${/\nError: (.*)/.exec(String(error))?.[1] ?? 'without a word'}`,
    );
  }
  return [
    row({
      what: `The same where application and service principal take ${lagMs} ms each to be known, beside these waits`,
      value: ours / (2 * lagMs),
      limit: { most: 1.15 },
      unit: 'x',
      from: `${Math.round(ours)} ms; waits ${2 * lagMs} ms; ${peer}`,
    }),
  ];
}

/** Counts, which need no second run. */
export async function requests({ cli }: Pick<Options, 'cli'>): Promise<Row[]> {
  await using tenant = await benchTenant({});
  await using folder = await tenant.folder();
  const onboard = () => tenant.run([cli, 'onboard', join(folder.path, customerName), '--yes']);
  await onboard();
  const first = tenant.spans().filter(({ host }) => host === graph);
  await onboard();
  const again = tenant.spans();
  const onGraph = again.filter(({ host }) => host === graph).length;
  const tokens = again.filter(({ path }) => path.endsWith('/token')).length;
  const count = (what: string, value: number, most: number, from: string): Row =>
    row({ what, value, limit: { most }, unit: 'requests', from });
  return [
    count('A first set-up asks Graph: one look, three changes', first.length, 4, methods(first)),
    count('Running again on a healthy customer asks Graph', onGraph, 1, methods(again)),
    count("The same asks for tokens: the administrator's, and one for the secret", tokens, 2, '-'),
  ];
}

const methods = (spans: readonly Span[]): string =>
  spans
    .filter(({ host }) => host === graph)
    .map(
      ({ method, path }) =>
        `${method} ${path
          .replace(/\(.*\)/, '()')
          .split('/')
          .at(-1)}`,
    )
    .join(', ');
