import type * as vscode from 'vscode';
import { createHttp } from '../../core/cloud/pipeline.ts';
import type { CustomerRecord } from '../../core/customer/record.ts';
import { type Log, systemClock } from '../../core/ports.ts';
import type { Ports as CorePorts } from '../../core/stories/prepare.ts';
import type { OnWait } from '../../core/waiting.ts';
import type { Failure } from '../../core/words/failure.ts';
import type { PracticeRoom } from './practice-room.ts';

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

/** What a customer's page says, with the way on: the one catch opens it, and tells no one besides. */
export class OnPage extends Error {
  /** `undefined`: the page is open already. */
  readonly customer: vscode.Uri | undefined;
  constructor(customer: vscode.Uri | undefined, cause?: Failure) {
    super(undefined, { cause });
    this.customer = customer;
  }
}

/** Work on a customer that belongs to the world that requests do not go to now. */
export class OtherWorld extends OnPage {
  readonly wanted: CustomerRecord['kind'];
  constructor(wanted: CustomerRecord['kind'], customer: vscode.Uri | undefined) {
    super(customer);
    this.wanted = wanted;
  }
}

/** What tells where a customer belongs; `undefined`: nothing exists of it yet, so it belongs to either. */
export type Belonging = Pick<CustomerRecord, 'kind'> | undefined;

/** A rehearsed secret never goes to Microsoft, and a real one never to the practice tenant. Throws an OtherWorld. */
export function requireWorld(
  record: Belonging,
  { practice }: { readonly practice: Pick<PracticeRoom, 'running'> },
  customer?: vscode.Uri,
): void {
  const here = practice.running ? 'practice' : 'production';
  if (record && record.kind !== here) throw new OtherWorld(record.kind, customer);
}
