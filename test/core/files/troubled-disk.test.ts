import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { findCustomers } from '../../../src/core/customer/find-customers.ts';
import { withLock } from '../../../src/core/customer/lock.ts';
import { renamePatiently, writeAtomically } from '../../../src/core/files/atomic-write.ts';
import { sweepLeftovers } from '../../../src/core/files/leftovers.ts';
import { canWrite } from '../../../src/core/files/target.ts';
import { errorFrom } from '../../support/error-from.ts';
import { disk, diskError } from '../../support/failing-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';

vi.mock('node:fs/promises', async (original) => {
  const { onDisk } = await import('../../support/failing-disk.ts');
  return onDisk(await original<typeof import('node:fs/promises')>());
});
afterEach(() => disk.mend());

const deadRun = { pid: 2 ** 30, host: hostname(), who: 'VS Code', since: '' };

/** A folder with an old file. Each call of the kinds named fails as often as is said; `calls` are all there were. */
async function inTrouble(troubles: Readonly<Record<string, readonly [code: string, times: number]>>) {
  const folder = await tempFolder();
  const path = join(folder, 'a.json');
  await writeFile(path, 'old');
  const calls: string[] = [];
  disk.watch((call) => {
    calls.push(call);
    const [code = '', times = 0] = troubles[call] ?? [];
    if (calls.filter((each) => each === call).length <= times) throw diskError(code);
  });
  return { folder, path, calls };
}

test('a text is on the disk before it takes the place of the old one, and the folder after it', async () => {
  const { path, calls } = await inTrouble({});
  await writeAtomically(path, 'new');
  expect(calls.slice(calls.indexOf('open wx'))).toEqual([
    ...['open wx', 'writeFile', 'sync', 'rename'],
    ...['open r', 'sync'],
  ]);
});

test('a text that need not outlive a power cut does not wait for the disk', async () => {
  const { path, calls } = await inTrouble({});
  await writeAtomically(path, 'new', { durable: false });
  expect(calls.slice(calls.indexOf('open wx'))).toEqual(['open wx', 'writeFile', 'rename']);
});

test.each(['EPERM', 'EACCES', 'EBUSY'])(
  'a place that another program holds is asked again: %s',
  async (code) => {
    const { folder, path, calls } = await inTrouble({ rename: [code, 3] });
    await writeAtomically(path, 'new');
    expect(calls.filter((call) => call === 'rename').length).toBe(4);
    expect([await readFile(path, 'utf8'), await readdir(folder)]).toEqual(['new', ['a.json']]);
  },
);

test('where the patience is over, what holds the place is told', async () => {
  const { path, calls } = await inTrouble({ rename: ['EBUSY', 99] });
  expect(await errorFrom(renamePatiently(`${path}.new`, path, 0))).toMatchObject({ code: 'EBUSY' });
  expect(calls.filter((call) => call === 'rename').length).toBe(1);
});

test.each(['open wx', 'writeFile', 'sync', 'rename'])(
  'where %s fails for good, it is told, the old text stands and nothing lies beside it',
  async (call) => {
    const { folder, path, calls } = await inTrouble({ [call]: ['EIO', 99] });
    expect(await errorFrom(writeAtomically(path, 'new'))).toMatchObject({ code: 'TA-CANNOT-WRITE' });
    expect(calls.filter((each) => each === call).length).toBe(1);
    disk.mend();
    expect([await readFile(path, 'utf8'), await readdir(folder)]).toEqual(['old', ['a.json']]);
  },
);

test('what is said is why the text could not be written, though what was begun cannot be removed', async () => {
  const { path } = await inTrouble({ rename: ['ENOSPC', 99], rm: ['EIO', 99] });
  expect(await errorFrom(writeAtomically(path, 'new'))).toMatchObject({
    code: 'TA-CANNOT-WRITE',
    cause: { code: 'ENOSPC' },
  });
});

test('a folder that cannot be settled is no failure: the text is in place', async () => {
  const { path, calls } = await inTrouble({ 'open r': ['EPERM', 99] });
  await writeAtomically(path, 'new');
  disk.mend();
  expect(calls.at(-1)).toBe('open r');
  expect(await readFile(path, 'utf8')).toBe('new');
});

test('a leftover that cannot be removed is told, for it may hold a secret', async () => {
  const { folder, path } = await inTrouble({ rm: ['EACCES', 99] });
  await writeFile(join(folder, `.a.json.ta-${2 ** 30}-0123456789ab.tmp`), 'x');
  expect(await errorFrom(sweepLeftovers(path, 0))).toMatchObject({ code: 'TA-CANNOT-WRITE' });
});

test.each(['access', 'open wx', 'rm'])(
  'that nothing can be written is found out before: %s',
  async (call) => {
    const { path } = await inTrouble({ [call]: ['EACCES', 99] });
    expect(await errorFrom(canWrite(path))).toMatchObject({ code: 'TA-CANNOT-WRITE', exitCode: 1 });
  },
);

test('a folder is not asked whether it may be written to as a file', async () => {
  const { folder, calls } = await inTrouble({});
  await mkdir(join(folder, 'folder'));
  expect(await errorFrom(canWrite(join(folder, 'folder')))).toMatchObject({ code: 'TA-BAD-INPUT' });
  expect(calls).not.toContain('access');
});

