import { createHttp } from '../../core/cloud/pipeline.ts';
import type { CustomerRecord } from '../../core/customer/record.ts';
import { type Log, systemClock } from '../../core/ports.ts';
import type { Ports as CorePorts } from '../../core/stories/prepare.ts';
import type { OnWait } from '../../core/waiting.ts';
import { type Belonging, type PracticeRoom, requireWorld } from './practice-room.ts';

/** How the lock and the log name this face. */
export const lockOwner = 'VS Code';

/** What core works with in this window: the practice tenant while it runs, else Microsoft. */
export interface ShellPorts extends Omit<CorePorts, 'signIn'> {
  readonly log: Log;
  readonly kind: CustomerRecord['kind'];
}

/** What decides where requests go; the shell is one. */
export interface Outlet {
  readonly log: Log;
  readonly practice: Pick<PracticeRoom, 'running'>;
}

/** The only way to a request: it asks whose it is. Throws an OtherWorld. */
export function portsOf(outlet: Outlet, record: Belonging, signal: AbortSignal, onWait: OnWait): ShellPorts {
  requireWorld(record, outlet);
  const { log } = outlet;
  const { running } = outlet.practice;
  const connections = running?.connections ?? new Map<string, string>();
  const http = createHttp({ connections, clock: systemClock, log, onWait });
  return {
    http,
    clock: systemClock,
    log,
    random: Math.random,
    onWait,
    signal,
    kind: running ? 'practice' : 'production',
  };
}
