import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import { scheduleDailyCheck } from '../../../src/extension/shell/views.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { person, settings, Uri } from '../../support/fake-vscode.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';
import { setUpRecord } from '../../support/set-up-record.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const hourMs = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  vi.setSystemTime('2026-11-24T09:00:00Z');
  Object.assign(settings, { 'check.daily': true });
  person.told = [];
});
afterEach(() => {
  vi.useRealTimers();
});

/** A window with one customer of each world, whose set-ups were begun and not finished: a check has nothing to ask of Microsoft. */
async function windowWith(practice: object | undefined = undefined) {
  const folder = await tempFolder();
  const files = ['production', 'practice'].map((kind) => ({ kind, path: join(folder, kind) }));
  for (const { kind, path } of files) {
    const { preferences: _p, proof: _o, verification: _v, ...record } = setUpRecord('2027-05-23T12:00:00Z');
    await writeFile(`${path}.ta-customer.json`, JSON.stringify(contosoCustomer));
    await writeFile(`${path}.ta-record.json`, JSON.stringify({ ...record, kind }));
  }
  const listed = files.map(({ path }) => ({ uri: Uri.file(`${path}.ta-customer.json`) }));
  const shell = {
    context: forgetfulContext(),
    customers: { list: async () => listed, placeOf: () => undefined, changed: () => undefined },
    practice: { running: practice },
    log: { error: (text: string) => expect.fail(text), info: () => undefined, debug: () => undefined },
  };
  const schedule = scheduleDailyCheck(shell as unknown as Shell);
  return {
    file: `${files[0]?.path}.ta-customer.json`,
    last: () => shell.context.globalState.get('lastDailyCheck'),
    [Symbol.dispose]: () => schedule.dispose(),
  };
}

const found = (count: number) =>
  vi.waitFor(() => expect(person.told).toHaveLength(count), { timeout: 20_000 });
const message = 'The daily check found 1 customer that needs action.';

test('once a day, some minutes after the window opened, the customers at Microsoft are checked', async () => {
  using _window = await windowWith();
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  expect(person.told).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  await found(1);
  expect(person.told[0]).toMatchObject({ message, buttons: ['Show'], modal: false });
  await vi.advanceTimersByTimeAsync(23 * hourMs);
  expect(person.told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2 * hourMs);
  await found(2);
});

test.each([
  ['the setting is off', false, undefined],
  ['the practice tenant runs', true, { connections: {} }],
])('nothing is checked while %s', async (_what, daily, practice) => {
  settings['check.daily'] = daily;
  using _window = await windowWith(practice);
  await vi.advanceTimersByTimeAsync(50 * hourMs);
  expect(person.told).toEqual([]);
});

test('a check that could look at no customer, as without a network, was none: the next hour tries again', async () => {
  using window = await windowWith();
  const text = await readFile(window.file, 'utf8');
  await writeFile(window.file, '{');
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  await vi.waitFor(() => expect(window.last()).toBe(0), { timeout: 20_000 });
  await writeFile(window.file, text);
  await vi.advanceTimersByTimeAsync(hourMs);
  await found(1);
});
