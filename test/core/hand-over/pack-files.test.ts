import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeHandOver } from '../../../src/core/stories/hand-over.ts';
import { packFolder, packRecord } from '../../support/handed-over.ts';
import { filesBelow } from '../../support/hiding-places.ts';
import { pageText, sectionText } from '../../support/page-text.ts';

const reportIn = async (folder: string) => pageText(await readFile(join(folder, 'report.html'), 'utf8'));

test('before a client secret was made, report, sheet and checklist say so, and what to do', async () => {
  const { secret: _, proof: __, verification: ___, preferences: ____, ...early } = packRecord({ grants: [] });
  const { out, job, preferencesFile } = await packFolder(early);
  await rm(preferencesFile);
  const handed = await writeHandOver(job());
  expect(handed).toMatchObject({
    standing: 'unfinished',
    gap: 'no secret',
    places: [],
    files: ['report.html', 'entry-sheet.html'],
  });
  const report = await reportIn(out);
  const sheet = await readFile(join(out, 'entry-sheet.html'), 'utf8');
  const checklist = sectionText(report, 'Checklist');
  expect(report).toContain('There is no client secret yet: the set-up stopped before that.');
  expect(report).not.toMatch(
    /The person who entered it|Renew it before|Not proved|The reminders in this pack/,
  );
  expect(sheet).toContain('(none yet; run the set-up again to create one)');
  expect(checklist).toContain('There is no client secret yet. Run the set-up again');
  expect(checklist).not.toMatch(
    /Enter the client secret|Renew the client secret|report describes|Delete every copy/,
  );
});

test('where nobody noted when the secret ends, the checklist says where to look', async () => {
  const { secret: _, proof: __, ...unknown } = packRecord();
  const { out, job } = await packFolder(unknown);
  expect((await writeHandOver(job())).gap).toBe('not proved');
  const report = await reportIn(out);
  expect(sectionText(report, 'Checklist')).toContain('Look it up in Entra, and put the date');
  expect(report).toContain('The record does not say when it expires');
});

test('each paper of a rehearsal says that it is one', async () => {
  const { out, job } = await packFolder(packRecord({ kind: 'practice' }));
  await writeHandOver(job());
  for (const [name, text] of Object.entries(await filesBelow(out)))
    if (name !== 'hand-over.json') expect(text, name).toContain('PRACTICE: ');
  const real = await packFolder();
  await writeHandOver(real.job());
  for (const [name, text] of Object.entries(await filesBelow(real.out)))
    expect(text, name).not.toContain('PRACTICE');
});

test('near the end of the secret there are no reminders, and the checklist says what to do instead', async () => {
  const { out, job } = await packFolder();
  const handed = await writeHandOver(job({ now: Date.parse('2027-05-20T10:00:00Z') }));
  expect(handed.files).not.toContain('reminders.ics');
  const report = await reportIn(out);
  expect(sectionText(report, 'Checklist')).toContain('Renew the client secret now');
  expect(report).not.toContain('reminders.ics');
});
