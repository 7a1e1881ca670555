import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isAlive, startOf, sweepLeftovers, temporaryName } from '../../../src/core/files/leftovers.ts';
import { runAsUser } from '../../support/run-as-user.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const deadPid = 2 ** 30;

test('removes what a dead process left, and nothing else', async () => {
  const folder = await tempFolder();
  const stays = [
    'a.json',
    basename(temporaryName('a.json')),
    `.a.json.ta-${deadPid}-0123456789ab.tmp.txt`,
    `.a.json.ta-x-0123456789ab.tmp`,
    `.a.json.ta-x${deadPid}-0123456789ab.tmp`,
    `.b.json.ta-${deadPid}-0123456789ab.tmp`,
    `a.json.ta-${deadPid}-0123456789ab.tmp`,
  ];
  const goes = [`.a.json.ta-${deadPid}-0123456789ab.tmp`, `.a.json.ta-${deadPid}-abcdefabcdef.tmp`];
  for (const name of [...stays, ...goes]) await writeFile(join(folder, name), 'x');
  const prepared = `.a.json.ta-${deadPid}-0123456789ac.tmp`;
  goes.push(prepared);
  await mkdir(join(folder, prepared));
  await writeFile(join(folder, prepared, 'a.json'), 'x');
  expect((await sweepLeftovers(join(folder, 'a.json'), Date.now())).sort()).toEqual(goes.sort());
  expect((await readdir(folder)).sort()).toEqual(stays.sort());
});

test('removes an old one although a process with its number lives', async () => {
  const folder = await tempFolder();
  const leftover = temporaryName(join(folder, 'a.json'));
  await writeFile(leftover, 'x');
  expect(await sweepLeftovers(join(folder, 'a.json'), Date.now())).toEqual([]);
  const begun = Date.parse('2026-11-23T22:00:00Z');
  await utimes(leftover, begun / 1000, begun / 1000);
  expect(await sweepLeftovers(join(folder, 'a.json'), begun + 3_599_999)).toEqual([]);
  expect(await sweepLeftovers(join(folder, 'a.json'), begun + 3_600_000)).toEqual([basename(leftover)]);
});

test('finds nothing in a folder that is not there', async () => {
  expect(await sweepLeftovers('/no/such/folder/a.json', Date.now())).toEqual([]);
});

test('a process of someone else lives, one that the system does not know does not', () => {
  expect([isAlive(process.pid), isAlive(deadPid)]).toEqual([true, false]);
  const kill = vi.spyOn(process, 'kill');
  onTestFinished(() => kill.mockRestore());
  for (const [error, lives] of [
    [Object.assign(new Error('x'), { code: 'EPERM' }), true],
    [Object.assign(new Error('x'), { code: 'ESRCH' }), false],
    [new Error('EPERM'), false],
    [{ code: 'EPERM' }, false],
  ] as const) {
    kill.mockImplementationOnce(() => {
      throw error;
    });
    expect(isAlive(1)).toBe(lives);
  }
});

test.runIf(existsSync('/proc/self/stat'))('a process began when the system says so', async () => {
  // Linux counts in hundredths of a second.
  const begun = Number(await startOf(process.pid)) / 100;
  expect(Math.abs(uptime() - process.uptime() - begun)).toBeLessThan(5);
  expect(await startOf(deadPid)).toBeUndefined();
});

test('one that cannot be removed is told as that', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, `.a.json.ta-${deadPid}-0123456789ab.tmp`), 'x');
  await chmod(folder, 0o555);
  onTestFinished(() => chmod(folder, 0o755));
  const module = new URL('../../../src/core/files/leftovers.ts', import.meta.url);
  expect(await runAsUser(module, 'sweepLeftovers', [join(folder, 'a.json'), 0])).toBe('TA-CANNOT-WRITE');
});
