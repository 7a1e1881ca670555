import { basename, join } from 'node:path';
import { writeAtomically } from '../files/atomic-write.ts';
import type { Reader } from '../preferences/age.ts';
import { exportPreferences } from '../preferences/export.ts';
import { asHtml } from './as-html.ts';
import { makeEntrySheet } from './entry-sheet.ts';
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
    await exportPreferences(join(folder, basename(preferencesFile)), preferences, {
      format: 'json',
      secret: { kind: 'encrypt', reader },
    });
  return files.map(([name]) => name);
}
