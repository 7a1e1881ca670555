import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type CheckDocument,
  type CheckedCustomer,
  documentOf,
  mergeChecks,
  readCheckDocument,
  type Shard,
  shardOf,
} from '../../src/core/check/checked.ts';
import { createHttp } from '../../src/core/cloud/pipeline.ts';
import { findCustomers } from '../../src/core/customer/find-customers.ts';
import { jsonText } from '../../src/core/json.ts';
import { systemClock } from '../../src/core/ports.ts';
import { checkFleet } from '../../src/core/stories/check-fleet.ts';
import { drain } from '../../src/core/waiting.ts';
import { serve } from '../../src/practice/serve.ts';
import { createFleet, isRight } from '../support/fleet.ts';
import { numbersFrom, partText, type Row, thisMachine, withSection } from './table.ts';

/**
 * npm run bench:fleet: so many customers, each with a tenant of its own behind one socket of this process. One in five is asked to slow down
 * once, one in ten fails, in ten ways. The tenants answer after a latency, which on the machine of the benchmark is most of the time.
 */
const latencyMs = 50;
const concurrency = 4;
const silent = { info: () => undefined, debug: () => undefined };
const mebi = 1024 * 1024;

interface Run {
  readonly customers: readonly CheckedCustomer[];
  readonly requests: number;
  readonly early: number;
  readonly ms: number;
  readonly addedMiB: number;
  /** By which the highest point of the process rose, at whatever moment it was reached: with what was not collected yet, and the tenants. */
  readonly peakMiB: number;
  /** How much of that is room for what is new, which V8 makes larger rather than collect more often. */
  readonly youngMiB: number;
}

