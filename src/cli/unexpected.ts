import { Failure } from '../core/advice/failure.ts';
import { row } from '../core/advice/row.ts';

const advice = row(
  'This is a mistake in this program, not yours.',
  'you',
  'Run the same command again: it looks at what exists and does only what is left. If this comes back, report it with what --verbose prints.',
);

/** An error that nobody made on purpose, as a failure. Its own words are left out: nobody knows what is in them. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const name = error instanceof Error ? error.name : typeof error;
  const message = `Something went wrong that was not foreseen (${name}).`;
  return new Failure({ code: 'TA-UNEXPECTED', message, advice, doing: 'run the command', cause: error });
}

/** Where in this program such an error arose, without its words; empty for a failure made on purpose. */
export function placesOf(error: unknown): string {
  if (error instanceof Failure || !(error instanceof Error)) return '';
  const lines = error.stack?.split('\n') ?? [];
  return lines.filter((line) => /^\s+at /.test(line)).join('\n');
}
