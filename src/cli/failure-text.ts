import type { Failure } from '../core/advice/failure.ts';
import { plain } from '../core/words/say.ts';
import type { Terminal } from './terminal.ts';

/** A failure as a person reads it: what happened, why, whose move it is and which, then what support asks for. */
export function failureText(failure: Failure, { paint }: Pick<Terminal, 'paint'>): string {
  const { advice, code, requestId, status, detail } = failure;
  const support = [code, status ? `HTTP ${status}` : '', requestId ? `request id ${requestId}` : ''];
  const rows = [
    ['', paint.red(paint.bold(plain(failure.message)))],
    ['Why', advice.cause],
    ['Who', advice.who],
    ['Next', paint.bold(plain(advice.next))],
    ['Said', detail ?? ''],
    ['Code', support.filter((part) => part !== '').join(', ')],
  ];
  return rows
    .filter(([, text]) => text)
    .map(([label, text]) => (label === '' ? `\n${text}` : `  ${paint.dim(`${label}`.padEnd(5))} ${text}`))
    .join('\n');
}

/** The same for `--json`. */
export function failureDocument(failure: Failure): Record<string, unknown> {
  const { code, message, advice, doing, status, requestId, detail } = failure;
  return { error: { code, message, doing, ...advice, status, requestId, detail } };
}
