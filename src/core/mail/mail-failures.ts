import { Failure, row } from '../words/failure.ts';
import { say, type Value, type Words } from '../words/say.ts';

/** What happened to a draft. `not found`: Drafts has none. */
export type DraftFate = 'deleted' | 'not found' | 'may stay';

/** Failures of a mail that no service reported. */
export const mailFailures = {
  /** `what` such as `to`, `subject`, or an attachment's path; `expected` completes "expected ...". */
  badMail(what: Value, expected: Words): Failure {
    return notSent(say`${what}: expected ${expected}.`, say`Correct this and send again.`);
  },

  noAttachment(path: string): Failure {
    return notSent(say`Attachment ${path.slice(0, 200)} not found.`, say`Check the path of the attachment.`);
  },

  fileChanged(name: string): Failure {
    return new Failure({
      code: 'TA-FILE-CHANGED',
      message: say`${name} changed while it was being sent.`,
      doing: say`attach ${name}`,
      advice: row(
        say`Another program wrote to the attachment, so its parts no longer fit together.`,
        'you',
        say`Close the program that writes to the file, or attach a copy of it.`,
      ),
    });
  },

  /** `sent` of `total` bytes had arrived. */
  uploadStuck(name: string, sent: number, total: number): Failure {
    return new Failure({
      code: 'TA-UPLOAD-STUCK',
      message: say`The upload of ${name} stopped at ${sent} of ${total} bytes.`,
      doing: say`attach ${name}`,
      advice: row(
        say`Exchange Online accepted the same part of the file several times and did not continue.`,
        'you',
        say`Send the email again. If it stops again, wait five minutes: Exchange accepts 150 MB in five minutes from one mailbox.`,
        'ours',
      ),
    });
  },

  maybeSent(from: string, code: string, cause: unknown): Failure {
    return new Failure({
      code: 'TA-MAYBE-SENT',
      message: say`It is not known whether the email ${code} was sent. Microsoft did not confirm it, and the mailbox does not show it.`,
      doing: say`send the draft`,
      doubt: true,
      cause,
      advice: row(
        say`The connection failed while the email was being sent, or Microsoft reported an error, and the mailbox could not settle it. This tool does not send it again, so that no one gets it twice.`,
        'you',
        say`Look for ${code} in Sent Items and Drafts of ${from}, or ask the recipient. Send it again only if it is in neither, or is still a draft.`,
      ),
    });
  },

  isMaybeSent(failure: unknown): boolean {
    return failure instanceof Failure && failure.code === 'TA-MAYBE-SENT';
  },

  /** The same failure, and what happened to the draft. */
  beforeSending(failure: Failure, fate: DraftFate, { from, code }: { from: string; code: string }): Failure {
    const fates: Readonly<Record<DraftFate, Words>> = {
      deleted: say`Its draft was deleted.`,
      'not found': say`There is no draft of it in Drafts of ${from}.`,
      'may stay': say`Its draft may still be in Drafts of ${from}, with a subject that ends with [${code}]. Delete it there. A later run with the customer's record deletes it too.`,
    };
    return failure.retold({
      message: say`${failure.words} The email was not sent. ${fates[fate]}`,
      doubt: false,
    });
  },
};

function notSent(message: Words, next: Words): Failure {
  return new Failure({
    code: 'TA-BAD-MAIL',
    message,
    doing: say`check the email`,
    exitCode: 3,
    advice: row(say`The email cannot be sent as it is. Nothing was sent to Microsoft.`, 'you', next),
  });
}
