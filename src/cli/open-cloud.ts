import { type Connections, parseConnections } from '../core/cloud/connect-to.ts';
import { createHttp } from '../core/cloud/pipeline.ts';
import type { CustomerRecord } from '../core/customer/record.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Ports } from '../core/stories/prepare.ts';
import type { OnWait } from '../core/waiting.ts';
import type { CommonOptions, Context } from './command.ts';
import type { Practice } from './practice.ts';
import type { Terminal } from './terminal.ts';

/** Where the requests of one command go. */
export interface OpenCloud extends Omit<Ports, 'signIn'> {
  readonly log: Log;
  readonly kind: CustomerRecord['kind'];
  readonly connections: Connections;
  /** The practice tenant of `--practice`, running in this process. */
  readonly practice: Practice | undefined;
}

/** Microsoft's own servers, or what `--practice` and `--connect-to` put in their place; closed when the work is over. */
export async function withCloud<T>(
  context: Context,
  onWait: OnWait,
  work: (cloud: OpenCloud) => Promise<T>,
): Promise<T> {
  const { options, terminal, clock, signal } = context;
  const flags = parseConnections(options.connectTo ?? []);
  const practice = await practiceFor(options, clock);
  const connections: Connections = new Map([...(practice?.connections ?? []), ...flags]);
  const log = createLog(terminal, options.verbose === true);
  const http = createHttp({ connections, clock, log, onWait });
  const kind = connections.size > 0 ? 'practice' : 'production';
  try {
    const ports = { http, clock, log, random: Math.random, signal, onWait };
    return await work({ ...ports, kind, connections, practice });
  } finally {
    await practice?.close();
  }
}

async function practiceFor(
  { practice, scenario, manual }: CommonOptions,
  clock: Clock,
): Promise<Practice | undefined> {
  if (!practice) return undefined;
  const { openPractice } = await import('./practice.ts');
  return openPractice(scenario ?? [], { manual: manual === true, clock });
}

/** Core's log lines, with `--verbose` on stderr; they are redacted where they are made. */
function createLog(terminal: Terminal, verbose: boolean): Log {
  const write = (message: string): void => {
    if (verbose) terminal.error(terminal.paint.dim(message));
  };
  return { info: write, debug: write };
}
