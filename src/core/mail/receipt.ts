import type { Http } from '../cloud/http.ts';
import type { Clock } from '../ports.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { say } from '../words/say.ts';
import { signInAsApplication } from './application.ts';
import { lookForReceipts, type MailboxView, placeRecipients, type Recipient } from './receipt-look.ts';
import type { SentMail } from './send-mail.ts';

const doing = say`look for the email`;

/** What became of the mail for one recipient. `not seen`: in a mailbox of the tenant, but not in time. */
type Outcome = 'inbox' | 'junk' | 'bounced' | 'ask the recipient' | 'not seen';

export interface Receipt {
  /** The code to ask a recipient for. */
  readonly code: string;
  readonly inSentItems: boolean;
  readonly recipients: readonly { readonly address: string; readonly outcome: Outcome }[];
}

export interface ReceiptOptions {
  readonly http: Http;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Told before each pause: milliseconds, and the recipients still looked for. */
  readonly onWait?: (wait: { readonly ms: number; readonly open: readonly string[] }) => void;
}

/**
 * Looks for a sent mail until every recipient is settled or the time is over: in the sender's Sent Items, in Inbox and
 * Junk Email of each recipient of the same tenant, and for non-delivery reports. Others can only be asked for the code. Throws a Failure.
 */
export async function awaitReceipt(
  preferences: Preferences,
  sent: SentMail,
  { http, clock, timeoutMs, signal, onWait }: ReceiptOptions,
): Promise<Receipt> {
  const { value: application } = await signInAsApplication(preferences, http, signal);
  const recipients = await placeRecipients(application, sent);
  let view: MailboxView = { inSentItems: false, outcomes: new Map() };
  const open = () =>
    recipients.filter(({ sight, address }) => sight !== 'none' && !view.outcomes.has(address));
  const receipt = () => receiptOf(sent, recipients, view);
  const lookAgain = async (): Promise<Look<Receipt>> => {
    view = await lookForReceipts(application, sent, recipients, view);
    if (view.inSentItems && open().length === 0) return { settled: receipt() };
    return { because: 'lag', reason: say`not seen yet`, toldMs: undefined };
  };
  const looking = waitUntil(lookAgain, {
    doing,
    clock,
    signal,
    patienceMs: timeoutMs,
    pauses: growing({ firstMs: 500, capMs: 10_000 }),
    tell: ({ ms }) => onWait?.({ ms, open: open().map(({ address }) => address) }),
    overdue: receipt,
  });
  return await drain(looking);
}

function receiptOf({ code }: SentMail, recipients: readonly Recipient[], view: MailboxView): Receipt {
  const fallback = (sight: Recipient['sight']) => (sight === 'mailbox' ? 'not seen' : 'ask the recipient');
  return {
    code,
    inSentItems: view.inSentItems,
    recipients: recipients.map(({ address, sight }) => ({
      address,
      outcome: view.outcomes.get(address) ?? fallback(sight),
    })),
  };
}
