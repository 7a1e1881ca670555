import type { Http } from '../cloud/http.ts';
import type { CustomerRecord } from '../customer/record.ts';
import type { Clock } from '../ports.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { OnWait } from '../waiting.ts';
import type { OutgoingMail } from './mail.ts';
import type { MailJournal } from './mail-journal.ts';
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
  /** As the record keeps it. */
  readonly entry: NonNullable<CustomerRecord['verification']>;
}

export interface VerifyOptions {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Told while the mail takes its time to arrive. */
  readonly onWait?: OnWait | undefined;
  /** Where drafts are kept in mind. */
  readonly journal: MailJournal | undefined;
  /** How long the mail may take to arrive; two minutes unless told. */
  readonly receiptMs?: number | undefined;
}

/** A fresh consent reaches Exchange some time after the token shows it. */
const consentPatienceMs = 5 * 60_000;

/** Shorter waits are not worth a word. */
const longWaitMs = 4000;

/** Sends a mail by the preferences alone, as T&A does, and looks whether it arrived. */
export async function* verify(
  preferences: Preferences,
  mail: OutgoingMail,
  { http, clock, signal, journal, onWait, receiptMs = 120_000 }: VerifyOptions,
): AsyncGenerator<VerificationProgress, Verification> {
  const sending = sendMail(preferences, mail, {
    http,
    clock,
    signal,
    journal,
    patienceMs: consentPatienceMs,
  });
  let step = await sending.next();
  for (; !step.done; step = await sending.next()) yield { kind: 'mail', progress: step.value };
  const sent = step.value;
  yield { kind: 'looking for the mail', sent };
  const stillLooking = ({ ms }: { readonly ms: number }): void => {
    if (ms >= longWaitMs) onWait?.({ doing: 'look for the mail', ms, reason: 'it has not arrived yet' });
  };
  const looking = { http, clock, signal, timeoutMs: receiptMs, onWait: stillLooking };
  const receipt = await awaitReceipt(preferences, sent, looking);
  yield { kind: 'receipt', receipt };
  return { sent, receipt, entry: entryOf(sent, receipt) };
}

function entryOf(sent: SentMail, receipt: Receipt): Verification['entry'] {
  const { code, inSentItems, recipients } = receipt;
  const at = new Date(sent.sentAt).toISOString();
  return { at, code, internetMessageId: sent.internetMessageId, inSentItems, recipients: [...recipients] };
}
