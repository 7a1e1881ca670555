import type { CustomerChoice } from '../../contract/messages.ts';
import type { Strings } from '../../contract/strings.ts';
import type { OutgoingMail } from '../../core/mail/mail.ts';
import type { Verification, VerificationProgress } from '../../core/mail/verify.ts';
import type { Clock } from '../../core/ports.ts';
import type { Preferences } from '../../core/preferences/preferences.ts';
import type { ConfirmedReceipt, confirmReceipt, SendPorts } from '../../core/stories/send.ts';
import type { AttachmentBox } from './attachment-box.ts';
import type { CoreWords } from './failure-view.ts';
import type { Memory } from './memory.ts';

/** What the form's host side needs of VS Code and of the customers. */
export interface FormPorts {
  customers(): Promise<CustomerChoice[]>;
  /** Rejects with a Failure or Refusal where mail of the customer cannot be sent. */
  access(customer: string, signal: AbortSignal): Promise<MailAccess>;
  readonly memory: Memory;
  readonly attachments: AttachmentBox;
  /** Paths; none where nothing was picked. */
  pickFiles(): Promise<readonly string[]>;
  makeTestFile(): Promise<string>;
  copy(text: string): Promise<void>;
  /** What follows a good verdict. */
  handOver(customer: string): Promise<void>;
  /** Where the practice tenant shows its mailboxes. */
  showMailbox(): Promise<void>;
  showLog(): void;
  logError(error: unknown): void;
  newCode(): string;
  readonly strings: Strings;
  readonly language: string;
  /** What core says, in that language. */
  readonly coreWords: CoreWords;
}

/** What it takes to send as one customer's T&A, and to keep what came of it. */
export interface MailAccess {
  readonly preferences: Preferences;
  readonly clock: Clock;
  send(
    mail: OutgoingMail,
    receiptMs: number,
    onWrongClock: SendPorts['onWrongClock'],
  ): AsyncGenerator<VerificationProgress, Verification>;
  /** A recipient's word that the mail arrived; `undefined` where it is not the code of the mail. */
  confirm(said: ConfirmedReceipt): ReturnType<typeof confirmReceipt>;
}
