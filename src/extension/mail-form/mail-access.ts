import type { OutgoingMail } from '../../core/mail/mail.ts';
import type { Verification, VerificationProgress } from '../../core/mail/verify.ts';
import type { Clock } from '../../core/ports.ts';
import type { Preferences } from '../../core/preferences/preferences.ts';
import type { ConfirmedReceipt, confirmReceipt } from '../../core/stories/send.ts';

/** What it takes to send as one customer's T&A, and to keep what came of it. */
export interface MailAccess {
  readonly preferences: Preferences;
  readonly clock: Clock;
  send(mail: OutgoingMail, receiptMs: number): AsyncGenerator<VerificationProgress, Verification>;
  /** A recipient's word that the mail arrived; `undefined` where it is not the code of the mail. */
  confirm(said: ConfirmedReceipt): ReturnType<typeof confirmReceipt>;
}
