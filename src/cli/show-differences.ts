import { plain } from '../core/advice/plain.ts';
import type { Customer } from '../core/customer/customer.ts';
import type { Difference } from '../core/preferences/diff.ts';
import { detail, done, heading } from './lines.ts';
import type { Terminal } from './terminal.ts';

/** What is not as it should be, field by field. */
export function showDifferences(
  differences: readonly Difference[],
  customer: Customer | undefined,
  { line, paint }: Terminal,
): void {
  const other = customer ? `what ${plain(customer.name)} should have` : "T&A's own endpoints";
  if (differences.length === 0) line(done(`The same as ${other}.`, paint).text);
  for (const { label, expected, found, fault } of differences) {
    line(heading(fault === undefined ? label : `${label}: ${fault}`, paint).text);
    line(detail(`expected ${expected}`, paint).text);
    line(detail(`found    ${found}`, paint).text);
  }
  if (differences.length === 0) return;
  const what = differences.length === 1 ? 'One field differs' : `${differences.length} fields differ`;
  line(`\n${what} from ${other}. Nothing was written; do not send with these values.`);
}
