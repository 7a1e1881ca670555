import { isSameAddress } from '../customer/address.ts';
import { openIntents, withDone, withFailed, withIntent } from '../customer/journal.ts';
import type { RecordNotes } from '../customer/record-file.ts';
import type { Clock } from '../ports.ts';

/** What the record knows of mails on their way: the draft of a run that died is found by its receipt code. */
export interface MailJournal {
  /** Codes of mails from this mailbox whose draft may still lie there. */
  left(mailbox: string): readonly string[];
  /** Before the draft is created. */
  began(code: string, mailbox: string): Promise<void>;
  /** The mail went, or its draft is gone. */
  ended(code: string, outcome: 'sent' | 'not sent'): Promise<void>;
}

const step = 'send-mail';

export function mailJournal({ current, change }: RecordNotes, clock: Clock): MailJournal {
  const moment = (code: string) => ({ at: clock.now(), operation: code, step });
  return {
    left: (mailbox) =>
      openIntents(current())
        .filter((intent) => intent.step === step && isSameAddress(intent.note ?? '', mailbox))
        .map(({ operation }) => operation),
    async began(code, mailbox) {
      await change((record) => withIntent(record, { ...moment(code), note: mailbox }));
    },
    async ended(code, outcome) {
      await change((record) => (outcome === 'sent' ? withDone : withFailed)(record, moment(code)));
    },
  };
}
