import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { progressText } from '../../src/cli/show/check-lines.ts';
import { CheckDocument } from '../../src/core/check/checked.ts';
import { contoso, customerName, preferencesName } from '../support/customer-folder.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { runCli } from '../support/run-cli.ts';
import { type ServedPractice, servedPractice } from '../support/served-practice.ts';
import { tempFolder } from '../support/temp-folder.ts';

const Secret = z.looseObject({ connection: z.looseObject({ clientSecret: z.string() }) });
const documentIn = (text: string) => CheckDocument.parse(JSON.parse(text));

/** Contoso, set up; its app loses a permission where `broken`. */
async function setUp(broken = false): Promise<ServedPractice> {
  const practice = await servedPractice({ lagFactor: 0 });
  expect((await practice.onboard()).code).toBe(0);
  if (broken) practice.state.grants.splice(0, 1);
  return practice;
}

test('a good customer ends with 0, and says all that was looked at', async () => {
  await using practice = await setUp();
  const { code, stdout } = await practice.cli('check', customerName);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^✔ Contoso Ltd {2}ready, secret until \d{4}-\d\d-\d\d \(180 days\)\n/);
  expect(stdout).toContain('✔ The token of the app contains every permission that it needs');
  expect(stdout).toContain('✔ The last test email arrived');
});

test('with --json the document has just what the contract says, and more is in it only beside that', async () => {
  await using practice = await setUp(true);
  const { code, stdout } = await practice.cli('check', customerName, '--json');
  expect(code).toBe(2);
  const [customer] = documentIn(stdout).customers;
  expect(customer).toMatchObject({
    file: customerName,
    name: 'Contoso Ltd',
    standing: 'broken',
    secret: { expiresAt: expect.stringMatching(/^\d{4}-.*Z$/), daysLeft: 180 },
  });
  expect(customer?.findings.find(({ level }) => level === 'bad')).toEqual({
    code: 'permissions-missing',
    level: 'bad',
    text: expect.stringContaining('lacks these permissions'),
    who: 'a Global or Privileged Role Administrator',
    next: 'Set up this customer again. It grants what is missing.',
  });
});

test('a customer that could not be looked at ends with 1, whatever else is to be done', async () => {
  await using practice = await setUp(true);
  await practice.folder.write('other.ta-customer.json', '{');
  const { code, stdout } = await practice.cli('check', '.');
  expect(code).toBe(1);
  expect(stdout).toContain('? other  could not be looked at');
  expect(stdout).toContain('2 customers: 0 good, 1 needs action, 1 could not be looked at');
});

test('every form tells of the same customers and findings, and what is not to be found at Microsoft', async () => {
  await using practice = await setUp();
  practice.state.grants.splice(1, 1);
  for (const application of practice.state.applications)
    application.graph.signInAudience = 'AzureADMultipleOrgs';
  const { stdout } = await practice.cli('check', customerName, '--json');
  const [customer] = documentIn(stdout).customers;
  for (const format of ['json', 'csv', 'html', 'table']) {
    const { code, stdout: shown } = await practice.cli('check', customerName, '--format', format);
    expect(code).toBe(2);
    const out = await practice.cli('check', customerName, '--format', format, '--out', `out.${format}`);
    expect(out.code).toBe(2);
    const written = await practice.folder.read(`out.${format}`);
    for (const text of [shown, written]) {
      expect(text).toContain(customer?.name);
      expect(text).toContain(customer?.secret?.expiresAt.slice(0, 10));
      expect(text).toContain('lacks these permissions: ');
      expect(text).toContain('permissions-missing');
      expect(text).toMatch(
        /Authentication (>|&gt;).*\. PRACTICE: .* Nothing named here exists at Microsoft\./,
      );
    }
  }
});

test('customers of a folder that are good are not asked again, with --fresh they are', async () => {
  await using practice = await setUp();
  const asked = async (...args: string[]): Promise<number> => {
    const before = practice.state.requests.length;
    expect((await practice.cli('check', ...args)).code).toBe(0);
    return practice.state.requests.slice(before).filter(({ inBatch }) => !inBatch).length;
  };
  expect(await asked('.')).toBe(2);
  expect(await asked('.')).toBe(0);
  expect(await asked('.', '--fresh')).toBe(2);
  expect(await asked(customerName)).toBe(2);
});

