import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { contoso, customerFolder } from '../support/customer-folder.ts';
import { limitAppsToSender } from '../support/exchange-admin.ts';
import type { CliRun } from '../support/run-cli.ts';
import { scopedCustomer } from '../support/scoped-customer.ts';
import { type ServedPractice, servedPractice } from '../support/served-practice.ts';
import { startCli } from '../support/start-cli.ts';

vi.setConfig({ testTimeout: 240_000 });

/** As customers are called. */
const name = "O'Neil & Söhne";
const customerFile = `${name}.ta-customer.json`;

/** Runs a line that a command printed, as a person does who copies it into a shell. */
function paste(line: string, cwd: string): Promise<CliRun> {
  return new Promise((resolve) => {
    execFile('bash', ['-c', line], { cwd, timeout: 120_000 }, (error, stdout, stderr) => {
      resolve({
        code: error === null ? 0 : typeof error.code === 'number' ? error.code : null,
        stdout,
        stderr,
      });
    });
  });
}

/** A command that asks no service, as it ships. */
const own = (args: readonly string[], options: { readonly cwd: string }): Promise<CliRun> =>
  startCli(args, options).ended;

/** What is printed behind these words. */
function printed(words: string, { stdout, stderr }: CliRun): string {
  const line = stdout.split('\n').find((each) => each.includes(words));
  if (line === undefined) throw new Error(`Not printed: ${words}\n${stdout}${stderr}`);
  return line.slice(line.indexOf(words) + words.length).trim();
}

test.concurrent('plan, onboard, send: each is told by the one before', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  const { folder, cli } = practice;
  await folder.write(customerFile, JSON.stringify(contoso));
  const plan = await cli('plan', customerFile);
  expect(printed('To make these changes: ', plan)).toContain(' --yes');
  const saved = await cli('plan', customerFile, '--save', 'the plan.json');
  const done = await paste(printed('To make just these changes: ', saved), folder.path);
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(done.stdout).toContain('Saved plan, SHA-256');
  const sent = await paste(printed('No test email was sent. Send one: ', done), folder.path);
  expect(sent).toMatchObject({ code: 0, stderr: '' });
  expect(sent.stdout).toContain('ta@contoso.com: in the inbox');
  const again = await paste(printed('To make these changes: ', plan), folder.path);
  expect(again).toMatchObject({ code: 0, stderr: '' });
});

test.concurrent('the script for Exchange, then its proof', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  const { folder, cli, state } = practice;
  await folder.write(customerFile, JSON.stringify(scopedCustomer));
  await cli('onboard', customerFile, '--yes');
  const written = await cli('scope', customerFile, '--out', 'scope.ps1');
  limitAppsToSender(state);
  const proved = await paste(printed('Then: ', written), folder.path);
  expect(proved).toMatchObject({ code: 0, stderr: '' });
  expect(proved.stdout).toContain('is kept out of robin@contoso.com');
});

test.concurrent('the script for the admin, its result, the hand-over', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  const { folder, cli } = practice;
  await folder.write(customerFile, JSON.stringify(contoso));
  const script = await cli('script', customerFile, '--form', 'powershell', '--out', 'setup.ps1');
  const noResult = await paste(printed('as RESULT.txt, and continue: ', script), folder.path);
  expect(noResult.code).toBe(3);
  expect(noResult.stderr).toContain('RESULT.txt does not exist.');

  await cli('onboard', customerFile, '--yes');
  const pack = await own(['handover', customerFile, '--out', 'the pack'], { cwd: folder.path });
  const asked = await paste(printed('encrypted with a passphrase: ', pack), folder.path);
  expect(asked.stderr).toContain('Nobody can be asked here for a secret value.');
});

