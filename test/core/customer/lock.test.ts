import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { isBusy, withLock } from '../../../src/core/customer/lock.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const busy = (words: string) => ({ code: 'TA-BUSY', message: expect.stringContaining(words) });

async function recordPath(): Promise<string> {
  return join(await tempFolder(), 'contoso.ta-record.json');
}

async function leaveLock(record: string, owner: object, ageMs = 0): Promise<void> {
  const path = `${record}.lock`;
  await writeFile(
    path,
    JSON.stringify({ host: hostname(), who: 'VS Code', since: '2026-11-24T08:00:00Z', ...owner }),
  );
  const then = new Date(Date.now() - ageMs);
  await utimes(path, then, then);
}

test('a second run on the same customer is told who holds it, and touches nothing', async () => {
  const record = await recordPath();
  let ran = false;
  await withLock(record, 'VS Code', async () => {
    const second = withLock(record, 'ta-exchange onboard', async () => {
      ran = true;
    });
    await expect(second).rejects.toMatchObject(busy(`VS Code on ${hostname()}, process ${process.pid}`));
  });
  expect(ran).toBe(false);
});

test('whether a customer is worked on can be asked without taking the lock', async () => {
  const record = await recordPath();
  expect(await isBusy(record)).toBe(false);
  await withLock(record, 'VS Code', async () => expect(await isBusy(record)).toBe(true));
  await leaveLock(record, { pid: 2 ** 22 + 1 });
  expect(await isBusy(record)).toBe(false);
});

test('of many runs that begin at once one goes on', async () => {
  const record = await recordPath();
  const hold = Promise.withResolvers<void>();
  const runs = Array.from({ length: 20 }, () => withLock(record, 'VS Code', () => hold.promise));
  const refused = await Promise.all(
    runs.map((run) =>
      Promise.race([
        run.then(
          () => false,
          () => true,
        ),
        waitAWhile(),
      ]),
    ),
  );
  hold.resolve();
  expect(refused.filter((one) => one === true)).toHaveLength(19);
});

test('the lock goes with the work, done or failed', async () => {
  const record = await recordPath();
  expect(await withLock(record, 'VS Code', async () => 7)).toBe(7);
  const failing = withLock(record, 'VS Code', () => Promise.reject(new Error('no luck')));
  await expect(failing).rejects.toThrow('no luck');
  expect(await readdir(join(record, '..'))).toEqual([]);
});

test('a lock of a dead process of this machine is lifted', async () => {
  const record = await recordPath();
  await leaveLock(record, { pid: 2 ** 30 });
  await withLock(record, 'ta-exchange onboard', async () => {
    expect(JSON.parse(await readFile(`${record}.lock`, 'utf8'))).toMatchObject({ pid: process.pid });
  });
});

test('a lock of another machine holds while it is kept alive, and two minutes longer', async () => {
  const record = await recordPath();
  await leaveLock(record, { pid: 1, host: 'elsewhere' }, 90_000);
  await expect(withLock(record, 'VS Code', async () => {})).rejects.toMatchObject(busy('on elsewhere'));
  await leaveLock(record, { pid: 1, host: 'elsewhere' }, 130_000);
  expect(await withLock(record, 'VS Code', async () => 'mine')).toBe('mine');
});

test('a lock that cannot be read yet is somebody else who has just begun', async () => {
  const record = await recordPath();
  await writeFile(`${record}.lock`, '');
  await expect(withLock(record, 'VS Code', async () => {})).rejects.toMatchObject(busy('another run'));
});

const waitAWhile = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 500));

test('of many runs that find the same dead holder one goes on', async () => {
  for (let round = 0; round < 50; round += 1) {
    const record = await recordPath();
    await leaveLock(record, { pid: 2 ** 30 });
    const hold = Promise.withResolvers<void>();
    let holders = 0;
    let refused = 0;
    const work = () => {
      holders += 1;
      return hold.promise;
    };
    const refuse = () => {
      refused += 1;
    };
    const runs = Array.from({ length: 8 }, () => withLock(record, 'VS Code', work).catch(refuse));
    await vi.waitUntil(() => holders + refused === 8, { interval: 1 });
    expect(holders).toBe(1);
    hold.resolve();
    await Promise.all(runs);
    expect(await readdir(join(record, '..'))).toEqual([]);
  }
});
