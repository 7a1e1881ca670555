import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { cliEntry, cliEnvironment } from '../support/cli-entry.ts';
import { customerFolder, customerName, preferencesName, recordName } from '../support/customer-folder.ts';

type Sink = 'pipe' | 'closed' | 'full';

/** Onboards on the practice tenant with streams that cannot be written; what is left of them, and of the run. */
async function onboardInto(stdout: Sink, stderr: Sink, ...flags: string[]) {
  await using folder = await customerFolder();
  await using full = existsSync('/dev/full') ? await open('/dev/full', 'w') : undefined;
  const sink = (kind: Sink) => (kind === 'full' ? (full?.fd ?? 'ignore') : 'pipe');
  const args = [cliEntry(), 'onboard', customerName, '--practice', '--yes', ...flags];
  const child = spawn(process.execPath, args, {
    cwd: folder.path,
    env: cliEnvironment(),
    stdio: ['ignore', sink(stdout), sink(stderr)],
  });
  const seen = { stdout: '', stderr: '' };
  child.stdout?.on('data', (bytes) => {
    seen.stdout += bytes;
    if (stdout === 'closed') child.stdout?.destroy();
  });
  child.stderr?.on('data', (bytes) => {
    seen.stderr += bytes;
    if (stderr === 'closed') child.stderr?.destroy();
  });
  const [code] = await once(child, 'close');
  const names = await folder.names();
  const record = names.includes(recordName) ? JSON.parse(await folder.read(recordName)) : undefined;
  return { ...seen, code, names, record };
}

function expectFinished({ names, record, stderr }: Awaited<ReturnType<typeof onboardInto>>): void {
  expect(names).toEqual([customerName, preferencesName, recordName, 'practice.state'].sort());
  expect(record.proof.roles).toContain('Mail.Send');
  expect(stderr).not.toMatch(/^\s+at /m);
}

test.each([
  ['stdout', 'closed', 'pipe', []],
  ['stderr', 'pipe', 'closed', ['--verbose']],
  ['stderr beside a document', 'pipe', 'closed', ['--json', '--verbose']],
] as const)('a reader of %s that goes away does not end the run', async (_what, stdout, stderr, flags) => {
  const ended = await onboardInto(stdout, stderr, ...flags);
  expectFinished(ended);
  expect(ended.code).toBe(0);
});

test.runIf(existsSync('/dev/full'))(
  'a full disk under stdout does not end the run, and is told',
  async () => {
    const ended = await onboardInto('full', 'pipe');
    expectFinished(ended);
    expect(ended.stderr).toContain('The output cannot be written (ENOSPC).');
    expect(ended.code).toBe(1);
  },
);

test.runIf(existsSync('/dev/full'))('a full disk under stderr leaves the document whole', async () => {
  const ended = await onboardInto('pipe', 'full', '--json', '--verbose');
  expectFinished(ended);
  expect(JSON.parse(ended.stdout)).toMatchObject({ record: ended.record });
  expect(ended.code).toBe(1);
});

test.runIf(existsSync('/dev/full')).each(['--version', '--help'])(
  'a full disk under stdout of %s is told, and is a failure',
  async (option) => {
    await using full = await open('/dev/full', 'w');
    const child = spawn(process.execPath, [cliEntry(), option], {
      env: cliEnvironment(),
      stdio: ['ignore', full.fd, 'pipe'],
    });
    let said = '';
    child.stderr?.on('data', (bytes) => {
      said += bytes;
    });
    const [code] = await once(child, 'close');
    expect([code, said]).toEqual([1, 'The output cannot be written (ENOSPC).\n']);
  },
);
