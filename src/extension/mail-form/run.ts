import type { RunView } from '../../contract/run-view.ts';
import type { OutgoingMail } from '../../core/mail/mail.ts';
import { drain } from '../../core/waiting.ts';
import { Failure } from '../../core/words/failure.ts';
import { type CoreWords, failureView } from './failure-view.ts';
import type { MailAccess } from './mail-access.ts';
import { verdictOf, withFailure, withProgress } from './run-state.ts';

export interface RunOptions {
  /** Milliseconds; 0: one look. */
  readonly receiptMs: number;
  /** Told after every change; the last one has a verdict, or the promise rejects. */
  readonly show: (run: RunView) => void;
  readonly coreWords: CoreWords;
}

/** Sends the mail as T&A does and shows how it goes. Rejects only with what is not a Failure. */
export async function runVerification(
  started: RunView,
  { clock, send }: MailAccess,
  mail: OutgoingMail,
  { receiptMs, show, coreWords }: RunOptions,
): Promise<void> {
  let run = started;
  try {
    const { receipt, unrecorded } = await drain(send(mail, receiptMs), (progress) => {
      run = withProgress(run, progress, clock.now());
      show(run);
    });
    run = { ...run, verdict: verdictOf(receipt, receiptMs > 0) };
    // It takes nothing away from the mail.
    if (unrecorded) run = { ...run, failure: failureView(unrecorded, coreWords) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    run = withFailure(run, error, clock.now(), coreWords);
  }
  show(run);
}
