import { cpus } from 'node:os';
import * as z from 'zod/mini';

/** One line of a table. A row that could not be measured says why in its verdict. */
const Row = z.object({
  what: z.string(),
  goal: z.string(),
  figure: z.string(),
  verdict: z.string(),
  /** The medians behind the figure. */
  from: z.string(),
});
export type Row = z.infer<typeof Row>;

/** What was measured at a time. */
export const Part = z.object({
  name: z.string(),
  when: z.string(),
  /** How many programs wanted a core of the machine when it began. */
  load: z.number(),
  runs: z.number(),
  /** Where it is not the one that the page names. */
  machine: z.optional(z.string()),
  rows: z.array(Row),
});
export type Part = z.infer<typeof Part>;

interface Measured {
  readonly what: string;
  readonly value: number;
  /** The value is good at this limit and below it, or from it on. */
  readonly limit: { readonly most: number } | { readonly least: number };
  /** `x` for a ratio. */
  readonly unit: string;
  readonly from: string;
}

export function row({ what, value, limit, unit, from }: Measured): Row {
  const [sign, goal] = 'most' in limit ? ['≤', limit.most] : ['≥', limit.least];
  if (!Number.isFinite(value)) throw new Error(`${what}: nothing was measured`);
  const good = 'most' in limit ? value <= goal : value >= goal;
  const by = Math.round((Math.abs(value - goal) / goal) * 100);
  return {
    what,
    goal: `${sign} ${withUnit(goal, unit)}`,
    figure: withUnit(value, unit),
    verdict: good ? 'met' : `missed by ${Math.max(by, 1)} %`,
    from,
  };
}

/** A row whose peer, or whose part of the machine, is not to be had here. */
export const notRun = (what: string, goal: string, reason: string): Row => ({
  what,
  goal,
  figure: '-',
  verdict: `not run: ${reason}`,
  from: '-',
});

function withUnit(value: number, unit: string): string {
  if (unit === 'x') return `${value.toFixed(2)} x`;
  return `${value < 10 && !Number.isInteger(value) ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** As many whole numbers as `usual` has, those that were given before the others; `undefined` where that is not what was given. */
export function numbersFrom(given: readonly string[], usual: readonly number[]): number[] | undefined {
  const areFit = given.length <= usual.length && given.every((text) => /^\d{1,6}$/.test(text));
  return areFit ? usual.map((number, index) => Number(given[index] ?? number)) : undefined;
}

/** Half of the values lie below it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** A way that could not be had: it has no time. */
export const unknown = async (): Promise<number> => Number.NaN;

/** Measures several ways in turns, so that whatever else the machine does meets each of them, and gives their medians. */
export async function inTurns<Ways extends readonly (() => Promise<number>)[]>(
  runs: number,
  ...ways: Ways
): Promise<{ [Way in keyof Ways]: number }> {
  const values: number[][] = ways.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    for (const [at] of ways.entries()) {
      // Each begins as often as the others.
      const turn = (at + run) % ways.length;
      const value = await ways[turn]?.();
      if (value !== undefined) values[turn]?.push(value);
    }
  }
  return values.map(median) as { [Way in keyof Ways]: number };
}

export function thisMachine(): string {
  const [first] = cpus();
  return `${first?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

const columns = ['what', 'goal', 'figure', 'verdict', 'from'] as const;

const lineOf = (row: Row): string => `| ${columns.map((name) => row[name]).join(' | ')} |`;

/** What is known of a goal that may be missed, by words of its row. */
const reasons: Readonly<Record<string, string>> = {
  '`m365 entra app add`':
    'Three trips follow each other, where m365 makes five, its read included; we read before Go. Beyond their 240 ms stood, in the middle of 16 runs (2026-11-28): 10 ms of the tenant itself, its timers and its socket; 5 ms of the three writes of the journal, each settled on the disk before the next request leaves, so that a run which dies is taken up again; 1 ms of looks whether the preferences file is as it was; 7 ms of code that runs for the first time. m365 keeps no journal.',
  'a loop of `PUT`':
    'Each part goes through the checks of every request: for 38 parts 141 ms of the processor, where the loop takes 120 ms (2026-11-27, four runs in turns on a busy machine). The rest of the difference is not on the processor of the program.',
  '`ta-exchange --version`': 'Node alone, in the last column, is most of it.',
  '`ta-exchange plan`':
    'Node alone, reading its proxy from the environment, takes a third of it; the rest is loading the sign-in library and its three requests.',
  'Activation of': 'The empty extension loads one line. Ours loads one file and registers its commands.',
  'First paint':
    'VS Code itself takes the time of the empty page, and ours comes with it: its heading is in the document, its script is put in once that is painted, and nothing is done behind it before it has spoken. Whatever is done then delays an empty page as well: with 100 ms of work in the turn after it was filled, it was painted after 228 ms in place of 126 (2026-11-28, medians of 4).',
};

function missedIn(rows: readonly Row[]): string {
  const missed = rows.filter(({ verdict }) => verdict.startsWith('missed'));
  const whyOf = ({ what }: Row): string =>
    Object.entries(reasons).find(([words]) => what.includes(words))?.[1] ?? 'Why was not looked into.';
  return missed.map((each) => `\n- ${each.what}, missed. ${whyOf(each)}`).join('');
}

export function partText({ name, when, load, runs, machine, rows }: Part): string {
  const head = ['what', 'goal', 'figure', 'verdict', 'medians behind it'];
  const table = [`| ${head.join(' | ')} |`, '|---|---|---|---|---|', ...rows.map(lineOf)].join('\n');
  return `## ${name}\n\n${when}, ${runs} runs, load of the machine at the start ${load.toFixed(1)}.${machine === undefined ? '' : ` The machine: ${machine}.`}\n\n${table}\n${missedIn(rows)}`.trimEnd();
}

/** The whole of BENCHMARKS.md. */
export function page(parts: readonly Part[]): string {
  return `# Benchmarks

\`npm run bench\` writes this page; \`npm run bench -- PART\` measures one part of it again. The machine: ${thisMachine()}.

A ratio or a time is one of medians of runs that took turns. The practice tenant takes the times of requests: it answers everyone alike,
under Microsoft's names and over TLS. All programs meet it through the same proxy.

${parts.map(partText).join('\n\n')}
`;
}

const sections = (text: string): string[] => text.trimEnd().split(/\n\n(?=## )/);
const isOf =
  (name: string) =>
  (section: string): boolean =>
    section.startsWith(`## ${name}\n`);

/** A page with this section at its end, instead of the one that it had. */
export const withSection = (text: string, name: string, section: string): string =>
  `${[...sections(text).filter((each) => !isOf(name)(each)), section].join('\n\n')}\n`;

export const sectionOf = (text: string, name: string): string | undefined => sections(text).find(isOf(name));
