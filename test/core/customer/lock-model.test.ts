import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withLock } from '../../../src/core/customer/lock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const hourMs = 3_600_000;

/** Runs on one customer: whether one may begin, and what becomes of it. */
function runsOn(record: string) {
  const holders = new Map<number, () => Promise<void>>();
  const lock = `${record}.lock`;

  /** Gives whether it was let in. */
  async function begin(run: number): Promise<boolean> {
    const begun = Promise.withResolvers<boolean>();
    const hold = Promise.withResolvers<void>();
    const ended = withLock(record, `run ${run}`, () => {
      begun.resolve(true);
      return hold.promise;
    }).catch(() => begun.resolve(false));
    const isIn = await begun.promise;
    if (isIn)
      holders.set(run, async () => {
        holders.delete(run);
        hold.resolve();
        await ended;
      });
    return isIn;
  }

  const actions = {
    begin: async (run: number): Promise<void> => {
      const [free, held] = [holders.size === 0, holders.has(run)];
      if (!held) expect(await begin(run), 'let in').toBe(free);
    },
    end: async (run: number): Promise<void> => await holders.get(run)?.(),
    /** What it leaves is the lock of a process that is gone. */
    die: async (run: number): Promise<void> => {
      if (!holders.has(run)) return;
      const gone = { pid: 2 ** 30, host: hostname(), who: `run ${run}`, since: 'then', token: 'gone' };
      await writeFile(lock, JSON.stringify(gone));
      await holders.get(run)?.();
    },
    sleep: async (): Promise<void> => {
      const then = new Date(Date.now() - hourMs);
      await utimes(lock, then, then).catch(() => undefined);
    },
  };
  return { actions, endAll: () => Promise.all([...holders.values()].map((end) => end())) };
}

const what = fc.constantFrom('begin' as const, 'end' as const, 'die' as const, 'sleep' as const);

test('whatever three runs do in whatever order, there are never two holders, and a dead one blocks nobody', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(what, fc.nat(2)), { maxLength: 14 }), async (steps) => {
      const record = join(await tempFolder(), 'contoso.ta-record.json');
      const { actions, endAll } = runsOn(record);
      for (const [action, run] of steps) await actions[action](run);
      await endAll();
      await rm(`${record}.lock`, { force: true });
      expect(await readdir(dirname(record))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});
