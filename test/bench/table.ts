import { cpus } from 'node:os';

/** One line of the table. A row that could not be measured says why in `figure`. */
export interface Row {
  readonly what: string;
  readonly goal: string;
  readonly figure: string;
  readonly verdict: string;
  /** The medians behind the figure. */
  readonly from: string;
}

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

function machine(): string {
  const [first] = cpus();
  return `${first?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

const columns = ['what', 'goal', 'figure', 'verdict', 'from'] as const;

const lineOf = (row: Row): string => `| ${columns.map((name) => row[name]).join(' | ')} |`;

export function table(rows: readonly Row[]): string {
  const head = ['what', 'goal', 'figure', 'verdict', 'medians behind it'];
  return [`| ${head.join(' | ')} |`, '|---|---|---|---|---|', ...rows.map(lineOf)].join('\n');
}

/** The whole of BENCHMARKS.md. */
export function page(rows: readonly Row[], runs: number, when: Date): string {
  return `# Benchmarks

\`npm run bench\` wrote this page on ${when.toISOString().slice(0, 10)}: ${machine()}.

A ratio or a time is one of medians of ${runs} runs that took turns on this machine. The practice tenant takes the times of requests: it answers
everyone alike, under Microsoft's names and over TLS. All programs meet it through the same proxy.

${table(rows)}
`;
}
