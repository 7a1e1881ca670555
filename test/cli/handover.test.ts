import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeAgeKey, openWithKey } from '../support/age-tool.ts';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { type PackFolder, packFolder, packRecord, packSecret } from '../support/handed-over.ts';
import { runCli } from '../support/run-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function contoso(record = packRecord()): Promise<PackFolder & { readonly handover: typeof runCli }> {
  const folder = await packFolder(record);
  const { home } = folder;
  await writeFile(join(home, 'contoso.ta-customer.json'), JSON.stringify(contosoCustomer));
  const handover: typeof runCli = (args) =>
    runCli(['handover', 'contoso.ta-customer.json', ...args], { cwd: home });
  return { ...folder, handover };
}

const later = (months: number) => new Date(Date.now() + months * 30 * 86_400_000).toISOString();
const secret = (expiresAt: string) => ({
  keyId: 'key-1',
  hint: packSecret.slice(0, 3),
  displayName: 's',
  expiresAt,
});

test('lists the files, and says what comes next', async () => {
  const { home, out, handover } = await contoso(packRecord({ secret: secret(later(6)) }));
  const { code, stdout, stderr } = await handover(['--out', 'pack']);
  expect(stderr).toBe('');
  expect(stdout.replace(/node \S+cli\.js/, 'ta-exchange')).toBe(`  ✔ Written: ${out}
     report.html
     entry-sheet.html
     reminders.ics

Next
  Read report.html, and go through its checklist with the customer.
  contoso.ta-email.json contains the client secret. It stays with you: pass the secret on in person or by phone.
  To include the preferences, encrypted with a passphrase: ta-exchange handover contoso.ta-customer.json --out pack --secret encrypt
  To encrypt them for an age key instead, add --recipient and the key.
`);
  expect(code).toBe(0);
  const key = await makeAgeKey(join(home, 'key.txt'));
  const encrypted = await handover(['--out', 'pack', '--recipient', key.recipient]);
  expect(encrypted.stdout).not.toContain('To include the preferences');
});

test('before a client secret was made the next move is the set-up', async () => {
  const { secret: _, proof: __, preferences: ___, ...early } = packRecord();
  const { preferencesFile, handover } = await contoso(early);
  await rm(preferencesFile);
  const { stdout } = await handover(['--out', 'pack']);
  expect(stdout).toContain(
    'There is no client secret yet, and the report says so. Run this first, then hand over: ',
  );
  expect(stdout).not.toMatch(/To include the preferences|reminders\.ics/);
});

test('--json says the same as a document', async () => {
  const { home, out, handover } = await contoso(packRecord({ secret: secret(later(6)) }));
  const key = await makeAgeKey(join(home, 'key.txt'));
  const { code, stdout } = await handover(['--out', 'pack', '--recipient', key.recipient, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    folder: out,
    files: ['report.html', 'entry-sheet.html', 'reminders.ics', 'contoso.ta-email.json.age'],
    standing: 'ready',
    practice: false,
    places: [
      { kind: 'encrypted', file: 'contoso.ta-email.json.age', by: 'recipient' },
      { kind: 'preferences', file: 'contoso.ta-email.json' },
    ],
  });
  expect(await openWithKey(join(out, 'contoso.ta-email.json.age'), key)).toContain(packSecret);
});

test('what is not proved and what has expired is said at once', async () => {
  const { proof: _, ...unproved } = packRecord({ secret: secret(later(6)) });
  const first = await (await contoso(unproved)).handover(['--out', 'pack']);
  expect(first.stdout).toContain('Not proved yet, and the report says so. Run this first, then hand over: ');
  const expired = packRecord({ secret: secret('2026-01-01T00:00:00Z') });
  const second = await (await contoso(expired)).handover(['--out', 'pack']);
  expect(second.stdout).toContain('The client secret has expired, and the report says so');
  expect(second.stdout).not.toContain('reminders.ics');
  expect([first.code, second.code]).toEqual([0, 0]);
});

test.each([
  ['no folder', [], "required option '--out <folder>' not specified"],
  [
    'a policy that would hold the secret in clear',
    ['--out', 'p', '--secret', 'include'],
    "'include' is invalid",
  ],
  [
    'a passphrase where nobody can be asked',
    ['--out', 'p', '--secret', 'encrypt'],
    'No one can be asked here',
  ],
  ['a passphrase on the command line', ['--out', 'p', '--passphrase', 'x'], '--passphrase is refused'],
  [
    'a key and no encryption',
    ['--out', 'p', '--secret', 'omit', '--recipient', 'age1x'],
    'Leave one of them out.',
  ],
  ['a key that is none', ['--out', 'p', '--recipient', 'x'], 'The recipient is not an age key'],
  [
    'a file in place of the folder',
    ['--out', 'contoso.ta-customer.json'],
    'expected a path to a folder, found a file',
  ],
])('refuses %s with exit code 3', async (_, args, message) => {
  const { home, handover } = await contoso();
  const before = await readdir(home);
  const { code, stderr } = await handover(args);
  expect(stderr).toContain(message);
  expect(code).toBe(3);
  expect(await readdir(home)).toEqual(before);
});

test('preferences outside the folder of the record are taken where they are named, not where the record says', async () => {
  const elsewhere = await tempFolder();
  const outside = join(elsewhere, 'contoso.ta-email.json');
  const preferences = { file: outside, keyId: 'key-1', writtenAt: '2026-11-24T10:00:00Z' };
  const { home, preferencesFile, handover } = await contoso(packRecord({ preferences }));
  await rename(preferencesFile, outside);
  const { code, stderr } = await handover(['--out', 'pack']);
  expect(stderr).toContain(
    `contoso.ta-record.json names a preferences file outside its own folder: ${outside}.`,
  );
  expect(stderr).toContain('--preferences FILE');
  expect(code).toBe(3);
  expect(await readdir(home)).not.toContain('pack');
  const misspelt = await handover(['--out', 'pack', '--preferences', `${outside}x`]);
  expect([misspelt.code, misspelt.stderr]).toEqual([3, expect.stringContaining('does not exist')]);
  expect(await readdir(home)).not.toContain('pack');
  expect(await handover(['--out', 'pack', '--preferences', outside])).toMatchObject({ code: 0 });
});
