import type { Customer } from './customer/customer.ts';
import type { CustomerRecord } from './customer/record.ts';
import type { RecordFile } from './customer/record-file.ts';
import { signInAsApplication } from './mail/application.ts';
import type { OutgoingMail } from './mail/mail.ts';
import { mailJournal } from './mail/mail-journal.ts';
import { createReceiptCode } from './mail/receipt-code.ts';
import { scopeFailures } from './mail/scope-failures.ts';
import { awaitAccess, requireClosed, type WaitingForExchange } from './mail/scope-proof.ts';
import { readPreferences } from './preferences/preferences-file.ts';
import { type Verification, type VerificationProgress, type VerifyOptions, verify } from './verify.ts';

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

export interface ScopePorts extends Omit<VerifyOptions, 'journal'> {
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
  await recordFile.save(awaiting(recordFile.current(), mailbox, clock.now()));
  const preferences = await readPreferences(preferencesFile);
  const { value: application } = await signInAsApplication(preferences, http, signal);
  yield* awaitAccess(application, mailbox, { clock, signal, patienceMs: exchangePatienceMs });
  const otherMailbox = requireOther(customer);
  await requireClosed(application, mailbox, otherMailbox);
  yield { kind: 'kept out', mailbox: otherMailbox };
  const wanted = mail ?? mailToItself(mailbox);
  const options = { http, clock, signal, receiptMs, onWait, journal: mailJournal(recordFile, clock) };
  const verification = yield* verify(preferences, wanted, options);
  const at = new Date(clock.now()).toISOString();
  const mailboxScope = { state: 'proved', at, mailbox, otherMailbox } as const;
  await recordFile.save({ ...recordFile.current(), mailboxScope });
  return verification;
}

/** The mailbox that has to be closed to the app. Throws a Failure where none is named. */
export function requireOther({ mail: { fromAddress, otherMailbox } }: Pick<Customer, 'mail'>): string {
  if (otherMailbox === undefined || otherMailbox.toLowerCase() === fromAddress.toLowerCase())
    throw scopeFailures.otherMailboxNeeded();
  return otherMailbox;
}

/** Keeps since when it is waited for this mailbox. */
function awaiting(record: CustomerRecord, mailbox: string, now: number): CustomerRecord {
  const { mailboxScope } = record;
  if (mailboxScope?.state === 'waiting for Exchange' && mailboxScope.mailbox === mailbox) return record;
  const at = new Date(now).toISOString();
  return { ...record, mailboxScope: { state: 'waiting for Exchange', at, mailbox } };
}

function mailToItself(mailbox: string): OutgoingMail {
  return {
    to: [mailbox],
    subject: 'T&A e-mail verification',
    body: 'This mail shows that T&A can send from this mailbox through Exchange Online.',
    code: createReceiptCode(),
  };
}
