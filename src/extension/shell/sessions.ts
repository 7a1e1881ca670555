import * as vscode from 'vscode';
import type { Customer } from '../../core/customer/customer.ts';
import type { Secret } from '../../core/secret.ts';
import type { Session } from '../../core/sign-in/session.ts';
import { Failure } from '../../core/words/failure.ts';
import type { SignInPorts } from '../sign-in/ask-admin.ts';
import type { ShellPorts } from './ports.ts';
import type { PracticeRoom } from './practice-room.ts';

/** What an earlier window kept of a session. */
interface KeptSession {
  readonly tenantId: string;
  readonly signIn: Secret;
}

/** Admins signed in from this window, one per tenant. Here tokens live in memory only. */
export interface Sessions extends vscode.Disposable {
  current(tenantId: string): Session | undefined;
  all(): readonly Session[];
  /** The tenant's session, or a new one: asks the admin on the customer's page. Rejects with a Failure. */
  signIn(customer: Customer, tenantId: string, ports: SignInPorts): Promise<Session>;
  /** The tenant's session, or the one that an earlier window had; no one is asked. Rejects with a Failure. */
  goOn(customer: Customer, kept: KeptSession, ports: ShellPorts): Promise<Session>;
  /** Drops the session that this work was given, where the work failed because the session is over. Whether it did. */
  dropAfter(ports: ShellPorts, error: unknown): boolean;
  /** One tenant's session, or all. */
  signOut(tenantId?: string): void;
  readonly onDidChange: vscode.Event<void>;
}

/** A session of the practice tenant is worth nothing at Microsoft, and the other way round: starting or stopping it signs out. */
export function createSessions(practice: PracticeRoom): Sessions {
  const emitter = new vscode.EventEmitter<void>();
  const sessions = new Map<string, Session>();
  const given = new WeakMap<ShellPorts, string>();
  const signOut = (tenantId?: string): void => {
    const ending = [...sessions].filter(([id]) => tenantId === undefined || id === tenantId);
    for (const [id, session] of ending) {
      session.signOut();
      sessions.delete(id);
    }
    emitter.fire();
  };
  const currentOr = async (
    { cloud }: Customer,
    tenantId: string,
    ports: ShellPorts,
    open: (entrances: typeof import('../sign-in/ask-admin.ts')) => Promise<Session>,
  ): Promise<Session> => {
    given.set(ports, tenantId);
    const known = sessions.get(tenantId);
    // The practice tenant is in every cloud.
    if (known?.cloud === cloud) return known;
    const session = watched(await open(await import('../sign-in/ask-admin.ts')), () => {
      if (sessions.get(tenantId) === session) signOut(tenantId);
    });
    sessions.set(tenantId, session);
    emitter.fire();
    return session;
  };
  const switched = practice.onDidChange(() => signOut());
  return {
    current: (tenantId) => sessions.get(tenantId),
    all: () => [...sessions.values()],
    signIn: (customer, tenantId, ports) =>
      currentOr(customer, tenantId, ports, ({ askAdmin }) =>
        askAdmin(customer, tenantId, ports, practice.running),
      ),
    goOn: (customer, { tenantId, signIn }, ports) =>
      currentOr(customer, tenantId, ports, ({ goOnAsAdmin }) =>
        goOnAsAdmin(customer, tenantId, signIn, ports),
      ),
    dropAfter(ports, error) {
      const tenantId = given.get(ports);
      if (tenantId === undefined || !isUnaccepted(error)) return false;
      signOut(tenantId);
      return true;
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

/** The same session; `over` hears of a renewal that would be refused again. */
const watched = (session: Session, over: () => void): Session => ({
  ...session,
  async token() {
    try {
      return await session.token();
    } catch (error) {
      if (error instanceof Failure && error.advice.retry !== 'ours') over();
      throw error;
    }
  },
});

/** Graph takes the token no more, as after a revocation. Another code of HTTP 401 may be about the app's own secret. */
const isUnaccepted = (error: unknown): boolean =>
  error instanceof Failure &&
  error.status === 401 &&
  (error.code === 'InvalidAuthenticationToken' || error.code === 'AuthenticationError');
