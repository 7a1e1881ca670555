import { join } from 'node:path';
import { customerName } from '../support/customer-folder.ts';
import { inTurns, notRun, type Row, row, unknown } from './table.ts';
import { benchTenant } from './tenant.ts';

interface Options {
  readonly runs: number;
  readonly cli: string;
  readonly m365: { readonly file: string } | { readonly missing: string };
}

/** How long a command takes from nothing: the process, its code, its answer. */
export async function start({ runs, cli, m365 }: Options): Promise<Row[]> {
  await using tenant = await benchTenant({ devicePollSeconds: 0 });
  await using folder = await tenant.folder();
  const plan = ['plan', join(folder.path, customerName)];
  const timed =
    (args: readonly string[], codes = [0]) =>
    async (): Promise<number> => {
      const from = performance.now();
      await tenant.run(args, { codes });
      return performance.now() - from;
    };
  if ('file' in m365)
    await tenant.run([m365.file, 'cli', 'config', 'set', '--key', 'disableTelemetry', '--value', 'true']);
  const theirs = 'file' in m365 ? timed([m365.file, 'version']) : unknown;
  // The first start of a program that was just written fills the machine's caches.
  for (const args of [['--version'], plan]) await tenant.run([cli, ...args], { codes: [0, 2] });
  const [version, planned, empty, peer] = await inTurns(
    runs,
    timed([cli, '--version']),
    timed([cli, ...plan], [2]),
    timed(['--eval', '0']),
    theirs,
  );
  const what = '`ta-exchange --version`, beside `m365 version` without telemetry';
  const from = `${Math.round(version)} ms; Node alone ${Math.round(empty)} ms`;
  return [
    'missing' in m365
      ? notRun(what, '≤ 0.15 x', m365.missing)
      : row({
          what,
          value: version / peer,
          limit: { most: 0.15 },
          unit: 'x',
          from: `${from}; m365 ${Math.round(peer)} ms`,
        }),
    row({
      what: '`ta-exchange plan` with its sign-in, no time spent on the way to the tenant',
      value: planned,
      limit: { most: 300 },
      unit: 'ms',
      from: `Node alone ${Math.round(empty)} ms`,
    }),
  ];
}