async function run(count: number, shards: number): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'ta-fleet-'));
  const fleet = createFleet(count, systemClock);
  const served = await serve({
    async fetch(request, connection) {
      const [answer] = await Promise.all([fleet.fetch(request, connection), delay(latencyMs)]);
      return answer;
    },
  });
  try {
    await fleet.write(folder);
    const http = createHttp({ connections: served.connections, clock: systemClock, log: silent });
    const found = await findCustomers([folder]);
    const check = async (shard: Shard): Promise<CheckedCustomer[]> => {
      const jobs = shardOf(found, shard).map(({ file }) => ({
        file,
        kind: 'practice' as const,
        mayBeFresh: false,
      }));
      const customers: CheckedCustomer[] = [];
      const ports = { http, clock: systemClock, signal: undefined, concurrency };
      await drain(checkFleet(jobs, ports), ({ customer }) => void customers.push(customer));
      return customers;
    };
    // What is loaded and compiled by the first requests is no memory of the fleet.
    await check({ number: 1, of: Math.ceil(count / 50) });
    const before = fleet.seen.requests;
    const memory = watchMemory();
    const begun = performance.now();
    const parts: CheckedCustomer[][] = [];
    for (let number = 1; number <= shards; number += 1) parts.push(await check({ number, of: shards }));
    const ms = performance.now() - begun;
    const added = memory.stop();
    const { customers } = mergeChecks(
      await Promise.all(parts.map((part, index) => asFile(folder, index, part))),
    );
    return { customers, requests: fleet.seen.requests - before, early: fleet.seen.early, ms, ...added };
  } finally {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** As the machine that puts the parts together has it: in a file. */
async function asFile(
  folder: string,
  index: number,
  part: readonly CheckedCustomer[],
): Promise<CheckDocument> {
  const file = join(folder, `shard-${index}.json`);
  await writeFile(file, jsonText(documentOf(part)));
  return await readCheckDocument(file);
}

/** What a process took whose young generation V8 may not let grow: `node --max-semi-space-size=1 test/bench/fleet.ts 1000 0`. */
const withoutGrowth = 'with --max-semi-space-size=1 it was 1 MiB in all, at 1.17 x (2026-11-28)';

const youngBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.physical_space_size ?? 0;

/** Each look collects the whole heap, which is no work of the fleet and takes as long as a hundred customers. */
const lookMs = 5000;

/** The most memory that is held beyond what was held at the start: what a collection leaves, now and then. */
function watchMemory() {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const heldNow = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = heldNow();
  const { maxRSS } = process.resourceUsage();
  const young = youngBytes();
  let [most, mostYoung] = [before, young];
  const look = (): void => {
    mostYoung = Math.max(mostYoung, youngBytes());
    most = Math.max(most, heldNow());
  };
  const timer = setInterval(look, lookMs);
  return {
    stop(): Pick<Run, 'addedMiB' | 'peakMiB' | 'youngMiB'> {
      clearInterval(timer);
      // In KiB, of the whole life of the process.
      const peakMiB = (process.resourceUsage().maxRSS - maxRSS) / 1024;
      look();
      return { addedMiB: (most - before) / mebi, peakMiB, youngMiB: (mostYoung - young) / mebi };
    },
  };
}

const fleetRow = (what: string, goal: string, figure: string, isMet: boolean, from = '-'): Row => ({
  ...{ what, goal, figure, from },
  verdict: isMet ? 'met' : 'missed',
});

function rowsOf(
  title: string,
  count: number,
  { customers, requests, early, ms, addedMiB, peakMiB, youngMiB }: Run,
): Row[] {
  const right = customers.filter(isRight).length;
  const ideal = (requests * latencyMs) / concurrency;
  const times = ms / ideal;
  const memory = (what: string, value: number, from?: string): Row =>
    fleetRow(`${title}: ${what}`, '≤ 64 MiB', `${value.toFixed(0)} MiB`, value <= 64, from);
  const rise = `${peakMiB.toFixed(0)} MiB with the ${youngMiB.toFixed(0)} MiB by which that grew; ${withoutGrowth}`;
  return [
    fleetRow(`${title}: right verdicts`, `${count}`, `${right} of ${count}`, right === count),
    fleetRow(`${title}: asked earlier than told`, '0', `${early}`, early === 0),
    fleetRow(
      `${title}: time, beside requests x latency / concurrency`,
      '≤ 1.30 x',
      `${times.toFixed(2)} x`,
      times <= 1.3,
      `${(ms / 1000).toFixed(1)} s; ${requests} requests of ${latencyMs} ms, ${concurrency} at a time`,
    ),
    memory('added memory', addedMiB),
    memory("rise of the peak of the process, without V8's young generation", peakMiB - youngMiB, rise),
  ];
}

const numbers = numbersFrom(process.argv.slice(2), [1000, 10_000]);
const [count = 0, many = 0] = numbers ?? [];
if (count === 0) {
  process.stderr.write(
    'It takes two whole numbers: how many customers are checked in one run, and in ten shards. With 0 for the second one there are no shards.\n',
  );
  process.exit(3);
}
const load = loadavg()[0] ?? Number.NaN;
const rows = rowsOf('one run', count, await run(count, 1));
if (many > 0) {
  const sharded = await run(many, 10);
  const [verdicts, ...others] = rowsOf('ten shards, merged', many, sharded);
  // One shard after the other holds the tenants and the results of all ten: a runner holds one.
  rows.push(...(verdicts ? [verdicts] : []), ...others.slice(0, 1));
}
for (const { what, figure, verdict, from } of rows)
  process.stdout.write(`${verdict.padEnd(6)}  ${what}: ${figure}${from === '-' ? '' : ` (${from})`}\n`);
process.exitCode = rows.every(({ verdict }) => verdict === 'met') ? 0 : 1;
// A small one tells of nothing but its verdicts.
if (count >= 1000 && many >= 10_000) {
  const path = fileURLToPath(new URL('../../BENCHMARKS.md', import.meta.url));
  const when = new Date().toISOString().slice(0, 10);
  const section = partText({ name: 'fleet', when, load, runs: 1, machine: thisMachine(), rows });
  await writeFile(path, withSection(await readFile(path, 'utf8'), 'fleet', section));
}
