import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { tempFile, tempFolder } from '../support/temp-folder.ts';

test.each([
  [{}, 3, 'Name the customer file of a test tenant'],
  [{ TA_LIVE_CUSTOMER: 'none.ta-customer.json' }, 1, 'none.ta-customer.json'],
])('npm run live with %j ends before it asks anyone', async (env, code, said) => {
  expect(await runProcess(env, '')).toMatchObject({ code, stdout: expect.stringContaining(said) });
});

test('npm run live begins with nothing before a person has said yes', async () => {
  const TA_LIVE_CUSTOMER = await tempFile('contoso.ta-customer.json', JSON.stringify(contosoCustomer));
  const { code, stdout } = await runProcess({ TA_LIVE_CUSTOMER }, 'no\n');
  expect(stdout).toMatch(
    /the tenant contoso\.com at Microsoft, .*Live test [0-9a-f]{6}.*begin\? \(yes\/no\)/s,
  );
  expect(code).toBe(2);
});

test('Ctrl+C at a question is a no', async () => {
  const TA_LIVE_CUSTOMER = await tempFile('contoso.ta-customer.json', JSON.stringify(contosoCustomer));
  const { code, stdout } = await runProcess({ TA_LIVE_CUSTOMER }, undefined);
  expect([code, stdout]).toEqual([2, expect.stringContaining('Stopping;')]);
});

/** Without an input a person presses Ctrl+C when asked. */
async function runProcess(env: Readonly<Record<string, string>>, input: string | undefined) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('run.ts', import.meta.url))], {
    env: { PATH: process.env.PATH ?? '', ...env },
    cwd: await tempFolder(),
  });
  if (input === undefined)
    child.stdout.on('data', (bytes) => /begin\?/.test(String(bytes)) && child.kill('SIGINT'));
  else child.stdin.end(input);
  const stdout = text(child.stdout);
  const [code] = await once(child, 'close');
  return { code, stdout: await stdout };
}
