import type { RunView, StepView, Verdict } from '../../contract/run-view.ts';
import { mailFailures } from '../../core/mail/mail-failures.ts';
import type { MailProgress } from '../../core/mail/progress.ts';
import type { Receipt } from '../../core/mail/receipt.ts';
import type { VerificationProgress } from '../../core/mail/verify.ts';
import type { Failure } from '../../core/words/failure.ts';
import { type CoreWords, failureView } from './failure-view.ts';

/** The run after one more report of core. `now`: epoch milliseconds. */
export function withStep(run: RunView, progress: VerificationProgress, now: number): RunView {
  switch (progress.kind) {
    case 'mail':
      return { ...run, steps: withMailProgress(run.steps, progress.progress, now) };
    case 'looking for the mail': {
      const { to, cc, internetMessageId } = progress.sent;
      const recipients = [...to, ...cc].map((address) => ({ address, outcome: 'not seen' as const }));
      const steps = [...run.steps, { step: 'receipt' as const, state: 'running' as const, startedAt: now }];
      return { ...run, steps, recipients, messageId: internetMessageId };
    }
    case 'receipt': {
      const recipients = progress.receipt.recipients.map((recipient) => ({ ...recipient }));
      const steps = changeLast(run.steps, (step) => ({ ...step, state: 'done', ms: now - step.startedAt }));
      return { ...run, steps, recipients };
    }
    default:
      return progress satisfies never;
  }
}

function withMailProgress(steps: readonly StepView[], progress: MailProgress, now: number): StepView[] {
  switch (progress.state) {
    case 'started': {
      const { step, name, total } = progress;
      return [...steps, { step, state: 'running', startedAt: now, name, total }];
    }
    case 'progress':
      return changeLast(steps, (step) => ({ ...step, state: 'running', sent: progress.sent }));
    case 'waiting': {
      const { status, ms } = progress;
      return changeLast(steps, (step) => ({ ...step, state: 'waiting', status, waitMs: ms }));
    }
    case 'done': {
      const { status, requestId, ms, total } = progress;
      return changeLast(steps, ({ waitMs: _, ...step }) => ({
        ...step,
        state: 'done',
        status,
        requestId,
        ms,
        sent: total,
      }));
    }
    default:
      return progress satisfies never;
  }
}

function changeLast(steps: readonly StepView[], change: (step: StepView) => StepView): StepView[] {
  return steps.map((step, index) => (index === steps.length - 1 ? change(step) : step));
}

/** What the looking for the mail came to. `waited`: whether it was given time to arrive. */
export function verdictOf({ recipients }: Pick<Receipt, 'recipients'>, waited: boolean): Verdict {
  const some = (outcome: Receipt['recipients'][number]['outcome']): boolean =>
    recipients.some((recipient) => recipient.outcome === outcome);
  if (some('bounced')) return 'bounced';
  if (some('not seen')) return waited ? 'not seen' : 'sent';
  if (some('junk')) return 'in junk';
  return some('ask the recipient') ? 'ask the recipient' : 'arrived';
}

/** The run after an error of core ended it. */
export function withFailure(run: RunView, error: Failure, now: number, coreWords: CoreWords): RunView {
  const stopped = error.code === 'TA-CANCELLED';
  const steps = changeLast(run.steps, ({ waitMs: _, ...step }) => ({
    ...step,
    state: stopped ? 'stopped' : 'failed',
    ms: now - step.startedAt,
    status: error.status ?? step.status,
    requestId: error.requestId ?? step.requestId,
  }));
  const ended: RunView = { ...run, steps, verdict: verdictOfFailure(run, error, stopped) };
  // A stop before the sending says what became of the draft; one while looking has nothing more to tell.
  return stopped && run.messageId !== undefined
    ? ended
    : { ...ended, failure: failureView(error, coreWords) };
}

function verdictOfFailure({ messageId }: RunView, error: Failure, stopped: boolean): Verdict {
  if (messageId !== undefined) return 'sent';
  if (mailFailures.isMaybeSent(error)) return 'maybe sent';
  return stopped ? 'stopped' : 'not sent';
}