test.each(['EACCES', 'EIO', 'EMFILE'])(
  'a folder that answers %s is named, and the customers of others are found',
  async (code) => {
    const folder = await tempFolder();
    for (const name of ['a', 'b', 'c']) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, `${name}.ta-customer.json`), '{}');
    }
    const found = async (isReadable: (nth: number) => boolean) => {
      let reads = 0;
      disk.watch((call) => {
        if (call === 'readdir') reads += 1;
        if (call === 'readdir' && !isReadable(reads)) throw diskError(code);
      });
      return (await findCustomers([folder])).map(({ file, unread }) => [
        file.slice(folder.length + 1),
        unread?.code,
      ]);
    };
    const others = await found((nth) => nth !== 2);
    expect(others.filter(([, why]) => why === undefined)).toHaveLength(2);
    expect(others.filter(([, why]) => why === 'TA-CANNOT-READ')).toEqual([
      [expect.stringMatching(/^[abc]$/), 'TA-CANNOT-READ'],
    ]);
    expect(await found(() => false)).toEqual([['', 'TA-CANNOT-READ']]);
    disk.watch((call) => {
      if (call === 'stat') throw diskError(code);
    });
    expect(await findCustomers([folder])).toMatchObject([
      { file: folder, unread: { code: 'TA-CANNOT-READ' } },
    ]);
  },
);

test.each([
  ['no lock', undefined, [1]],
  ['the lock of a dead run', deadRun, [1, 2, 3, 4, 5]],
])('one run holds a customer, whenever a second one comes that finds %s', async (_what, dead, moments) => {
  for (const moment of moments) {
    const record = join(await tempFolder(), 'a.ta-record.json');
    if (dead) await writeFile(`${record}.lock`, JSON.stringify(dead));
    const hold = Promise.withResolvers<void>();
    const begun: string[] = [];
    const run = (who: string) =>
      withLock(record, who, () => {
        begun.push(who);
        return hold.promise;
      }).catch(() => begun.push('refused'));
    let second: Promise<unknown> | undefined;
    let removals = 0;
    disk.watch(async (call) => {
      if (call === 'rm') removals += 1;
      if (call !== 'rm' || removals !== moment) return;
      second = run('second');
      await vi.waitUntil(() => begun.length === 1, { interval: 1 });
    });
    const first = run('first');
    await vi.waitUntil(() => begun.length === 2, { interval: 1 });
    expect(
      begun.filter((what) => what === 'refused'),
      `${moment}`,
    ).toHaveLength(1);
    hold.resolve();
    await Promise.all([first, second]);
    disk.mend();
  }
});

test('a disk that fails once leaves nothing beside a lock', async () => {
  const { folder, path } = await inTrouble({ rm: ['EIO', 1] });
  await withLock(path, 'first', async () => expect(await readdir(folder)).toEqual(['a.json', 'a.json.lock']));
  expect(await readdir(folder)).toEqual(['a.json']);
});

const noTrouble = (): void => undefined;
const noHardLinks = (call: string): void => {
  if (call === 'link') throw diskError('EPERM');
};

/** Takes a lock while the nth call of the disk is cut in half, or all from then on fail. Whether there was an nth. */
async function lockInTrouble(record: string, nth: number, lasts: boolean, refuse: typeof noHardLinks) {
  let calls = 0;
  disk.watch(async (call, writeHalf) => {
    calls += 1;
    if (calls === nth) await writeHalf();
    if (calls === nth || (lasts && calls > nth)) throw diskError('ENOSPC');
    refuse(call);
  });
  const failure = await withLock(record, 'first', async () => undefined).catch((cause: unknown) => cause);
  disk.mend();
  const codes = ['TA-CANNOT-READ', 'TA-CANNOT-WRITE'];
  if (failure !== undefined) expect(failure).toMatchObject({ code: expect.toBeOneOf(codes) });
  return calls >= nth;
}

/** The second run holds the customer, and leaves nothing but what a first one without a disk could not put away. */
async function expectLockable(record: string, lasts: boolean): Promise<void> {
  const folder = dirname(record);
  // A lock without an owner may be just being made, for three seconds.
  const then = new Date(Date.now() - 4000);
  for (const name of await readdir(folder)) await utimes(join(folder, name), then, then);
  expect(await withLock(record, 'second', async () => 'mine')).toBe('mine');
  expect((await readdir(folder)).filter((name) => !lasts || !/\.(tmp|lifting)$/.test(name))).toEqual([]);
}

test.each([
  ['no lock', undefined, noTrouble],
  ['no lock, and no hard links', undefined, noHardLinks],
  ['the lock of a dead run', deadRun, noTrouble],
  ['the lock of a dead run, and no hard links', deadRun, noHardLinks],
])(
  'whatever the disk does to a run that finds %s, the next one holds the customer',
  async (_what, dead, refuse) => {
    for (const lasts of [false, true])
      for (let nth = 1, struck = true; struck; nth += 1) {
        const record = join(await tempFolder(), 'a.ta-record.json');
        if (dead) await writeFile(`${record}.lock`, JSON.stringify(dead));
        struck = await lockInTrouble(record, nth, lasts, refuse);
        await expectLockable(record, lasts);
      }
  },
);
