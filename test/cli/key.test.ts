import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decryptWith, encryptFor } from '../../src/core/preferences/age.ts';
import { Secret } from '../../src/core/secret.ts';
import { runCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('makes a key that opens what is encrypted for its recipient, readable by the owner alone', async () => {
  const cwd = await tempFolder();
  const { code, stdout, stderr } = await runCli(['key', '--out', 'my key.txt'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [recipient = ''] = /\bage1[a-z0-9]+$/m.exec(stdout) ?? [];
  const file = await readFile(join(cwd, 'my key.txt'), 'utf8');
  expect(file).toMatch(/^# created: \S+\n# public key: age1[a-z0-9]+\nAGE-SECRET-KEY-1[A-Z0-9]+\n$/);
  expect(file).toContain(`# public key: ${recipient}\n`);
  expect((await stat(join(cwd, 'my key.txt'))).mode & 0o777).toBe(0o600);
  expect(stdout).not.toContain('AGE-SECRET-KEY');
  expect(stdout).toContain("--identity 'my key.txt'");
  const sealed = await encryptFor({ kind: 'recipient', key: recipient }, 'hidden');
  expect(await decryptWith({ kind: 'key file', text: new Secret(file) }, sealed)).toBe('hidden');
});

test('--json names the file and the recipient', async () => {
  const cwd = await tempFolder();
  const { stdout } = await runCli(['key', '--out', 'key.txt', '--json'], { cwd });
  expect(JSON.parse(stdout)).toEqual({
    file: 'key.txt',
    recipient: expect.stringMatching(/^age1[a-z0-9]+$/),
    notes: [],
  });
});

test('a key that exists is never overwritten', async () => {
  const cwd = await tempFolder();
  await writeFile(join(cwd, 'key.txt'), 'an older key');
  const { code, stderr } = await runCli(['key', '--out', 'key.txt'], { cwd });
  expect(code).toBe(3);
  expect(stderr).toContain('key.txt already exists. No key was written.');
  expect(await readFile(join(cwd, 'key.txt'), 'utf8')).toBe('an older key');
});
