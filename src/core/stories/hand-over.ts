import { basename, resolve } from 'node:path';
import type { Customer } from '../customer/customer.ts';
import { adoptedWithoutSecret } from '../customer/journal.ts';
import { withLock } from '../customer/lock.ts';
import type { Status } from '../customer/standing.ts';
import { type Facts, gatherFacts, type SecretPlace } from '../hand-over/facts.ts';
import { handOverFailures } from '../hand-over/failures.ts';
import { writePackFiles } from '../hand-over/pack-files.ts';
import { writePack } from '../hand-over/pack-folder.ts';
import { readSources, type Sources } from '../hand-over/sources.ts';
import { english } from '../hand-over/texts.ts';
import type { Reader } from '../preferences/age.ts';

export interface HandOverJob {
  readonly customer: Customer;
  readonly recordFile: string;
  /** How the lock names this run. */
  readonly by: string;
  /** Where a person says that the preferences are; the record says it otherwise. */
  readonly preferencesFile?: string | undefined;
  /** Where the pack goes: a new folder, an empty one, or that of an earlier hand-over of this customer. */
  readonly folder: string;
  /** Who can open the preferences with the secret; without one no secret is in the pack. */
  readonly reader: Reader | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface HandedOver {
  readonly folder: string;
  /** In the folder, the report first. */
  readonly files: readonly string[];
  readonly standing: Status;
  /** What the report has to admit; nothing where a mail arrived. */
  readonly gap: Facts['gap'];
  /** The client id that a set-up has to be told, because the application was adopted without its secret. */
  readonly adopt: string | undefined;
  readonly practice: boolean;
  /** Where the client secret is. */
  readonly places: readonly SecretPlace[];
}

/**
 * Writes what the customer keeps: a report with its checklist, the entry sheet, reminders, and the preferences encrypted for a reader.
 * Asks no service; all it tells stands in the customer file, the record and the preferences file. Throws a Failure, exit
 * code 3 where these do not fit together; then nothing was written.
 */
export async function writeHandOver(job: HandOverJob): Promise<HandedOver> {
  return await withLock(job.recordFile, job.by, () => writeUnderLock(job));
}

async function writeUnderLock(job: HandOverJob): Promise<HandedOver> {
  const { customer, recordFile, reader, now } = job;
  const folder = resolve(job.folder);
  const sources = await readSources(customer, recordFile, job.preferencesFile);
  const { record, application, preferences, preferencesFile } = sources;
  if (reader && !preferences) throw handOverFailures.noSecretToEncrypt(preferencesFile);
  const facts = gatherFacts({ customer, record, application, places: placesOf(sources, reader), now });
  const label = { customer: customer.name, tenantId: record.tenant.id, clientId: application.clientId };
  const files = await writePack(folder, label, (draft) =>
    writePackFiles(draft, facts, sources, { reader, texts: english }),
  );
  const { standing, gap, places } = facts;
  const { status, practice } = standing;
  const adopt = adoptedWithoutSecret(record)?.clientId;
  return { folder, files, standing: status, gap, adopt, practice, places };
}

/** The places are told without their folders: a path names its user. */
function placesOf(
  { record, preferences, preferencesFile }: Sources,
  reader: Reader | undefined,
): SecretPlace[] {
  const { escrow, secret } = record;
  const file = basename(preferencesFile);
  return [
    ...(reader ? [{ kind: 'encrypted', file: `${file}.age`, by: reader.kind } as const] : []),
    ...(preferences ? [{ kind: 'preferences', file } as const] : []),
    ...(escrow && escrow.keyId === secret?.keyId ? [{ kind: 'vault', uri: escrow.uri } as const] : []),
  ];
}
