import { execFile } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { cliEntry } from '../support/cli-entry.ts';
import { customerFolder, customerName } from '../support/customer-folder.ts';
import { placeOf, testWith } from '../support/machine-tools.ts';
import { root } from '../support/source-imports.ts';
import { tempFolder } from '../support/temp-folder.ts';

const start = promisify(execFile);

testWith('Node 26')('the executable does the whole job where there is no Node', async () => {
  const checkout = await tempFolder();
  await cp(dirname(cliEntry()), join(checkout, 'dist'), { recursive: true });
  const script = join(root, 'scripts', 'executable.ts');
  const made = await start(process.execPath, [script, placeOf('Node 26') ?? ''], { cwd: checkout });
  const program = join(checkout, made.stdout.trim());
  // It consists of Node for the most part, whose licences ask to go along.
  const licences = await readFile(join(dirname(program), 'LICENSE-Node.txt'), 'utf8');
  expect(licences).toMatch(/^Node\.js is licensed for use as follows/);
  await using customer = await customerFolder();
  const run = (...args: string[]) => start(program, args, { cwd: customer.path, env: { PATH: '' } });
  expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const { stdout, stderr } = await run(
    'onboard',
    customerName,
    '--practice',
    '--yes',
    '--to',
    'robin@contoso.com',
  );
  expect(stderr).toBe('');
  expect(stdout).toContain('ta-exchange send contoso.ta-email.json');
  // An option of Node's is one that this program does not know.
  await expect(run('--eval', '1')).rejects.toMatchObject({ code: 3 });
});

testWith('Node 20')('an older Node is told to be too old for an executable', async () => {
  const script = join(root, 'scripts', 'executable.ts');
  const refused = start(process.execPath, [script, placeOf('Node 20') ?? ''], { cwd: await tempFolder() });
  await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/this is v20\./) });
});
