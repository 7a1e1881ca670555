import type { RunView } from '../../contract/run-view.ts';
import { Failure } from '../../core/advice/failure.ts';
import type { OutgoingMail } from '../../core/mail/mail.ts';
import type { Receipt } from '../../core/mail/receipt.ts';
import type { SentMail } from '../../core/mail/send-mail.ts';
import { verify } from '../../core/mail/verify.ts';
import { failureView } from './failure-view.ts';
import type { MailAccess, Verified } from './mail-access.ts';
import { verdictOf, withFailure, withProgress } from './run-state.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Milliseconds; 0: one look. */
  readonly receiptMs: number;
  /** Told after every change; the last one has a verdict, or the promise rejects. */
  readonly show: (run: RunView) => void;
}

/** Sends the mail as T&A does, shows how it goes, and keeps the outcome in the record. Rejects only with what is not a Failure. */
export async function runVerification(
  started: RunView,
  access: MailAccess,
  mail: OutgoingMail,
  { signal, receiptMs, show }: RunOptions,
): Promise<void> {
  const { http, clock, journal, preferences } = access;
  let run = started;
  let sent: SentMail | undefined;
  let receipt: Receipt | undefined;
  try {
    for await (const progress of verify(preferences, mail, { http, clock, signal, journal, receiptMs })) {
      if (progress.kind === 'looking for the mail') sent = progress.sent;
      if (progress.kind === 'receipt') receipt = progress.receipt;
      run = withProgress(run, progress, clock.now());
      show(run);
    }
    if (receipt) run = { ...run, verdict: verdictOf(receipt, receiptMs > 0) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    run = withFailure(run, error, clock.now());
  }
  show(sent ? await kept(run, access, verifiedOf(sent, run, receipt)) : run);
}

function verifiedOf(sent: SentMail, { recipients }: RunView, receipt: Receipt | undefined): Verified {
  const { code, internetMessageId, sentAt } = sent;
  const inSentItems = receipt?.inSentItems ?? false;
  return { at: new Date(sentAt).toISOString(), code, internetMessageId, inSentItems, recipients };
}

/** A record that cannot be written takes nothing away from the mail. */
async function kept(run: RunView, access: MailAccess, verified: Verified): Promise<RunView> {
  try {
    await access.keep(() => verified);
    return run;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...run, failure: run.failure ?? failureView(error) };
  }
}
