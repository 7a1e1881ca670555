import { Refusal } from '../../contract/channel.ts';
import type { Draft, Problem } from '../../contract/messages.ts';
import type { RunView } from '../../contract/run-view.ts';
import type { OutgoingMail } from '../../core/mail/mail.ts';
import type { Finding } from '../../core/setup/finding.ts';
import { drain } from '../../core/waiting.ts';
import { Failure } from '../../core/words/failure.ts';
import { type CoreWords, failureView } from './failure-view.ts';
import type { FormPorts, MailAccess } from './form-ports.ts';
import { recallRun, rememberRun, type StoredRun } from './memory.ts';
import { type ReadyDraft, readyDraft } from './ready-draft.ts';
import { verdictOf, withFailure, withStep } from './run-state.ts';

/** The form's one run at a time; remembered, so that it is known after a restart how far it came. */
export interface Runner {
  current(): StoredRun | undefined;
  /** The receipt code of the next mail. */
  nextCode(): string;
  /** Comes back when the draft was checked; a run that then starts goes on until its verdict. */
  send(draft: Draft, attachments: readonly string[]): Promise<Problem[]>;
  /** Replaces what is known of the last run. */
  change(run: RunView): void;
  stop(): void;
}

export function createRunner(ports: FormPorts, onChange: () => void): Runner {
  let stored = recallRun(ports.memory);
  let nextCode = ports.newCode();
  let stopper: AbortController | undefined;

  const put = (next: StoredRun): void => {
    // Bytes on their way come often, and are of no use after a restart.
    if (stateOf(next) !== stateOf(stored)) rememberRun(ports.memory, next).catch(ports.logError);
    stored = next;
    onChange();
  };
  const change = (run: RunView): void => {
    if (stored) put({ ...stored, run });
  };
  const start = async ({ begun, access, mail }: ReadyDraft, receiptMs: number) => {
    put(begun);
    try {
      await runVerification(begun.run, access, mail, { receiptMs, show: change, coreWords: ports.coreWords });
    } catch (error) {
      ports.logError(error);
      if (stored) change({ ...stored.run, verdict: stored.run.messageId ? 'sent' : 'interrupted' });
    }
  };
  return {
    current: () => stored,
    nextCode: () => nextCode,
    change,
    stop: () => stopper?.abort(),
    async send(draft, attachments) {
      if (stopper) throw new Refusal({ code: 'TA-SENDING', message: ports.strings.stillSending, hint: '' });
      stopper = new AbortController();
      const { signal } = stopper;
      const ready = await readyDraft(ports, draft, { attachments, code: nextCode, signal }).catch(
        (error: unknown) => {
          stopper = undefined;
          throw error;
        },
      );
      if ('problems' in ready) {
        stopper = undefined;
        return ready.problems;
      }
      nextCode = ports.newCode();
      void start(ready, draft.receiptSeconds * 1000).finally(() => {
        stopper = undefined;
      });
      return [];
    },
  };
}

function stateOf(stored: StoredRun | undefined): string {
  const { id, verdict, steps, recipients, failure } = stored?.run ?? {};
  return JSON.stringify([id, verdict, steps?.map(({ state }) => state), recipients, failure]);
}

interface RunOptions {
  /** Milliseconds; 0: one look. */
  readonly receiptMs: number;
  /** Told after every change; the last one has a verdict, or the promise rejects. */
  readonly show: (run: RunView) => void;
  readonly coreWords: CoreWords;
}

/** Sends the mail as T&A does and shows how it goes. Rejects only with what is not a Failure. */
async function runVerification(
  started: RunView,
  { clock, send }: MailAccess,
  mail: OutgoingMail,
  { receiptMs, show, coreWords }: RunOptions,
): Promise<void> {
  let run = started;
  try {
    const onWrongClock = ({ what, next }: Finding) => {
      run = { ...run, note: [what, ...(next ? [next] : [])].map((words) => coreWords(words)).join(' ') };
    };
    const { receipt, unrecorded } = await drain(send(mail, receiptMs, onWrongClock), (progress) => {
      run = withStep(run, progress, clock.now());
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
