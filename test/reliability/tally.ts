import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';

/** What a section tried, and what did not hold, as it is kept for the report. */
export interface Tally {
  readonly section: string;
  readonly cells: number;
  readonly failed: readonly string[];
  readonly seed?: number | undefined;
  /** ISO 8601. */
  readonly at: string;
  readonly seconds: number;
}

/** Where the long form keeps what it counted; `npm test` counts for itself only, and takes few of the cells. */
const folder = process.env.RELIABILITY;
export const isLong = folder !== undefined;
/** Of everything random: the long form may name another one. */
export const seed = Number(process.env.RELIABILITY_SEED ?? 20_261_126);

const fileOfTally = (section: string): string => `${section.replace(/[^a-z0-9]+/gi, '-')}.json`;

type Cell = (name: string, check: () => Promise<void>) => Promise<void>;

/** Counts the cells of a section. One that does not hold does not keep the others from being tried. */
export async function counted(section: string, work: (cell: Cell) => Promise<void>, isRandom = false) {
  const failed: string[] = [];
  let cells = 0;
  const begun = performance.now();
  await work(async (name, check) => {
    cells += 1;
    try {
      await check();
    } catch (cause) {
      failed.push(`${name}: ${String(cause).split('\n')[0]}`);
    }
  });
  const seconds = Math.round((performance.now() - begun) / 1000);
  const tally: Tally = {
    section,
    cells,
    failed,
    seed: isRandom ? seed : undefined,
    at: new Date().toISOString(),
    seconds,
  };
  if (folder !== undefined) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, fileOfTally(section)), JSON.stringify(tally, undefined, 2));
  }
  expect(failed).toEqual([]);
  expect(cells, 'cells').toBeGreaterThan(0);
}