test.concurrent('imported preferences are proved by the command that is printed', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  const { folder, cli } = practice;
  await folder.write(customerFile, JSON.stringify(contoso));
  await cli('onboard', customerFile, '--yes');
  const args = ['import', `${name}.ta-email.json`, '--out', 'new one.ta-email.json'];
  const line = printed('Prove it: ', await own(args, { cwd: folder.path }));
  const sent = await paste(`${line} ${practice.flags.join(' ')}`, folder.path);
  expect(sent).toMatchObject({ code: 0, stderr: '' });
});

test.concurrent('what is offered after a rehearsal', async () => {
  await using folder = await customerFolder();
  await folder.write(customerFile, JSON.stringify(contoso));
  const done = await own(['onboard', customerFile, '--practice', '--yes'], { cwd: folder.path });
  const failed = await paste(printed('See it fail, with advice: ', done), folder.path);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('Global');
  const [, ...words] = printed('Try the other commands: ', done).split(' ');
  expect(words.at(-1)).toBe('practice');
  expect((await servesUntilStopped()).code).toBe(0);
});

const root = new URL('../../', import.meta.url);

/** The commands of this program in a document: each block of code begins anew, as its reader does. */
async function blocksOf(document: string): Promise<string[][]> {
  const text = await readFile(new URL(document, root), 'utf8');
  const begin = 'npm run cli -- ';
  return [...text.matchAll(/^```\n([\s\S]*?)^```/gm)]
    .map(([, block = '']) => block.split('\n').filter((line) => line.startsWith(begin)))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.slice(begin.length).split(/ {4,}(?=\w+ \w)/)[0] ?? ''));
}

const blocks = (
  await Promise.all(
    ['README.md', 'CONTRIBUTING.md', 'SUPPORT.md'].map(async (document) =>
      (await blocksOf(document)).map((lines) => ({ document, lines })),
    ),
  )
).flat();

test.concurrent.each(blocks)('$document: $lines', async ({ lines }) => {
  await using practice = await servedPractice({ ownProcess: {} });
  const { folder, state } = practice;
  const customer = JSON.stringify(lines.some((line) => line.startsWith('scope')) ? scopedCustomer : contoso);
  await mkdir(join(folder.path, 'practice-run'));
  for (const stem of ['NAME', 'practice-run/contoso'])
    await folder.write(`${stem}.ta-customer.json`, customer);
  for (const attachment of ['roster.pdf', 'RESULT.txt']) await folder.write(attachment, attachment);
  for (const line of lines) {
    const run = await runDocumented(line, practice);
    if (line.includes('--out scope.ps1')) limitAppsToSender(state);
    expect(run.stderr, line).not.toMatch(/^error:|TA-USAGE/m);
    expect(codesOf(line, customer), `${line}\n${run.stderr}`).toContain(run.code);
  }
});

/** A first run that is to fail, one that stops where Exchange is waited for, and a result that no admin sent. */
function codesOf(line: string, customer: string): readonly number[] {
  if (line.includes('app-admin-only')) return [1];
  if (line.startsWith('onboard') && customer.includes('"scope"')) return [1];
  return line.startsWith('import-result') ? [3] : [0, 2];
}

/** The tenant, the consent to the changes and who there is in the tenant are what a reader adds. */
async function runDocumented(line: string, { folder, cli }: ServedPractice): Promise<CliRun> {
  const key = await folder.read('my-age-key.txt').catch(() => '');
  const [recipient = ''] = /age1\w+/.exec(key) ?? [];
  const real = line.replace('you@contoso.com', 'robin@contoso.com').replace('age1...', recipient);
  const words = real.split(/ +/);
  const [command = ''] = words;
  if (command === 'practice') return await servesUntilStopped();
  const yes = command === 'onboard' && !words.includes('--yes') ? ['--yes'] : [];
  const alone = ['export', 'import', 'key', 'handover'].includes(command) || words.includes('--practice');
  return alone ? await own([...words, ...yes], { cwd: folder.path }) : await cli(...words, ...yes);
}

async function servesUntilStopped(): Promise<CliRun> {
  const practice = startCli(['practice']);
  await practice.shows('Ctrl+C ends it');
  practice.interrupt();
  return await practice.ended;
}