test('what was not looked at again is said, so that no one takes an earlier look for one of now', async () => {
  await using practice = await setUp();
  expect((await practice.cli('check', '.')).stdout).not.toContain('looked at again');
  const again = 'Good within the last 12 hours, and not looked at again: 1 customer.';
  expect((await practice.cli('check', '.')).stdout).toContain(again);
  const { stdout, stderr } = await practice.cli('check', '.', '--format', 'csv');
  expect([stdout.slice(0, 6), stderr]).toEqual(['\ufefffile,', expect.stringContaining(again)]);
});

test.each([
  ['csv', '\ufefffile,name,'],
  ['json', '{'],
  ['html', '<!DOCTYPE html>'],
])('stdout begins with the %s that another program reads, in practice too', async (format, begin) => {
  const folder = await tempFolder();
  await writeFile(join(folder, customerName), JSON.stringify(contoso));
  const { stdout, stderr } = await runCli(['check', '.', '--practice', '--format', format], { cwd: folder });
  expect(stdout.slice(0, begin.length)).toBe(begin);
  expect(stderr).toContain('PRACTICE');
});

test('shards together are one run', async () => {
  const folder = await tempFolder();
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await mkdir(join(folder, name), { recursive: true });
    const file = join(folder, name, `${name}.ta-customer.json`);
    await writeFile(file, JSON.stringify({ ...contoso, name: `Customer ${name}` }));
  }
  const check = (...args: string[]) => runCli(['check', ...args, '--json'], { cwd: folder });
  const whole = await check('.', '--fresh');
  expect(whole.code).toBe(2);
  for (const number of [1, 2]) {
    const { stdout } = await check('.', '--fresh', '--shard', `${number}/2`);
    await writeFile(join(folder, `${number}.json`), stdout);
  }
  const merged = await check('--merge', '1.json', '2.json');
  expect(merged).toEqual(whole);
});

test.each([
  [['check'], 'missing required argument'],
  [['check', '.', '--shard', '3/2'], '--shard takes which part'],
  [['check', '.', '--concurrency', '0'], '--concurrency takes a whole number from 1 to 64'],
  [['check', 'nothing-here'], 'nothing-here does not exist'],
  [['check', '.'], 'customer files, whose names end in .ta-customer.json'],
  [['check', '.', '--format', 'pdf'], 'pdf'],
  [['check', '--merge', '1.json', '--shard', '1/2'], "'--merge' cannot be used with option '--shard"],
])('%j is refused with what is wrong', async (args, text) => {
  const { code, stderr } = await runCli(args, { cwd: await tempFolder() });
  expect([code, stderr]).toEqual([3, expect.stringContaining(text)]);
});

test('with --practice customers are checked in the tenant of their folder, and it is not begun anew', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, customerName), JSON.stringify(contoso));
  const clock = fakeClock();
  const cli = (...args: string[]) => runCli([...args, '--practice'], { cwd: folder, clock });
  expect((await cli('onboard', customerName, '--yes')).code).toBe(0);
  expect((await cli('check', '.', '--fresh')).stdout).toContain('Contoso Ltd');
  const { code, stdout } = await cli('check', customerName);
  expect([code, stdout]).toEqual([0, expect.stringContaining('unverified')]);
});

test('with --practice each customer of a folder is checked in the tenant that it was set up in', async () => {
  const folder = await tempFolder();
  const clock = fakeClock();
  for (const name of ['one', 'two']) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, customerName), JSON.stringify({ ...contoso, name }));
    const cwd = join(folder, name);
    expect((await runCli(['onboard', customerName, '--yes', '--practice'], { cwd, clock })).code).toBe(0);
  }
  await writeFile(join(folder, customerName), JSON.stringify(contoso));
  const { code, stdout } = await runCli(['check', '.', '--practice', '--json'], { cwd: folder, clock });
  const found = documentIn(stdout).customers.map(({ name, standing }) => `${name} ${standing}`);
  // A customer that no one has set up is something to do, as for plan.
  expect([code, found]).toEqual([2, ['Contoso Ltd not set up', 'one unverified', 'two unverified']]);
  expect((await runCli(['check', '.', '--practice'], { cwd: folder, clock })).stdout).toContain(
    '3 customers: 2 good, 1 needs action',
  );
});

