import { errors } from '../../advice/errors.ts';
import { fromLabels, type LabelledValue } from './labels.ts';

/** What else is on T&A's screen. */
const headings = /^(?:e-?mail|connection|api endpoints|test|save|ok|cancel|apply)$/i;

/**
 * T&A's screen as people paste it, `Tenant ID: 1b4e...` line by line. Only what was on the screen is there, so fields may
 * be missing; the file's version always is.
 */
export function readPasted(text: string, file: string): unknown {
  const lines = text.split(/\r?\n/).flatMap((line, index) => readLine(line.trim(), index + 1, file));
  return fromLabels([{ line: 0, label: 'Version', value: '1' }, ...lines], file);
}

function readLine(text: string, line: number, file: string): LabelledValue[] {
  if (text === '' || headings.test(text)) return [];
  const at = text.indexOf(':');
  if (at < 0)
    throw errors.badInput({ file, path: `line ${line}`, expected: 'a line such as "Tenant ID: ..."' });
  const label = text.slice(0, at).trim();
  const value = text.slice(at + 1).trim();
  return [{ line, label, value: /^EXCH\s*-/.test(value) ? 'EXCH' : value }];
}
