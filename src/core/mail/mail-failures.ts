import { Failure } from '../advice/failure.ts';
import { row } from '../advice/row.ts';
import { plain } from '../words/say.ts';

/** What became of a draft. `not found`: none lies in Drafts. */
export type DraftFate = 'deleted' | 'not found' | 'may stay';

/** Failures of a mail that no service reported. */
export const mailFailures = {
  /** `what` such as `to`, `subject`, or an attachment's path; `expected` completes "expected ...". */
  badMail(what: string, expected: string): Failure {
    return new Failure({
      code: 'TA-BAD-MAIL',
      message: `${plain(what).slice(0, 200)}: expected ${expected}.`,
      doing: 'check the mail',
      exitCode: 3,
      advice: row(
        'The mail cannot be sent as it is. No request was made.',
        'you',
        'Correct what is named above.',
      ),
    });
  },

  fileChanged(name: string): Failure {
    return new Failure({
      code: 'TA-FILE-CHANGED',
      message: `${plain(name)} changed while it was being sent.`,
      doing: `attach ${plain(name)}`,
      advice: row(
        'Another program wrote to the attachment, so that its parts do not belong together.',
        'you',
        'Close the program that writes to the file, or attach a copy of it.',
      ),
    });
  },

  /** `sent` of `total` bytes had arrived. */
  uploadStuck(name: string, sent: number, total: number): Failure {
    return new Failure({
      code: 'TA-UPLOAD-STUCK',
      message: `The upload of ${plain(name)} stopped at ${sent} of ${total} bytes.`,
      doing: `attach ${plain(name)}`,
      advice: row(
        'Exchange Online took the same part of the file several times without going on.',
        'you',
        'Send the mail again. If it stops again, wait five minutes: Exchange takes 150 MB in five minutes from one mailbox.',
        'ours',
      ),
    });
  },

  maybeSent(from: string, code: string, cause: unknown): Failure {
    return new Failure({
      code: 'TA-MAYBE-SENT',
      message: `The mail ${code} may have been sent: no answer came, and the mailbox does not show it yet.`,
      doing: 'send the draft',
      doubt: true,
      cause,
      advice: row(
        'The connection broke just when the mail was sent. It is not sent again by itself, so that nobody gets it twice.',
        'you',
        `Look for ${code} in Sent Items and Drafts of ${from}, or ask the recipient. Only if it is in neither, or still a draft, send it again.`,
      ),
    });
  },

  isMaybeSent(failure: unknown): boolean {
    return failure instanceof Failure && failure.code === 'TA-MAYBE-SENT';
  },

  /** The same failure, and what became of the draft. */
  beforeSending(failure: Failure, fate: DraftFate, { from, code }: { from: string; code: string }): Failure {
    const fates: Readonly<Record<DraftFate, string>> = {
      deleted: 'Its draft was deleted.',
      'not found': `No draft of it was found in Drafts of ${from}.`,
      'may stay': `Its draft may still be in Drafts of ${from}: its subject ends with [${code}]. Delete it there; a later run with the customer's record deletes it by itself.`,
    };
    return failure.retold({
      message: `${failure.message} The mail was not sent. ${fates[fate]}`,
      doubt: false,
    });
  },
};
