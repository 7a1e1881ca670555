import { Failure, helpOn, people, row } from '../../core/words/failure.ts';
import { leadsToMicrosoft } from '../../core/words/places.ts';
import { plain, say, type Words } from '../../core/words/say.ts';
import type { CommonOptions } from '../command.ts';
import { calledAs } from '../command-line.ts';
import type { Terminal } from '../terminal.ts';

const beginAgain =
  'Nothing named here exists at Microsoft. To begin again, use --fresh, and --scenario for another problem.';

/** A failure as a person reads it: what happened, its cause, who can act and how, then what support asks for. */
export function failureText(
  failure: Failure,
  { paint }: Pick<Terminal, 'paint'>,
  practice?: CommonOptions['practice'],
): string {
  const { advice, code, requestId, status, detail } = failure;
  const support = [code, status ? `HTTP ${status}` : '', requestId ? `request id ${requestId}` : ''];
  const rows = [
    ['', paint.red(paint.bold(String(asCalled(failure.words))))],
    ['Cause', String(advice.cause)],
    ['Action for', String(people[advice.who])],
    ['What to do', paint.bold(plain(String(asCalled(advice.next))))],
    ['Said', detail ?? ''],
    ['Code', support.filter((part) => part !== '').join(', ')],
    ['More in', helpOn(code)],
    ['Practice', practice && leadsToMicrosoft(advice.next) ? beginAgain : ''],
  ];
  return rows
    .filter(([, text]) => text)
    .map(([label, text]) => (label === '' ? `\n${text}` : `  ${paint.dim(`${label}`.padEnd(11))} ${text}`))
    .join('\n');
}

/** A command of ours in a sentence, as this program was called, so that it runs as printed. */
const asCalled = (words: Words): Words =>
  words.reworded((pattern) => pattern.replace(/\bta-exchange (?=[a-z])/g, () => `${calledAs()} `));

/** The same for `--json`. */
export function failureDocument(failure: Failure): Record<string, unknown> {
  const { code, words, advice, doing, status, requestId, detail } = failure;
  return {
    error: {
      code,
      message: words,
      ...patternAndValues(words),
      doing,
      ...advice,
      help: helpOn(code),
      status,
      requestId,
      detail,
    },
  };
}

/** For programs, beside a sentence: its pattern, which stays the same whatever is in it, and the values. */
export const patternAndValues = ({ pattern, values }: Words): Pick<Words, 'pattern' | 'values'> => ({
  pattern,
  values,
});

const advice = row(
  say`This is a mistake in this tool, not yours.`,
  'you',
  say`Run the same command again: it continues with what is left. If it fails again, report it with the output of --verbose.`,
);

/** An error that no one made on purpose, as a failure. Its own words are left out: no one knows what is in them. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const name = error instanceof Error ? error.name : typeof error;
  const message = say`Unexpected error (${name}). This is a bug; please report it.`;
  return new Failure({ code: 'TA-UNEXPECTED', message, advice, doing: say`run the command`, cause: error });
}

/** Where in this program such an error arose, without its words; empty for a failure made on purpose. */
export function placesOf(error: unknown): string {
  if (error instanceof Failure || !(error instanceof Error)) return '';
  const lines = error.stack?.split('\n') ?? [];
  return lines.filter((line) => /^\s+at /.test(line)).join('\n');
}
