import type { Receipt } from '../core/mail/receipt.ts';
import type { Verification } from '../core/mail/verify.ts';
import { plain } from '../core/words/say.ts';
import { heading } from './lines.ts';
import type { Terminal } from './terminal.ts';

type Outcome = Receipt['recipients'][number]['outcome'];

const meanings: Readonly<Record<Outcome, string>> = {
  inbox: 'in the inbox',
  bounced: 'came back as undeliverable; check the address',
  'ask the recipient': 'not to be seen from here: ask the recipient to read back the receipt code',
  'not seen': 'not seen yet; look in the mailbox, Junk too, for the receipt code',
};

/** What became of the verification mail, recipient by recipient. */
export function showReceipt({ sent, receipt }: Verification, terminal: Terminal): void {
  const { paint } = terminal;
  terminal.line(heading('Receipt', paint).text);
  terminal.line(`  Code ${paint.bold(sent.code)}, message id ${plain(sent.internetMessageId)}`);
  for (const { address, outcome } of receipt.recipients) {
    const mark = outcome === 'inbox' ? paint.green('✔') : paint.yellow('!');
    terminal.line(`  ${mark} ${plain(address)}: ${meanings[outcome]}`);
  }
}

/** How a set-up ended, as far as its mail tells. */
export function endOf(verification: Verification | undefined): string {
  const outcomes = verification?.receipt.recipients.map(({ outcome }) => outcome) ?? [];
  if (outcomes.includes('bounced')) return 'Set up, but a test email came back as undeliverable';
  if (outcomes.some((outcome) => outcome !== 'inbox'))
    return 'Set up; not known whether the test email arrived';
  return 'Done';
}
