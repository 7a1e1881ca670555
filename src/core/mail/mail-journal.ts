import { Failure } from '../advice/failure.ts';
import { openIntents, withDone, withFailed, withIntent } from '../customer/journal.ts';
import { withLock } from '../customer/lock.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { openRecord, type RecordFile } from '../customer/record-file.ts';
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

type Change = (record: CustomerRecord) => CustomerRecord;

/** For a run that holds the customer's lock. */
export function mailJournal(recordFile: RecordFile, clock: Clock): MailJournal {
  return journalOf(recordFile.current, (change) => recordFile.save(change(recordFile.current())), clock);
}

/** For a mail beside all else, with a record as it was read. Where another run holds the lock nothing is noted. */
export function lockedMailJournal(
  path: string,
  record: CustomerRecord,
  owner: string,
  clock: Clock,
): MailJournal {
  const save = (change: Change): Promise<void> =>
    withLock(path, owner, async () => {
      const recordFile = await openRecord(path, record);
      await recordFile.save(change(recordFile.current()));
    }).catch((cause: unknown) => {
      if (!(cause instanceof Failure)) throw cause;
    });
  return journalOf(() => record, save, clock);
}

function journalOf(
  current: () => CustomerRecord,
  save: (change: Change) => Promise<void>,
  clock: Clock,
): MailJournal {
  const moment = (code: string) => ({ at: clock.now(), operation: code, step });
  return {
    left: (mailbox) =>
      openIntents(current())
        .filter((intent) => intent.step === step && intent.note === mailbox)
        .map(({ operation }) => operation),
    began: (code, mailbox) => save((record) => withIntent(record, { ...moment(code), note: mailbox })),
    ended: (code, outcome) =>
      save((record) => (outcome === 'sent' ? withDone : withFailed)(record, moment(code))),
  };
}
