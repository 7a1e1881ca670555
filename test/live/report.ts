import { differences, readShapes, shapesOf } from './shapes.ts';
import { seenOf, statements } from './statements.ts';
import type { LiveOptions, Told } from './story.ts';
import type { Sight } from './witness.ts';

interface Reported
  extends Pick<LiveOptions, 'clock' | 'runId' | 'connections' | 'practiceShapes' | 'customer'> {
  readonly told: readonly Told[];
  readonly sights: readonly Sight[];
  readonly notes: ReadonlyMap<string, string>;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** Markdown. Ids, addresses, domains and quoted names are left out of what services said. */
export function reportOf({
  clock,
  runId,
  connections,
  practiceShapes,
  customer,
  told,
  sights,
  notes,
}: Reported): string {
  const where =
    connections.size > 0
      ? 'a practice tenant, so it says nothing about Microsoft'
      : `Microsoft (${customer.cloud})`;
  const rows = told.map(
    ({ name, outcome, words, ms }) =>
      `| ${name} | ${outcome} | ${cell(words)} | ${Math.round(ms / 1000)} s |`,
  );
  const facts = statements.map(
    (statement) =>
      `| ${statement.row} | ${cell(statement.says)} | ${cell(seenOf(statement, sights, notes))} |`,
  );
  const other = differences(readShapes(practiceShapes), shapesOf(sights)).map((line) => `- ${line}`);
  return [
    '# Live report',
    '',
    `Run ${runId}, ${new Date(clock.now()).toISOString()}, against ${where}. ${sights.length} answers were seen.`,
    '',
    '## Stories',
    '',
    '| story | outcome | what was seen | time |',
    '|---|---|---|---|',
    ...rows,
    '',
    '## What was not known',
    '',
    'The number is the row in `docs/what-we-rely-on.md`.',
    '',
    '| no. | statement | what was seen |',
    '|---|---|---|',
    ...facts,
    '',
    '## Answers that differ from those of the practice tenant',
    '',
    ...(other.length > 0 ? other : ['None.']),
    '',
  ].join('\n');
}
