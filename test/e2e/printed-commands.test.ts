import { execFile } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { contoso, customerFolder } from '../support/customer-folder.ts';
import { limitAppsToSender } from '../support/exchange-admin.ts';
import type { CliRun } from '../support/run-cli.ts';
import { scopedCustomer } from '../support/scoped-customer.ts';
import { servedPractice } from '../support/served-practice.ts';
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

test.concurrent('what decides a plan, and how the admin signs in, is in the command that follows it', async () => {
  await using practice = await servedPractice();
  const { folder, cli } = practice;
  await folder.write(customerFile, JSON.stringify(contoso));
  const client = ['--sign-in-client-id', '14d82eec-204b-4c2f-b7e8-296a70dab67e'];
  const plan = await cli('plan', customerFile, '--remove-surplus', ...client);
  const next = printed('To make these changes: ', plan);
  expect(next).toContain(` ${client.join(' ')} --remove-surplus`);
});

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

test.concurrent('the command after the script for Exchange proves it', async () => {
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

test.concurrent('the commands after a script for the administrator and after a hand-over run as they are printed', async () => {
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
  expect(asked.stderr).toContain('No one can be asked here for a secret value.');
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

test.concurrent('the commands that are offered after a rehearsal run as they are printed', async () => {
  await using folder = await customerFolder();
  await folder.write(customerFile, JSON.stringify(contoso));
  const done = await own(['onboard', customerFile, '--practice', '--yes'], { cwd: folder.path });
  const sent = await paste(printed('Send another email: ', done), folder.path);
  expect(sent).toMatchObject({ code: 0, stderr: '' });
  const failed = await paste(printed('See it fail, with advice: ', done), folder.path);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('Global');
  // What it names looks as it does in a real tenant.
  for (const text of [failed.stdout, failed.stderr])
    expect(text).toContain('Nothing named here exists at Microsoft');
});
