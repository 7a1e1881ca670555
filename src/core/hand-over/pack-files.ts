import { basename, join } from 'node:path';
import { clouds } from '../cloud/clouds.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import type { Reader } from '../preferences/age.ts';
import { endpointsOf } from '../preferences/endpoints.ts';
import { exportPreferences } from '../preferences/export.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { Secret } from '../secret.ts';
import { asHtml } from './as-html.ts';
import { asMarkdown } from './as-markdown.ts';
import { makeChecklist } from './checklist.ts';
import type { Facts, SecretPlace } from './facts.ts';
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
  await write('report.md', asMarkdown(report));
  await write('checklist.md', asMarkdown(makeChecklist(facts, texts, reminders !== undefined)));
  if (reminders !== undefined) await write('reminders.ics', reminders);
  const place = sheetPlace(facts.places, texts);
  const sheet = preferences ?? preferencesOf(facts);
  await exportPreferences(join(folder, 'entry-sheet.html'), sheet, {
    format: 'html',
    secret: { kind: 'omit', place },
  });
  if (preferences && reader)
    await exportPreferences(join(folder, basename(preferencesFile)), preferences, {
      format: 'json',
      secret: { kind: 'encrypt', reader },
    });
  return files.map(([name]) => name);
}

/** For the one line that the entry sheet has; the report names every place. */
function sheetPlace([place]: readonly SecretPlace[], { secret }: Texts): string {
  return place === undefined || place.kind === 'vault' ? secret.seeReport : place.file;
}

/** As T&A needs them; there is no secret in it to leave out. */
function preferencesOf({ customer, record, application }: Facts): Preferences {
  const { fromName, fromAddress } = customer.mail;
  return {
    version: 1,
    component: 'EXCH',
    connection: {
      tenantId: record.tenant.id,
      clientId: application.clientId,
      fromName,
      fromEmailAddress: fromAddress,
      clientSecret: new Secret(''),
    },
    apiEndpoints: endpointsOf(clouds[customer.cloud]),
  };
}
