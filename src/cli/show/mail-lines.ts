import type { MailProgress } from '../../core/mail/progress.ts';
import type { Receipt } from '../../core/mail/receipt.ts';
import type { Verification } from '../../core/mail/verify.ts';
import { plain } from '../../core/words/say.ts';
import type { Terminal } from '../terminal.ts';
import { bytes, caution, done, heading, type Paint, passing, type Shown, seconds, waiting } from './lines.ts';

const steps: Readonly<Record<MailProgress['step'], string>> = {
  token: 'Token Endpoint: a token of the app itself',
  user: 'User Endpoint: the sender',
  draft: 'User Messages Endpoint: the draft',
  attachment: 'Attachment',
  send: 'Draft User Message Endpoint: sent',
};

/** T&A's exchange with Microsoft, endpoint by endpoint. */
export function mailLines(progress: MailProgress, paint: Paint): Shown[] {
  switch (progress.state) {
    case 'started': {
      const first = progress.step === 'token' ? [heading('Test email, as T&A sends it', paint)] : [];
      return [...first, passing(stepText(progress))];
    }
    case 'progress':
      return [passing(`${stepText(progress)} ${Math.floor((progress.sent / progress.total) * 100)} %`)];
    case 'waiting':
      return [waiting('Exchange does not know the new permissions yet', progress.ms, paint)];
    case 'done':
      return [done(`${stepText(progress)} (${answerText(progress.status)}, ${seconds(progress.ms)})`, paint)];
    default:
      return progress satisfies never;
  }
}

/** A step whose answer was lost ends with the answer to a look at what became of it, which may well be a 404. */
function answerText(status: number): string {
  return status < 300 ? `HTTP ${status}` : 'no answer, but found to be done';
}

function stepText(progress: MailProgress): string {
  if (progress.step !== 'attachment' || progress.state === 'waiting') return steps[progress.step];
  return `Attachment ${progress.name ?? ''}, ${bytes(progress.total ?? 0)}`;
}

type Outcome = Receipt['recipients'][number]['outcome'];

const meanings: Readonly<Record<Outcome, string>> = {
  inbox: 'in the inbox',
  junk: 'in Junk Email; the recipient should mark it as not junk, or an Exchange administrator should allow the sender',
  bounced: 'came back as undeliverable; check the address',
  'ask the recipient': 'outside this tenant; ask the recipient for the receipt code',
  'not seen': 'not seen yet; look in the mailbox, in Junk Email too, for the receipt code',
};

/** What became of the verification mail, recipient by recipient. */
export function showReceipt({ sent, receipt, unrecorded }: Verification, terminal: Terminal): void {
  const { paint } = terminal;
  terminal.line(heading('Receipt', paint).text);
  terminal.line(`  Code ${paint.bold(sent.code)}, message id ${plain(sent.internetMessageId)}`);
  for (const { address, outcome } of receipt.recipients) {
    const mark = outcome === 'inbox' ? paint.green('✔') : paint.yellow('!');
    terminal.line(`  ${mark} ${plain(address)}: ${meanings[outcome]}`);
  }
  if (unrecorded)
    terminal.line(caution(`The record does not show this email. ${unrecorded.message}`, paint).text);
}

/** How a set-up ended, as far as its mail tells. */
export function endOf(verification: Verification | undefined): string {
  const outcomes = verification?.receipt.recipients.map(({ outcome }) => outcome) ?? [];
  if (outcomes.includes('bounced')) return 'Set up, but a test email came back as undeliverable';
  if (outcomes.includes('junk')) return 'Set up, but a test email is in Junk Email';
  if (outcomes.some((outcome) => outcome !== 'inbox'))
    return 'Set up; not known whether the test email arrived';
  return 'Done';
}
