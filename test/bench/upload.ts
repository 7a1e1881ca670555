import { randomFillSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { customerName, preferencesName } from '../support/customer-folder.ts';
import { inTurns, notRun, type Row, row, unknown } from './table.ts';
import { type BenchTenant, benchTenant } from './tenant.ts';

interface Options {
  readonly runs: number;
  readonly cli: string;
  readonly bytes: number;
  /** The package.json beside Graph's JavaScript client, or why it is not here. */
  readonly client: { readonly file: string } | { readonly missing: string };
}

/** Seconds from the answer that opens the session to the answer to the last part. */
function uploadSeconds(tenant: BenchTenant): number {
  const spans = tenant.spans();
  const opened = spans.find(({ path }) => /createuploadsession$/i.test(path));
  const parts = spans.filter(({ method }) => method === 'PUT');
  return (Math.max(...parts.map(({ until }) => until)) - (opened?.until ?? Number.NaN)) / 1000;
}

/** Watches the memory of the process, and tells the most of it as its last line. What the system counts begins with the parent's. */
const watchMemory = `let most = 0;
  const look = () => { most = Math.max(most, process.memoryUsage.rss()); };
  setInterval(look, 10).unref();
  process.on('exit', () => { look(); process.stdout.write('peak ' + most); });`;
const tellPeak = `data:text/javascript,${encodeURIComponent(watchMemory)}`;
const peakOf = (printed: string): number => Number(/peak (\d+)$/.exec(printed)?.[1]) / 1024 / 1024;

/** A large attachment by the command line as it ships, by a loop that only reads and sends, and by Graph's own client. */
export async function upload({ runs, cli, bytes, client }: Options): Promise<Row[]> {
  await using tenant = await benchTenant({});
  await using folder = await tenant.folder();
  const at = (name: string): string => join(folder.path, name);
  await writeFile(at('big.bin'), randomFillSync(new Uint8Array(bytes)));
  await writeFile(at('small.bin'), new Uint8Array(1000));
  await tenant.run([cli, 'onboard', at(customerName), '--yes']);
  const preferences = JSON.parse(await readFile(at(preferencesName), 'utf8'));
  const { tenantId, clientId, clientSecret } = z.parse(Connection, preferences).connection;
  const began = (): void => {
    for (const mailbox of tenant.state.mailboxes) Object.assign(mailbox, { sendLimit: 2 * bytes, mails: [] });
    tenant.spans();
  };
  const send = (name: string): Promise<string> =>
    tenant.run([
      '--import',
      tellPeak,
      cli,
      'send',
      at(preferencesName),
      '--to',
      'robin@contoso.com',
      '--attach',
      at(name),
    ]);
  const peaks: number[] = [];
  const ours = async (): Promise<number> => {
    began();
    peaks.push(peakOf(await send('big.bin')));
    return uploadSeconds(tenant);
  };
  const peer =
    (way: string, packages = '') =>
    async (): Promise<number> => {
      began();
      const connection = [tenantId, clientId, clientSecret];
      await tenant.run([peers, way, at('big.bin'), ...connection, packages]);
      return uploadSeconds(tenant);
    };
  const small = peakOf(await send('small.bin'));
  const task = 'file' in client ? peer('task', client.file) : unknown;
  const times = await inTurns(runs, ours, peer('loop'), task);
  return uploadRows(
    bytes,
    times,
    Math.max(...peaks) - small,
    'missing' in client ? client.missing : undefined,
  );
}

function uploadRows(
  bytes: number,
  [ours, loop, task]: readonly [number, number, number],
  addedMiB: number,
  missing: string | undefined,
): Row[] {
  const what = `An attachment of ${Math.round(bytes / 1024 / 1024)} MiB from disk`;
  const seconds = (value: number): string => `${value.toFixed(2)} s`;
  const beside = `${what}, speed beside \`LargeFileUploadTask\``;
  const faster = { unit: 'x', limit: { least: 1.3 } };
  return [
    row({
      what: `${what}, speed beside a loop of \`PUT\``,
      value: loop / ours,
      limit: { least: 0.95 },
      unit: 'x',
      from: `${seconds(ours)}; loop ${seconds(loop)}`,
    }),
    missing === undefined
      ? row({ ...faster, what: beside, value: task / ours, from: `${seconds(ours)}; task ${seconds(task)}` })
      : notRun(beside, '≥ 1.30 x', missing),
    row({
      what: `${what}, memory beyond an email with a small one`,
      value: addedMiB,
      limit: { most: 32 },
      unit: 'MiB',
      from: 'the most of all runs',
    }),
  ];
}

const peers = join(import.meta.dirname, 'upload-peers.ts');
const Connection = z.object({
  connection: z.object({ tenantId: z.string(), clientId: z.string(), clientSecret: z.string() }),
});
