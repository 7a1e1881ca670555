import { inMail, isSuccess, refusal } from '../cloud/answers.ts';
import { isSameAddress } from '../customer/address.ts';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { notesIn, type RecordFile } from '../customer/record-file.ts';
import { type AppIdentity, signInAsApplication } from '../mail/application.ts';
import { createReceiptCode, type OutgoingMail } from '../mail/mail.ts';
import { type Verification, type VerificationProgress, type VerifyOptions, verify } from '../mail/verify.ts';
import type { Clock } from '../ports.ts';
import { readPreferences } from '../preferences/preferences-file.ts';
import { growing, type Look, type NotYet, waitUntil } from '../waiting.ts';
import type { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { scopeFailures } from './failures.ts';

export type ScopeProgress =
  | WaitingForExchange
  | { readonly kind: 'kept out'; readonly mailbox: string }
  | VerificationProgress;

/** As long as Exchange may take to hear of a change, and half an hour more. */
export const exchangePatienceMinutes = 150;

export interface ScopeJob {
  readonly customer: Customer;
  readonly preferencesFile: string;
  /** The mail that shows that the sender can send; one to the sender itself where there is none. */
  readonly mail: OutgoingMail | undefined;
}

export interface ScopePorts extends Omit<VerifyOptions, 'notes'> {
  /** How long Exchange may take to let the app in; not at all unless told. */
  readonly exchangePatienceMs?: number | undefined;
}

/**
 * Proves by the preferences alone that the app is limited to the sender's mailbox, both ways: another mailbox is refused,
 * and a mail of the sender goes out. Until that holds, the record says that Exchange is waited for. Throws a Failure.
 */
export async function* proveScope(
  { customer, preferencesFile, mail }: ScopeJob,
  { http, clock, signal, receiptMs, onWait, exchangePatienceMs = 0 }: ScopePorts,
  recordFile: RecordFile,
): AsyncGenerator<ScopeProgress, Verification> {
  const mailbox = customer.mail.fromAddress;
  await recordFile.save(withWaitForExchange(recordFile.current(), mailbox, clock.now()));
  const preferences = await readPreferences(preferencesFile);
  const { value: application } = await signInAsApplication(preferences, http, signal);
  yield* awaitAccess(application, mailbox, { clock, signal, patienceMs: exchangePatienceMs });
  const otherMailbox = requireOther(customer);
  await requireClosed(application, mailbox, otherMailbox);
  yield { kind: 'kept out', mailbox: otherMailbox };
  const wanted = mail ?? mailToItself(mailbox);
  const options = { http, clock, signal, receiptMs, onWait, notes: notesIn(recordFile) };
  const verification = yield* verify(preferences, wanted, options);
  const at = new Date(clock.now()).toISOString();
  const mailboxScope = { state: 'proved', at, mailbox, otherMailbox } as const;
  await recordFile.save({ ...recordFile.current(), mailboxScope });
  return verification;
}

/** The mailbox that has to be closed to the app. Throws a Failure where none is named. */
export function requireOther({ mail: { fromAddress, otherMailbox } }: Pick<Customer, 'mail'>): string {
  if (otherMailbox === undefined || isSameAddress(otherMailbox, fromAddress))
    throw scopeFailures.otherMailboxNeeded();
  return otherMailbox;
}

/** Keeps since when it is waited for this mailbox. */
function withWaitForExchange(record: CustomerRecord, mailbox: string, now: number): CustomerRecord {
  const { mailboxScope } = record;
  if (mailboxScope?.state === 'waiting for Exchange' && mailboxScope.mailbox === mailbox) return record;
  const at = new Date(now).toISOString();
  return { ...record, mailboxScope: { state: 'waiting for Exchange', at, mailbox } };
}

function mailToItself(mailbox: string): OutgoingMail {
  return {
    to: [mailbox],
    subject: 'T&A email verification',
    body: 'This email proves that T&A can send from this mailbox through Exchange Online.',
    code: createReceiptCode(),
  };
}

const doing = say`prove the mailbox scope`;

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
function awaitAccess(
  application: AppIdentity,
  mailbox: string,
  { clock, signal, patienceMs }: ScopePatience,
): AsyncGenerator<WaitingForExchange> {
  const look = async (): Promise<Look<void, Refused>> => {
    const failure = await refusalOf(application, mailbox);
    if (!failure) return { settled: undefined };
    if (!isAccessDenied(failure)) throw failure;
    return { because: 'lag', reason: say`access refused`, toldMs: failure.retryAfterMs, failure };
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
async function requireClosed(application: AppIdentity, mailbox: string, other: string): Promise<void> {
  const refused = await refusalOf(application, other);
  if (!refused) throw scopeFailures.tooWide(mailbox, other);
  if (refused.status === 404) throw scopeFailures.noOtherMailbox(other, refused);
  if (!isAccessDenied(refused)) throw refused;
}

/** Asks for the id of one mail, so that nothing of a mailbox is read that should not be. */
async function refusalOf(application: AppIdentity, mailbox: string): Promise<Failure | undefined> {
  const url = `${application.urls.folder(mailbox, 'inbox')}?$top=1&$select=id`;
  const answer = await application.send({ method: 'GET', url, replay: 'safe', doing });
  return isSuccess(answer) ? undefined : refusal(answer, inMail(doing));
}

function isAccessDenied({ status, code }: Failure): boolean {
  return status === 403 && code === 'ErrorAccessDenied';
}
