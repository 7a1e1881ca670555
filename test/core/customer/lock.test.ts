import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { isBusy, lockStory, withLock } from '../../../src/core/customer/lock.ts';
import { findRecord, keepRecord } from '../../../src/core/customer/record-file.ts';
import { startOf } from '../../../src/core/files/leftovers.ts';
import { blankRecord } from '../../support/blank-record.ts';
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
  let refused = 0;
  const refuse = () => {
    refused += 1;
    // Were two to go on, there would never be as many.
    if (refused === 19) hold.resolve();
  };
  await Promise.all(
    Array.from({ length: 20 }, () => withLock(record, 'VS Code', () => hold.promise).catch(refuse)),
  );
  expect(refused).toBe(19);
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

const hourMs = 3_600_000;
const run = (record: string): Promise<string> => withLock(record, 'VS Code', async () => 'mine');

test('a live process of this machine is never silent, however long it slept', async () => {
  const record = await recordPath();
  await leaveLock(record, { pid: process.ppid }, 9 * hourMs);
  await expect(run(record)).rejects.toMatchObject(busy(`process ${process.ppid}`));
});

test.runIf(process.platform === 'linux')(
  'a number that another process has now is not its holder',
  async () => {
    const record = await recordPath();
    await leaveLock(record, { pid: process.ppid, token: 'a', started: await startOf(process.ppid) });
    await expect(run(record)).rejects.toMatchObject(busy(`process ${process.ppid}`));
    await leaveLock(record, { pid: process.ppid, token: 'a', started: '1' });
    expect(await run(record)).toBe('mine');
  },
);

test('a lock of this process that no run of it holds is not waited for', async () => {
  const record = await recordPath();
  await leaveLock(record, { pid: process.pid, token: 'of a run that has ended' });
  expect(await run(record)).toBe('mine');
});

test.each([
  ['empty', '', -3000],
  ['empty, and the clock was set back since', '', hourMs],
  ['torn', '{"pid":', -3000],
])('a lock that a dead run left %s blocks for seconds', async (_what, text, ageMs) => {
  const record = await recordPath();
  await writeFile(`${record}.lock`, text);
  const then = new Date(Date.now() + ageMs);
  await utimes(`${record}.lock`, then, then);
  expect(await run(record)).toBe('mine');
});

test('a lock of another machine that seems to come from the future does not block', async () => {
  const record = await recordPath();
  await leaveLock(record, { pid: 1, host: 'elsewhere' }, -hourMs);
  expect(await run(record)).toBe('mine');
});

test('what a run left that died while it took the place of another does not block', async () => {
  const record = await recordPath();
  await leaveLock(record, { pid: 2 ** 30 });
  await writeFile(
    `${record}.lock.lifting`,
    JSON.stringify({ pid: 2 ** 30, host: hostname(), who: 'x', since: 'y' }),
  );
  expect(await run(record)).toBe('mine');
  expect(await readdir(join(record, '..'))).toEqual([]);
});

test('a folder in the place of the lock is told in a sentence', async () => {
  const record = await recordPath();
  await mkdir(`${record}.lock`);
  await expect(run(record)).rejects.toMatchObject({
    code: 'TA-BAD-INPUT',
    message: expect.stringContaining('.lock: expected nothing, or the lock of a run, found a folder.'),
  });
  expect(await isBusy(record)).toBe(false);
});

test('the lock is there with its owner in it from the first moment', async () => {
  const record = await recordPath();
  const seen = new Set<string>();
  let over = false;
  const watching = (async () => {
    while (!over) seen.add(await readFile(`${record}.lock`, 'utf8').catch(() => '{}'));
  })();
  for (let round = 0; round < 50; round += 1) await run(record);
  over = true;
  await watching;
  for (const text of seen) expect(() => JSON.parse(text)).not.toThrow();
});

test('a run that lost its lock stops, says why, and leaves the new one alone', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const record = await recordPath();
    const other = { pid: 7, host: 'elsewhere', token: 'theirs' };
    const working = withLock(record, 'VS Code', async (lock) => {
      const recordFile = keepRecord(lock, blankRecord());
      await leaveLock(record, other);
      vi.advanceTimersByTime(30_000);
      await new Promise((resolve) => lock.signal.addEventListener('abort', resolve));
      await expect(recordFile.save(blankRecord())).rejects.toMatchObject({ code: 'TA-LOCK-LOST' });
      throw new Error('cut off');
    });
    await expect(working).rejects.toMatchObject({ code: 'TA-LOCK-LOST' });
    expect(JSON.parse(await readFile(`${record}.lock`, 'utf8'))).toMatchObject(other);
    expect(await findRecord(record)).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

test('work that tells of its progress holds the lock until it ends or is left', async () => {
  const record = await recordPath();
  const stop = new AbortController();
  async function* work({ signal }: { signal: AbortSignal | undefined }) {
    yield signal;
    yield signal;
    return 7;
  }
  const story = lockStory(record, 'VS Code', { signal: stop.signal }, work);
  const first = await story.next();
  expect(await isBusy(record)).toBe(true);
  stop.abort();
  expect(first.value).toMatchObject({ aborted: true });
  await story.return(0);
  expect(await isBusy(record)).toBe(false);
});
