import { dirname } from 'node:path';
import type { CloudName } from '../core/cloud/clouds.ts';
import { withPortalsOf } from '../core/cloud/clouds.ts';
import { type Connections, parseConnections } from '../core/cloud/connect-to.ts';
import { createHttp } from '../core/cloud/pipeline.ts';
import type { Customer } from '../core/customer/customer.ts';
import type { CustomerRecord } from '../core/customer/record.ts';
import type { Log } from '../core/ports.ts';
import type { Session } from '../core/sign-in/session.ts';
import type { Ports } from '../core/stories/prepare.ts';
import type { OnWait } from '../core/waiting.ts';
import type { Context } from './command.ts';
import type { Practice } from './practice.ts';
import { showWait } from './show/progress.ts';
import { showBeginning } from './show/summary.ts';
import type { Terminal } from './terminal.ts';

/** Where the requests of one command go. */
export interface OpenCloud extends Omit<Ports, 'signIn'> {
  readonly log: Log;
  readonly kind: CustomerRecord['kind'];
  readonly connections: Connections;
  /** The practice tenant of `--practice`, running in this process. */
  readonly practice: Practice | undefined;
  /** Everyone who signed in; signed out when the work is over, however it ends. */
  readonly sessions: Session[];
}

/**
 * Microsoft's own servers, or what `--practice` and `--connect-to` put in their place; closed when the work is over. The
 * practice tenant is kept in the folder of `file`, which the command is about, so that commands follow one another; it is in the
 * `cloud` of the customer.
 */
export async function withCloud<T>(
  context: Context,
  file: string,
  onWait: OnWait,
  work: (cloud: OpenCloud) => Promise<T>,
  cloud: CloudName | undefined,
): Promise<T> {
  const { practice, scenario, manual } = context.options;
  const told = async (open: OpenCloud): Promise<T> => {
    try {
      return await work(open);
    } catch (error) {
      throw cloud ? withPortalsOf(cloud, error) : error;
    }
  };
  if (!practice) return withConnections(context, onWait, undefined, told);
  const { openPractice, withPracticeState } = await import('./practice.ts');
  return withPracticeState(dirname(file), context, async (state) => {
    const { clock } = context;
    const opened = await openPractice(scenario ?? [], { manual: manual === true, clock, cloud, state });
    try {
      return await withConnections(context, onWait, opened, told);
    } finally {
      await opened.close();
    }
  });
}

/** For one customer, who is named first: whatever waits is told, and failures lead to the portals of their cloud. */
export async function withCustomer<T>(
  context: Context,
  { customer, customerFile }: { readonly customer: Customer; readonly customerFile: string },
  work: (cloud: OpenCloud) => Promise<T>,
): Promise<T> {
  const begin = async (cloud: OpenCloud): Promise<T> => {
    showBeginning(customer, cloud, context.terminal);
    return await work(cloud);
  };
  return await withCloud(context, customerFile, showWait(context.terminal), begin, customer.cloud);
}

async function withConnections<T>(
  { options, terminal, clock, signal }: Context,
  onWait: OnWait,
  practice: Practice | undefined,
  work: (cloud: OpenCloud) => Promise<T>,
): Promise<T> {
  const flags = parseConnections(options.connectTo ?? []);
  const connections: Connections = new Map([...(practice?.connections ?? []), ...flags]);
  const log = createLog(terminal, options.verbose === true);
  const http = createHttp({ connections, clock, log, onWait });
  const kind = connections.size > 0 ? 'practice' : 'production';
  const ports = { http, clock, log, random: Math.random, signal, onWait };
  const sessions: Session[] = [];
  try {
    return await work({ ...ports, kind, connections, practice, sessions });
  } finally {
    for (const session of sessions) session.signOut();
  }
}

/** Core's log lines, with `--verbose` on stderr; they are redacted where they are made. */
function createLog(terminal: Terminal, verbose: boolean): Log {
  const write = (message: string): void => {
    if (verbose) terminal.error(terminal.paint.dim(message));
  };
  return { info: write, debug: write };
}
