import { html } from 'hono/html';
import type { PageMarkup } from './layout.ts';

export type Cell = string | number | null | undefined | PageMarkup;

/** `label`: what it is about, for those who do not see the heading above it. */
export function tableOf(
  label: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  whenEmpty: string,
): PageMarkup {
  if (rows.length === 0) return html`<p class="quiet">${whenEmpty}</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell ?? ''}</td>`)}</tr>`)}</tbody>
</table></div>`;
}

/** `2026-11-23 22:00:00` in UTC. */
export function shortTime(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ');
}
