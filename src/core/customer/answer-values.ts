import * as z from 'zod/mini';
import { say } from '../words/say.ts';
import { instantForm } from './record.ts';

/**
 * An instant as a service writes it, in the form that the record has: an answer that does not fit into our files is refused
 * before anything of it is kept.
 */
export const AnswerInstant = z.string(say`an instant`.pattern).check(
  z.overwrite(inUtc),
  z.refine((text) => !Number.isNaN(Date.parse(text)), say`an instant`.pattern),
  instantForm,
);

function inUtc(text: string): string {
  const at = Date.parse(text);
  return text.endsWith('Z') || Number.isNaN(at) ? text : new Date(at).toISOString();
}
