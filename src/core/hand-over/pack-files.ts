import { basename, join } from 'node:path';
import { writeAtomically } from '../files/atomic-write.ts';
import type { Reader } from '../preferences/age.ts';
import { writeExport } from '../preferences/export.ts';
import { entrySheet } from '../preferences/formats/html.ts';
import { leftOut, noneYet } from '../preferences/left-out.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { inClear } from '../preferences/preferences-file.ts';
import { preferencesFor } from '../preferences/preferences-for.ts';
import { Secret } from '../secret.ts';
import { plain } from '../words/say.ts';
import { asHtml } from './as-html.ts';
import type { Facts } from './facts.ts';
import { labelName } from './pack-folder.ts';
import { makeReminders } from './reminders.ts';
import { makeReport } from './report.ts';
import type { Sources } from './sources.ts';
import type { Texts } from './texts.ts';

/** Writes the files of a pack into a folder and says their names, the report first. Of them the encrypted one alone holds the secret. */
export async function writePackFiles(
  folder: string,
  facts: Facts,
  { preferences, preferencesFile }: Sources,
  { reader, texts }: { readonly reader: Reader | undefined; readonly texts: Texts },
): Promise<string[]> {
  const { meaning, encrypted, label } = texts.files;
  const reminders = makeReminders(facts, texts);
  const sealed = preferences && reader ? `${basename(preferencesFile)}.age` : undefined;
  const files: (readonly [name: string, meaning: string])[] = [
    ...Object.entries(meaning).filter(([name]) => reminders !== undefined || name !== 'reminders.ics'),
    ...(sealed === undefined ? [] : [[sealed, encrypted] as const]),
  ];
  const report = makeReport(facts, texts, [...files, [labelName, label]]);
  const write = (name: string, text: string): Promise<void> => writeAtomically(join(folder, name), text);
  await write('report.html', asHtml(report, texts.language));
  await write('entry-sheet.html', makeEntrySheet(facts, preferences, texts));
  if (reminders !== undefined) await write('reminders.ics', reminders);
  if (preferences && reader)
    await writeExport(join(folder, basename(preferencesFile)), preferences, {
      format: 'json',
      secret: { kind: 'encrypt', reader },
    });
  return files.map(([name]) => name);
}

/** T&A's form to copy from, for people who have the pack and nothing else. Without preferences it is made from what is known. */
function makeEntrySheet(facts: Facts, preferences: Preferences | undefined, texts: Texts): string {
  const { customer, record, application } = facts;
  // There is no secret in it to leave out.
  const known =
    preferences ?? preferencesFor(customer, record.tenant.id, application.clientId, new Secret(''));
  const warning = record.kind === 'practice' ? String(texts.practice) : undefined;
  return entrySheet(inClear(known, insteadOfSecret(facts, texts)), { warning });
}

/** One line; the report names every place. A vault is the customer's own, and nearer than whoever did the set-up. */
function insteadOfSecret({ gap, places, record }: Facts, { sheet: t }: Texts): string {
  if (gap === 'no secret') return noneYet(t.noneYet);
  const [first, ...more] = places;
  if (first?.kind === 'encrypted') return leftOut(t.inPack(first.file));
  if (first?.kind !== 'preferences' || more.length > 0) return leftOut(t.seeReport);
  const { admin } = record;
  return leftOut(t.withSetUp(admin && plain(admin.userPrincipalName)));
}
