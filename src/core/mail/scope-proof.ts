import type { Failure } from '../advice/failure.ts';
import type { Clock } from '../ports.ts';
import { growing, type Look, type NotYet, waitUntil } from '../waiting.ts';
import { isSuccess, refusal } from './answers.ts';
import type { Application } from './application.ts';
import { scopeFailures } from './scope-failures.ts';

const doing = 'prove the mailbox scope';

/** For how long Exchange has refused the sender already, and when it is asked again. */
export interface WaitingForExchange {
  readonly kind: 'waiting for Exchange';
  readonly waitedMs: number;
  readonly ms: number;
}

interface ScopePatience {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly patienceMs: number;
}

/**
 * Exchange forgets an app's old rights 30 minutes after its last request, and after two hours if it keeps asking
 * (learn.microsoft.com/exchange/permissions-exo/application-rbac, "Limitations"). So the pauses soon grow beyond the 30.
 */
const pauses = growing({ firstMs: 5000, capMs: 31 * 60_000, factor: 3 });

interface Refused extends NotYet {
  readonly failure: Failure;
}

/** Waits until Exchange lets the app into the sender's mailbox. Throws a Failure where it does not in time. */
export function awaitAccess(
  application: Application,
  mailbox: string,
  { clock, signal, patienceMs }: ScopePatience,
): AsyncGenerator<WaitingForExchange> {
  const look = async (): Promise<Look<void, Refused>> => {
    const failure = await refusalOf(application, mailbox);
    if (!failure) return { settled: undefined };
    if (!isAccessDenied(failure)) throw failure;
    return { because: 'lag', reason: 'access refused', toldMs: failure.retryAfterMs, failure };
  };
  return waitUntil(look, {
    doing,
    clock,
    signal,
    patienceMs,
    pauses,
    // A pause that is shortened would be too short.
    random: () => 0,
    tell: (wait) => ({ kind: 'waiting for Exchange' as const, ...wait }),
    overdue: (_open, waitedMs) => {
      throw scopeFailures.waitingForExchange(mailbox, waitedMs);
    },
  });
}

/** Throws a Failure unless Exchange keeps the app out of the other mailbox. */
export async function requireClosed(application: Application, mailbox: string, other: string): Promise<void> {
  const refused = await refusalOf(application, other);
  if (!refused) throw scopeFailures.tooWide(mailbox, other);
  if (refused.status === 404) throw scopeFailures.noOtherMailbox(other, refused);
  if (!isAccessDenied(refused)) throw refused;
}

/** Asks for the id of one mail, so that nothing of a mailbox is read that should not be. */
async function refusalOf(application: Application, mailbox: string): Promise<Failure | undefined> {
  const url = `${application.urls.folder(mailbox, 'inbox')}?$top=1&$select=id`;
  const answer = await application.send({ method: 'GET', url, replay: 'safe', doing });
  return isSuccess(answer) ? undefined : refusal(answer, doing);
}

function isAccessDenied({ status, code }: Failure): boolean {
  return status === 403 && code === 'ErrorAccessDenied';
}
