import { faults } from './faults.ts';
import { invariants } from './invariants.ts';
import type { Section } from './sections.ts';

/** What a row of a section tried, and what did not hold, as it is kept for the page. */
export interface Tally {
  readonly row: string;
  readonly cells: number;
  readonly failed: readonly string[];
  /** Cells that this machine could not run. */
  readonly notRun?: readonly string[];
  readonly seed?: number;
  /** Of a measure: its lines of a table, the first one its head. */
  readonly table?: readonly (readonly string[])[];
  /** What a reader has to know besides: paragraphs, and a list. */
  readonly text?: readonly string[];
  readonly notes?: readonly string[];
}

/** One run of one part. */
export interface PartRun {
  readonly part: string;
  readonly commit: string;
  /** ISO 8601. */
  readonly at: string;
  readonly seconds: number;
  /** It ended as it should, so its rows are all there. */
  readonly ended: boolean;
  readonly tallies: readonly Tally[];
}

interface Ran extends Section {
  readonly runs: readonly PartRun[];
}

const unique = (texts: readonly string[]): string => [...new Set(texts)].sort().join(', ') || '-';
const talliesOf = ({ runs }: Ran): Tally[] => runs.flatMap(({ tallies }) => tallies);
/** The names of parts that were not run. */
const missingOf = ({ parts, runs }: Ran): string[] =>
  parts.map(({ name }) => name).filter((name) => !runs.some(({ part }) => part === name));
const failuresOf = (ran: Ran): string[] => [
  ...talliesOf(ran).flatMap(({ row, failed }) => failed.map((each) => `${row}: ${each}`)),
  ...ran.runs.filter(({ ended }) => !ended).map(({ part }) => `${part}: did not end`),
];

function sumOf(tallies: readonly Tally[]): { cells: number; held: number } {
  const cells = tallies.reduce((sum, tally) => sum + tally.cells, 0);
  return { cells, held: cells - tallies.reduce((sum, { failed }) => sum + failed.length, 0) };
}

/** Rows of one story are one row, each with the commit that it was measured on. */
const rowsOf = ({ runs }: Ran): Map<string, (Tally & Pick<PartRun, 'commit'>)[]> =>
  Map.groupBy(
    runs.flatMap(({ tallies, commit }) => tallies.map((tally) => ({ ...tally, commit }))),
    ({ row }) => rowName.exec(row)?.[1] ?? row,
  );
const rowName = /^(?:[a-z-]+: )?(.*?)(?: dies .*| is stopped .*|, the disk .*|, half \d)?$/;

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

function summary(ran: Ran): string {
  const tallies = talliesOf(ran);
  const { cells, held } = sumOf(tallies);
  const missing = missingOf(ran).length;
  const counted = ran.isMeasure ? 'see below' : `${held}/${cells}`;
  const result = [
    ...(ran.runs.length > 0 ? [counted] : []),
    ...(missing > 0 ? [`${missing} of ${ran.parts.length} parts not run`] : []),
  ].join('; ');
  const seeds = unique(tallies.flatMap(({ seed }) => (seed === undefined ? [] : [String(seed)])));
  const seconds = ran.runs.reduce((sum, run) => sum + run.seconds, 0);
  const days = unique(ran.runs.map(({ at }) => at.slice(0, 10)));
  const commits = unique(ran.runs.map(({ commit }) => commit));
  return line([
    `[${ran.name}](#${ran.name})`,
    ran.what,
    result,
    seeds,
    commits,
    days,
    `${Math.round(seconds)} s`,
  ]);
}

function details(ran: Ran): string {
  const tallies = talliesOf(ran);
  // All tables of a section have one head.
  const tables = tallies.flatMap(({ table: [head, ...lines] = [] }, at) => {
    if (!head) return [];
    return [...(at === 0 ? [line(head), line(head.map(() => '---'))] : []), ...lines.map(line)];
  });
  const rows = [...rowsOf(ran)].map(([name, own]) => {
    const { cells, held } = sumOf(own);
    return line([name, `${held}/${cells}`, unique(own.map(({ commit }) => commit))]);
  });
  const list = (title: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : [`${title}\n\n${items.map((item) => `- ${item}`).join('\n')}`];
  return [
    `## ${ran.name}`,
    `${ran.what}.${ran.sampled === undefined ? '' : ` ${ran.sampled}`}`,
    ...(ran.runs.length === 0
      ? []
      : [(ran.isMeasure ? tables : ['| row | hold | commit |', '|---|---|---|', ...rows]).join('\n')]),
    ...tallies.flatMap(({ text = [] }) => text),
    ...list(
      'Besides:',
      tallies.flatMap(({ notes = [] }) => notes),
    ),
    ...list('**These do not hold:**', failuresOf(ran)),
    ...list('**Not run yet:**', missingOf(ran)),
    ...list(
      'Not run on this machine:',
      tallies.flatMap(({ notRun = [] }) => notRun),
    ),
    ...list(
      'Without a cell here:',
      (ran.without ?? []).map(([what, why]) => `${what}: ${why}`),
    ),
  ].join('\n\n');
}

/** The whole of RELIABILITY.md. */
export function page(all: readonly Ran[]): string {
  const counting = all.filter(({ isMeasure }) => !isMeasure);
  const { cells, held } = sumOf(counting.flatMap(talliesOf));
  const broken = all.flatMap(failuresOf).length;
  const missing = all.flatMap(missingOf).length;
  return `# Reliability

\`npm run reliability\` wrote this page. \`npm run reliability -- NAME\` runs one section again. Of the others the page keeps what they came to when
they last ran in the same clone, each with its commit and its day; in a clone where a part has not run yet, nothing is written. After each cell from
deaths to model the practice tenant's store and the disk are read, never what the program says: one application, one service principal, each grant once,
no secret that is neither in the file nor in the journal, no half-written and no temporary file, each email once, no draft that is not told. Then the run
is started again, has to end well, and to leave nothing to be done.

**${held} of ${cells} hold.** ${broken === 0 ? 'No section has a failure.' : `Failures: ${broken}, each named in its section.`}${missing === 0 ? '' : ` **Not run yet: ${missing} parts.**`}

| section | what | hold | seed | commit | when | time of a core |
|---|---|---|---|---|---|---|
${all.map(summary).join('\n')}

\`npm test\` runs a few cells of each section. Where a section takes some of the points, it says which.

${all.map(details).join('\n\n')}

## What has to hold

After each cell of these sections it is looked at, and by itself in these tests.

| | what | after each cell of | tests |
|---|---|---|---|
${invariants.map(({ id, what, sections, tests }) => line([id, what, sections.join(', ') || '-', tests.join(', ')])).join('\n')}

## The faults

${faults.map(({ id, what, passes }) => `- ${id}: ${what}${passes ? '; one of them is survived without a person' : ''}`).join('\n')}
`;
}
