import { elsewhere, faults } from './faults.ts';
import type { Tally } from './tally.ts';

const rooms: Readonly<Record<string, string>> = {
  requests:
    'Each fault at each request: the run goes on by itself, or ends with advice and the next one finishes',
  'requests, for ever': 'A fault that is not over, from every other request on',
  deaths: 'The process dies before or after a request, or between any two lines of the journal',
  stops: 'Ctrl+C at each step and during each request: nothing is changed after it',
  disk: 'Each call to the disk fails, is cut in half, or is the last one',
  pairs: 'Two faults in one run, at random',
  model: 'Runs, deaths, removals, lost files, lags and second windows in any order, beside a model',
  planted: 'Bugs that are planted in a copy, each noticed by the test that is there for it',
};

const roomOf = ({ section }: Tally): string => section.split(':')[0] ?? section;

/** The whole of RELIABILITY.md. `missing`: how many parts were not run. */
export function page(tallies: readonly Tally[], missing: number): string {
  const sum = (of: readonly Tally[]) => {
    const cells = of.reduce((all, each) => all + each.cells, 0);
    const failed = of.flatMap((each) => each.failed).length;
    return { cells, failed, seconds: of.reduce((all, each) => all + each.seconds, 0) };
  };
  const lines = Object.entries(rooms).map(([room, what]) => {
    const own = tallies.filter((each) => roomOf(each) === room);
    const { cells, failed, seconds } = sum(own);
    const seeds = [...new Set(own.map(({ seed }) => seed ?? '-'))].join(', ') || '-';
    const days = own.map(({ at }) => at.slice(0, 10)).sort();
    return `| ${what} | ${cells - failed}/${cells} | ${seeds} | ${days.at(-1) ?? 'not run'} | ${seconds} s |`;
  });
  const { cells, failed } = sum(tallies);
  const failures = tallies.flatMap(({ section, failed: some }) =>
    some.map((each) => `- ${section}: ${each}`),
  );
  return `# Reliability

\`npm run reliability\` wrote this page. After each cell the practice tenant's store and the disk are read, never what the program says: one
application, one service principal, each grant once, no secret that is neither in the file nor in the journal, no half-written and no temporary
file, each email once, no draft that is not told. Then the run is started again, has to end well, and to leave nothing to be done.

**${cells - failed} of ${cells} hold.** ${missing > 0 ? `${missing} parts were not run.` : 'All parts were run.'}

| what | hold | seed | when | time |
|---|---|---|---|---|
${lines.join('\n')}

${failures.length > 0 ? `## What does not hold\n\n${failures.join('\n')}\n\n` : ''}## The faults

${faults.map(({ id, what, passes }) => `- ${id}: ${what}${passes ? '; one of them is survived without a person' : ''}`).join('\n')}

These have no cell here:

${elsewhere.map(([id, why]) => `- ${id}: ${why}`).join('\n')}
`;
}
