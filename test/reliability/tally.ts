import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Tally } from './page.ts';

/** Where the long form keeps what it counted; `npm test` counts for itself only, and takes few of the cells. */
const folder = process.env.RELIABILITY ?? process.env.RELIABILITY_TESTS;
/** Tests that are counted as cells run as they do in `npm test`. */
export const isLong = process.env.RELIABILITY !== undefined;
/** Of everything random: the long form may name another one. */
export const seed = Number(process.env.RELIABILITY_SEED ?? 20_261_126);

export type Cell = (name: string, check: () => Promise<void>) => Promise<void>;

/** Counts the cells of a row. One that does not hold does not keep the others from being tried. */
export async function counted(row: string, work: (cell: Cell) => Promise<void>, isRandom = false) {
  const failed: string[] = [];
  let cells = 0;
  await work(async (name, check) => {
    cells += 1;
    try {
      await check();
    } catch (cause) {
      failed.push(`${name}: ${String(cause).split('\n')[0]}`);
    }
  });
  if (isLong) keep({ row, cells, failed, ...(isRandom && { seed }) });
  expect(failed).toEqual([]);
  expect(cells, 'cells').toBeGreaterThan(0);
}

/** For the long form: what a row came to. */
export function keep(tally: Tally): void {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const name = `${tally.row.replace(/[^a-z0-9]+/gi, '-')}.tally.json`;
  writeFileSync(join(folder, name), JSON.stringify(tally, undefined, 2));
}
