import type { Customer } from '../../core/customer/customer.ts';
import type { Comparison, NotCompared } from '../../core/preferences/compare.ts';
import { plain } from '../../core/words/say.ts';
import type { Terminal } from '../terminal.ts';
import { caution, detail, done, heading } from './lines.ts';

/** What is not as it should be, field by field, and what nothing can be said about. */
export function showComparison(
  { differences, notCompared, isEmpty }: Comparison,
  customer: Customer | undefined,
  { line, paint }: Terminal,
): void {
  const other = customer ? `what ${plain(customer.name)} should have` : "T&A's own endpoints";
  if (isEmpty) line(caution('Nothing could be compared.', paint).text);
  else if (differences.length === 0)
    line(done(`What could be compared is the same as ${other}.`, paint).text);
  for (const { label, expected, found, fault } of differences) {
    line(heading(fault === undefined ? label : `${label}: ${fault}`, paint).text);
    line(detail(`expected ${expected}`, paint).text);
    line(detail(`found    ${found}`, paint).text);
  }
  if (notCompared.length > 0) line(detail(`Not compared: ${byReason(notCompared)}`, paint).text);
  if (differences.length === 0) return;
  const what = differences.length === 1 ? 'One field differs' : `${differences.length} fields differ`;
  line(`\n${what} from ${other}. Nothing was written; do not send with these values.`);
}

/** `Tenant ID, Client ID (nothing recorded yet), API Endpoints (not in the text)` */
function byReason(rows: readonly NotCompared[]): string {
  return rows
    .map(({ label, why }, index) => (rows[index + 1]?.why === why ? label : `${label} (${why})`))
    .join(', ');
}
