import { badFiles } from './bad-files.ts';
import type { BadInput } from './bad-input-row.ts';
import { badMail } from './bad-mail.ts';
import { badSurroundings } from './bad-surroundings.ts';
import { badValues } from './bad-values.ts';

export type { Door, Outcome } from './bad-input-row.ts';

/** All, by what they are about. */
export const badInputs: Readonly<Record<string, readonly BadInput[]>> = {
  ...badValues,
  ...badMail,
  ...badFiles,
  ...badSurroundings,
};

const all = Object.values(badInputs).flat();
/** The files of tests that hold some of them. */
export const badInputFiles = [...new Set(all.flatMap(({ by }) => ('file' in by ? [by.file] : [])))];