test('encrypted preferences are opened with a key file, and nothing of them is written in clear', async () => {
  await using practice = await setUp();
  const { folder, cli } = practice;
  const key = await cli('key', '--out', 'key.txt');
  const [recipient = ''] = /age1\w+/.exec(key.stdout) ?? [];
  const encrypt = ['--secret', 'encrypt', '--recipient', recipient, '--out', preferencesName];
  const copied = await cli('export', preferencesName, '--format', 'json', ...encrypt);
  expect(copied).toMatchObject({ code: 0, stderr: '' });
  const secret = z.parse(Secret, JSON.parse(await folder.read(preferencesName))).connection.clientSecret;
  await rm(join(folder.path, preferencesName));

  const closed = await cli('check', '.');
  expect([closed.code, closed.stdout]).toEqual([1, expect.stringContaining('check --identity')]);
  const { code, stdout } = await cli('check', '.', '--identity', 'key.txt');
  expect(code).toBe(0);
  expect(stdout).toContain('Microsoft Entra accepted the secret');
  for (const name of await folder.names()) expect(await folder.read(name), name).not.toContain(secret);

  await cli('key', '--out', 'another.txt');
  const refused = await cli('check', '.', '--identity', 'another.txt');
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain('does not open');
  await rm(join(folder.path, `${preferencesName}.age`));
  const gone = await cli('check', '.', '--identity', 'key.txt');
  expect([gone.code, gone.stdout]).toEqual([1, expect.stringContaining('add the line !*.ta-email.json.age')]);
});

test('of a customer that was removed it says when, and until when that can be undone', async () => {
  const clock = fakeClock();
  await using practice = await servedPractice({ clock });
  await practice.onboard();
  await practice.cli('remove', customerName, '--confirm', contoso.name);
  const { code, stdout } = await practice.cli('check', customerName);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/was removed from the tenant on 2026-11-2\d\./)]);
  expect(stdout).toMatch(/Nothing needs action\. The application can be restored until 2026-12-2\d:/);
  clock.advance(31 * 24 * 3_600_000);
  expect((await practice.cli('check', customerName)).stdout).toContain('A new set-up registers another one.');
});

test('the progress tells counts, the time left once it is known, and who was looked at last', () => {
  const customer = {
    file: 'c',
    name: 'Contoso\u001b[2J Ltd',
    standing: 'ready',
    checkedAt: '2026-11-24T10:00:00Z',
  } as const;
  const seen = { customer: { ...customer, looked: true, secret: null, findings: [] }, skipped: false };
  const told = ([done, leftMs]: readonly [number, number | undefined]) =>
    progressText({ ...seen, done, total: 1000, leftMs, waiting: undefined });
  expect(
    (
      [
        [1, undefined],
        [120, 40_000],
        [130, 600_000],
        [1000, 0],
      ] as const
    ).map(told),
  ).toEqual([
    '1 of 1000 checked: Contoso\uFFFD[2J Ltd',
    '120 of 1000 checked, about 40 s left: Contoso\uFFFD[2J Ltd',
    '130 of 1000 checked, about 10 min left: Contoso\uFFFD[2J Ltd',
    '1000 of 1000 checked: Contoso\uFFFD[2J Ltd',
  ]);
  const waiting = { file: 'c.ta-customer.json', until: Date.parse('2026-11-24T10:10:00Z') };
  expect(progressText({ done: 19, total: 20, leftMs: 600_000, waiting })).toBe(
    '19 of 20 checked, waiting until 2026-11-24 10:10 UTC for c.ta-customer.json',
  );
});
