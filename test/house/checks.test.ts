import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { root } from '../support/source-imports.ts';

// What reads the code without running it. Beside the other tests, since hardly one of them keeps more than one core busy.

/** On a machine that is busy with other things too. */
vi.setConfig({ testTimeout: 900_000 });

test.concurrent.each([
  ['types', ['tsc', '--build']],
  ['lint', ['biome', 'ci', '--error-on-warnings']],
  ['unused', ['knip']],
  ['unused by what ships', ['knip', '--production', '--include', 'files']],
])('%s: nothing to say', async (_what, [tool = '', ...args]) => {
  const program = [join(root, 'scripts', 'run.mjs'), tool, ...args];
  const said = promisify(execFile)(process.execPath, program, { cwd: root, maxBuffer: 2 ** 26 });
  const { code, stdout, stderr } = await said.catch((failure) => failure);
  expect(code ?? 0, `${stdout}${stderr}`).toBe(0);
});
