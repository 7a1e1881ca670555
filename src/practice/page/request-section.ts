import { html } from 'hono/html';
import type { State } from '../state.ts';
import type { Markup } from './layout.ts';
import { shortTime, tableOf } from './table.ts';

const shownRequests = 60;

export function requestSection(state: State): Markup {
  const rows = state.requests
    .filter(({ host }) => host.includes('.') && !/^[\d.]+$/.test(host))
    .slice(-shownRequests)
    .toReversed()
    .map(({ at, method, host, path, inBatch, status }) => [
      shortTime(at),
      inBatch ? `${method} (in a batch)` : method,
      html`<code>${host}${decoded(path)}</code>`,
      status === 0 ? 'no answer' : status,
    ]);
  return html`${tableOf('Last requests', ['At (UTC)', 'Method', 'To', 'Status'], rows, 'No program has asked anything yet.')}`;
}

/** For the eye: `$filter=displayName eq 'x'` instead of `%24filter=...`. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
