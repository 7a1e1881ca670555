import type { Http } from '../cloud/http.ts';
import { type CustomerRecord, keyIdOf } from '../customer/record.ts';
import type { RecordNotes } from '../customer/record-file.ts';
import type { Clock } from '../ports.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { OnWait } from '../waiting.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import type { OutgoingMail } from './mail.ts';
import { mailJournal } from './mail-journal.ts';
import type { MailProgress } from './progress.ts';
import { awaitReceipt, type Receipt } from './receipt.ts';
import { type SentMail, sendMail } from './send-mail.ts';

export type VerificationProgress =
  | { readonly kind: 'mail'; readonly progress: MailProgress }
  | { readonly kind: 'looking for the mail'; readonly sent: SentMail }
  | { readonly kind: 'receipt'; readonly receipt: Receipt };

export interface Verification {
  readonly sent: SentMail;
  readonly receipt: Receipt;
  /** Why the record does not tell of the mail, where it should. */
  readonly unrecorded: Failure | undefined;
}

export interface VerifyOptions {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Told while the mail takes its time to arrive. */
  readonly onWait?: OnWait | undefined;
  /** The customer's record, where drafts are kept in mind and what came of the mail; preferences alone have none. */
  readonly notes: RecordNotes | undefined;
  /** How long the mail may take to arrive; two minutes unless told. */
  readonly receiptMs?: number | undefined;
}

/** A fresh consent reaches Exchange some time after the token shows it. */
const consentPatienceMs = 5 * 60_000;
/** Exchange keeps what it knows of an app for two hours at most; what was proved before that is not new to it. */
const newsMs = 2 * 3_600_000;

function patienceFor(record: CustomerRecord | undefined, now: number): number {
  const provedAt = record?.proof && Date.parse(record.proof.at);
  return provedAt !== undefined && now - provedAt > newsMs ? 0 : consentPatienceMs;
}

/** Shorter waits are not worth a word. */
const longWaitMs = 4000;

/** Sends a mail by the preferences alone, as T&A does, looks whether it arrived, and keeps that in the record. */
export async function* verify(
  preferences: Preferences,
  mail: OutgoingMail,
  { http, clock, signal, notes, onWait, receiptMs = 120_000 }: VerifyOptions,
): AsyncGenerator<VerificationProgress, Verification> {
  const keyId = notes && keyIdOf(notes.current(), preferences.connection.clientSecret);
  const journal = notes && mailJournal(notes, clock);
  const sending = sendMail(preferences, mail, {
    http,
    clock,
    signal,
    journal,
    patienceMs: patienceFor(notes?.current(), clock.now()),
  });
  let step = await sending.next();
  for (; !step.done; step = await sending.next()) yield { kind: 'mail', progress: step.value };
  const sent = step.value;
  yield { kind: 'looking for the mail', sent };
  const stillLooking = ({ ms }: { readonly ms: number }): void => {
    if (ms >= longWaitMs)
      onWait?.({ doing: say`look for the email`, ms, reason: say`it has not arrived yet` });
  };
  const looking = { http, clock, signal, timeoutMs: receiptMs, onWait: stillLooking };
  const keep = (receipt: Receipt) =>
    notes?.change((record) => withVerification(record, { sent, receipt, keyId }));
  const receipt = await awaitReceipt(preferences, sent, looking).catch(async (cause: unknown) => {
    // The mail has gone, whatever became of the looking.
    if (cause instanceof Failure) await keep(unseenReceipt(sent));
    throw cause;
  });
  const unrecorded = await keep(receipt);
  yield { kind: 'receipt', receipt };
  return { sent, receipt, unrecorded };
}

function unseenReceipt({ code, to, cc }: SentMail): Receipt {
  const recipients = [...to, ...cc].map((address) => ({ address, outcome: 'not seen' as const }));
  return { code, inSentItems: false, recipients };
}

interface Seen extends Pick<Verification, 'sent' | 'receipt'> {
  readonly keyId: string | undefined;
}

/** The one place where a record gets its verification: with the secret that the mail was really sent with. */
function withVerification(record: CustomerRecord, { sent, receipt, keyId }: Seen): CustomerRecord {
  const { code, inSentItems, recipients } = receipt;
  const { internetMessageId } = sent;
  const at = new Date(sent.sentAt).toISOString();
  const mail = { at, code, internetMessageId, ...(keyId !== undefined && { keyId }), inSentItems };
  return { ...record, verification: { ...mail, recipients: [...recipients] } };
}
