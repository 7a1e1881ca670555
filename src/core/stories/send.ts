import { withPortalsOf } from '../cloud/clouds.ts';
import { timedHttp } from '../cloud/headers.ts';
import type { Http } from '../cloud/http.ts';
import { withLock } from '../customer/lock.ts';
import { keepSignIns, watchSignIns } from '../customer/own-sign-ins.ts';
import type { CustomerRecord, Verified } from '../customer/record.ts';
import {
  findRecord,
  keepRecord,
  type RecordNotes,
  readRecord,
  recordOfOtherWorld,
} from '../customer/record-file.ts';
import type { OutgoingMail } from '../mail/mail.ts';
import { type Verification, type VerificationProgress, type VerifyOptions, verify } from '../mail/verify.ts';
import { nearestCloud } from '../preferences/endpoints.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Finding } from '../setup/finding.ts';
import { clockFindings } from '../setup/findings/tenant.ts';
import { Failure } from '../words/failure.ts';

export interface SendJob {
  readonly preferences: Preferences;
  readonly mail: OutgoingMail;
  /** The customer's record, which need not be there. */
  readonly recordFile: string;
  /** `practice` where the requests go to a server on this machine. */
  readonly kind: CustomerRecord['kind'];
  /** How the lock names this run. */
  readonly by: string;
}

export interface SendPorts extends Omit<VerifyOptions, 'notes'> {
  /** Told once, where the clock of this computer is off. */
  readonly onWrongClock?: ((finding: Finding) => void) | undefined;
}

/**
 * Sends a mail as T&A sends it and keeps in the record what came of it. It may go beside a run that works on the customer
 * for hours, so it takes the lock for each line in the record alone; what could not be kept is told. Throws a Failure.
 */
export async function* send(
  job: SendJob,
  ports: SendPorts,
): AsyncGenerator<VerificationProgress, Verification> {
  try {
    const notes = await notesOf(job);
    const { hint } = job.preferences.connection.clientSecret;
    // A run that works on the customer for hours has the lock; this is kept without it.
    const http = watchSignIns(tellingClock(ports), ports.clock, async (times) => {
      if (notes) await keepSignIns(job.recordFile, hint, times);
    });
    return yield* verify(job.preferences, job.mail, { ...ports, http, notes });
  } catch (error) {
    throw withPortalsOf(nearestCloud(job.preferences.apiEndpoints).name, error);
  }
}

function tellingClock({ http, clock, onWrongClock }: SendPorts): Http {
  const timed = timedHttp(http, clock);
  let isTold = false;
  return {
    async send(request) {
      const answer = await timed.send(request);
      const [found] = isTold ? [] : clockFindings(timed.aheadMs());
      isTold ||= found !== undefined;
      if (found) onWrongClock?.(found);
      return answer;
    },
  };
}

/** Of a record of the same application; another one has nothing to do with this mail. Throws a Failure where its world is another. */
async function notesOf({ recordFile, preferences, kind, by }: SendJob): Promise<RecordNotes | undefined> {
  const found = await findRecord(recordFile);
  const { clientId } = preferences.connection;
  if (found?.application?.clientId.toLowerCase() !== clientId.toLowerCase()) return undefined;
  if (found.kind !== kind) throw recordOfOtherWorld(recordFile, found.kind);
  let record = found;
  return {
    current: () => record,
    async change(change) {
      try {
        await withLock(recordFile, by, async (lock) => {
          const file = keepRecord(lock, await readRecord(recordFile, record));
          await file.save(change(file.current()));
          record = file.current();
        });
        return undefined;
      } catch (cause) {
        if (cause instanceof Failure) return cause;
        throw cause;
      }
    },
  };
}

/** What a recipient says: the code in the mail that arrived at this address. */
export interface ConfirmedReceipt {
  /** The mail that is asked about. */
  readonly code: string;
  readonly address: string;
  readonly readBack: string;
}

/**
 * Keeps a recipient's word that the mail arrived. `undefined` where the record tells of another mail, the code read back
 * is not that of the mail, or the mail went to someone else. Throws a Failure.
 */
export async function confirmReceipt(
  { recordFile, by }: Pick<SendJob, 'recordFile' | 'by'>,
  said: ConfirmedReceipt,
): Promise<Verified | undefined> {
  return await withLock(recordFile, by, async (lock) => {
    const record = await findRecord(recordFile);
    const verification = record?.verification && confirmed(record.verification, said);
    if (verification) await keepRecord(lock, record).save({ ...record, verification });
    return verification;
  });
}

/** Letters and digits count, not how they were typed. */
function confirmed(verified: Verified, { code, address, readBack }: ConfirmedReceipt): Verified | undefined {
  const asked = verified.recipients.some((recipient) => recipient.address === address);
  if (verified.code !== code || !asked || bare(readBack) !== bare(code)) return undefined;
  const recipients = verified.recipients.map((recipient) =>
    recipient.address === address ? { address, outcome: 'confirmed by recipient' as const } : recipient,
  );
  return { ...verified, recipients };
}

function bare(code: string): string {
  return code.toUpperCase().replace(/[^0-9A-Z]/g, '');
}
