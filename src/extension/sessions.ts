import * as vscode from 'vscode';
import type { Customer } from '../core/customer/customer.ts';
import type { Session } from '../core/sign-in/session.ts';
import type { Ports } from './ports.ts';
import type { PracticeRoom } from './practice-room.ts';

/** Admins signed in from this window, one per tenant. Tokens live in memory only. */
export interface Sessions extends vscode.Disposable {
  current(tenantId: string): Session | undefined;
  all(): readonly Session[];
  /** The tenant's session, or a new one: asks the admin by device code, or by browser. Rejects with a Failure. */
  signIn(customer: Customer, tenantId: string, ports: Ports): Promise<Session>;
  /** One tenant's session, or all. */
  signOut(tenantId?: string): void;
  readonly onDidChange: vscode.Event<void>;
}

/** A session of the practice tenant is worth nothing at Microsoft, and the other way round: starting or stopping it signs out. */
export function createSessions(practice: PracticeRoom): Sessions {
  const emitter = new vscode.EventEmitter<void>();
  const sessions = new Map<string, Session>();
  const signOut = (tenantId?: string): void => {
    const ending = [...sessions].filter(([id]) => tenantId === undefined || id === tenantId);
    for (const [id, session] of ending) {
      session.signOut();
      sessions.delete(id);
    }
    emitter.fire();
  };
  const switched = practice.onDidChange(() => signOut());
  return {
    current: (tenantId) => sessions.get(tenantId),
    all: () => [...sessions.values()],
    async signIn(customer, tenantId, ports) {
      const known = sessions.get(tenantId);
      if (known) return known;
      const { askAdmin } = await import('./sign-in/ask-admin.ts');
      const session = await askAdmin(customer, tenantId, ports, practice.running);
      sessions.set(tenantId, session);
      emitter.fire();
      return session;
    },
    signOut,
    onDidChange: emitter.event,
    dispose() {
      signOut();
      switched.dispose();
      emitter.dispose();
    },
  };
}
