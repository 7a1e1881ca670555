import { basename } from 'node:path';
import type { Customer } from '../customer/customer.ts';
import { encryptedFileOf, renewalFilesOf } from '../customer/file-names.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { writeOutput } from '../files/own-files.ts';
import { exists } from '../files/target.ts';
import { entrySheet } from '../preferences/formats/html.ts';
import { leftOut } from '../preferences/left-out.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { inClear } from '../preferences/preferences-file.ts';
import { dayOf } from '../words/moment.ts';
import { gatherFacts } from './facts.ts';
import { makeReminders } from './reminders.ts';
import { english } from './texts.ts';

export interface RenewalPapers {
  /** T&A's form with the one field that changes. */
  readonly sheet: string;
  /** Calendar entries that move those of an earlier hand-over; `undefined` where the secret ends too soon for any. */
  readonly reminders: string | undefined;
  /** Encrypted preferences beside the file, with which a pipeline may check: they still hold the old secret. */
  readonly staleCopy: string | undefined;
}

interface RenewedCustomer {
  readonly customer: Customer;
  readonly record: CustomerRecord;
  readonly recordFile: string;
  readonly preferences: Preferences;
  readonly preferencesFile: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Writes what people need after a renewal, beside the record. No secret is in it. Throws a Failure. */
export async function writeRenewalPapers({
  customer,
  record,
  recordFile,
  preferences,
  preferencesFile,
  now,
}: RenewedCustomer): Promise<RenewalPapers> {
  const { application, secret } = record;
  if (!application || !secret) throw new Error('a renewal has a secret');
  const files = renewalFilesOf(recordFile);
  const { sheet: t, practice } = english;
  const values = inClear(preferences, leftOut(t.inFile(basename(preferencesFile), secret.hint)));
  const lead = t.renewed(dayOf(secret.expiresAt));
  const warning = record.kind === 'practice' ? `${practice} ${lead}` : lead;
  await writeOutput(files.sheet, entrySheet(values, { warning, only: ['clientSecret'] }));
  const facts = gatherFacts({ customer, record, application, places: [], now });
  const reminders = makeReminders(facts, english);
  if (reminders !== undefined) await writeOutput(files.reminders, reminders);
  const copy = encryptedFileOf(preferencesFile);
  return {
    sheet: files.sheet,
    reminders: reminders === undefined ? undefined : files.reminders,
    staleCopy: (await exists(copy)) ? copy : undefined,
  };
}
