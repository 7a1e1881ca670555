import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contoso, customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { endpointsOfTheArticle } from '../support/preferences.ts';
import { type ServedPractice, servedPractice } from '../support/served-practice.ts';

const whole = JSON.stringify(contoso, undefined, 2);
const without = (name: keyof typeof contoso) => JSON.stringify({ ...contoso, [name]: undefined });

/** Onboards from a customer file of this content: refused with exit code 3, nothing asked, nothing written. */
async function refusal(content: string | Uint8Array, ...args: string[]): Promise<string> {
  await using practice = await servedPractice();
  await practice.folder.write(customerName, content);
  const names = await practice.folder.names();
  const { code, stdout, stderr } = await practice.cli('onboard', customerName, '--yes', ...args);
  expect({ code, stdout, requests: practice.state.requests }).toEqual({ code: 3, stdout: '', requests: [] });
  expect(await practice.folder.names()).toEqual(names);
  expect(stderr).not.toMatch(/[^\P{Cc}\n]/u);
  return stderr.split('\n')[1] ?? '';
}

test.each([
  ['empty', '', `${customerName}: expected a JSON text, found an empty file.`],
  ['no JSON', '{ version: 1 }', `${customerName}, line 1`],
  ['a comment', `// ours\n${whole}`, `${customerName}, line 1`],
  ['a list', '[]', `${customerName}: expected an object, found a list.`],
  [
    'a name twice',
    whole.replace('"name"', '"version": 1, "name"'),
    'version (line 3, column 3): expected each field once.',
  ],
  ['a field that is missing', without('mail'), `${customerName}, mail: expected an object, found nothing.`],
  [
    'a field of another type',
    JSON.stringify({ ...contoso, name: 7 }),
    `${customerName}, name: expected one line of text, found a number.`,
  ],
  [
    'a misspelt field',
    whole.replace('"tenant"', '"tenent"'),
    'tenent: expected the field "tenant", found an unknown field.',
  ],
  [
    'a newer version',
    JSON.stringify({ ...contoso, version: 2 }),
    `${customerName}, version: expected 1 (a higher number means`,
  ],
  ['__proto__', whole.replace('"name"', '"__proto__": { "polluted": true }, "name"'), '__proto__'],
  [
    'two addresses',
    whole.replace('ta@contoso.com', 'ta@contoso.com, b@contoso.com'),
    'mail.fromAddress: expected an email address',
  ],
  [
    "everybody's tenant",
    whole.replace('"contoso.com"', '"common"'),
    "tenant: expected the customer's own tenant",
  ],
  [
    'a lifetime of no day',
    JSON.stringify({ ...contoso, app: { secret: { lifetimeDays: 0 } } }),
    'app.secret.lifetimeDays: expected a number of days from 1 to 730',
  ],
  [
    'an escape sequence in a name',
    JSON.stringify({ ...contoso, name: 'A\u001b]52;c;eA==\u0007' }),
    'name: expected one line of text',
  ],
  [
    'a name that reads backwards',
    JSON.stringify({ ...contoso, name: '\u202eosotnoC' }),
    'name: expected one line of text',
  ],
  [
    'a field named like an escape sequence',
    JSON.stringify({ ...contoso, 'a\u001b[31m': 1 }),
    'found an unknown field',
  ],
])('a customer file with %s', async (_what, content, sentence) => {
  expect(await refusal(content)).toContain(sentence);
});

test.each([1, 40, 120, whole.length - 3])('a customer file that ends after %i characters', async (length) => {
  expect(await refusal(whole.slice(0, length))).toContain(customerName);
});

test('a customer file that is not there, or is a folder', async () => {
  await using practice = await servedPractice();
  await mkdir(join(practice.folder.path, 'folder'));
  const missing = await practice.cli('plan', 'none.json');
  expect(missing.stderr).toContain('none.json does not exist.');
  const folder = await practice.cli('plan', 'folder');
  expect(folder.stderr).toContain('folder: expected a file, found a folder.');
  expect([missing.code, folder.code, practice.state.requests]).toEqual([3, 3, []]);
});

test('a byte order mark and UTF-16 are no mistake', async () => {
  await using practice = await servedPractice();
  await practice.folder.write(customerName, `\ufeff${whole}`);
  expect((await practice.cli('plan', customerName)).code).toBe(2);
  await practice.folder.write(customerName, Buffer.from(`\ufeff${whole}`, 'utf16le'));
  expect((await practice.cli('plan', customerName)).code).toBe(2);
});

test('markup and marks in a name are shown as what they are', async () => {
  const name = '<b>Müller & Söhne</b> "$(x)" \u{1f469}\u200d\u{1f4bb}';
  await using practice = await servedPractice({ customer: { ...contoso, name } });
  const { code, stdout } = await practice.cli('plan', customerName);
  expect(code).toBe(2);
  expect(stdout).toContain('<b>Müller & Söhne</b> "$(x)"');
});

test.each([
  ['a folder that is not there', join('nowhere', 'mail.json'), 3, 'expected a path in a folder that exists'],
  ['a folder', 'folder', 3, 'expected a path to a file, found a folder'],
  ['a link', 'link', 3, 'expected a path to a file, found a link or device'],
  ['a device', '/dev/null', 3, 'expected a path to a file, found a link or device'],
  [
    'the record, which would overwrite the secret',
    recordName,
    3,
    'is the place of a customer file, a record or a practice tenant',
  ],
  [
    'the customer file',
    './contoso.TA-customer.json',
    3,
    'is the place of a customer file, a record or a practice tenant',
  ],
  ['a folder that takes no file', '/proc/mail.json', 1, 'cannot be written'],
])('--out to %s is refused before any request', async (_what, out, exitCode, sentence) => {
  await using practice = await servedPractice();
  await mkdir(join(practice.folder.path, 'folder'));
  await symlink(join(practice.folder.path, 'elsewhere'), join(practice.folder.path, 'link'));
  const { code, stderr } = await practice.onboard('--out', out);
  expect({ code, requests: practice.state.requests }).toEqual({ code: exitCode, requests: [] });
  expect(stderr).toContain(sentence);
  expect(await practice.folder.names()).toEqual([customerName, 'folder', 'link']);
});

/** A preferences file whose secret is known, changed in one place. */
function preferences(change: (text: string) => string): string {
  const connection = {
    tenantId: '0b0c0d0e-1111-4111-a111-111111111111',
    clientId: '0b0c0d0e-2222-4222-a222-222222222222',
    fromName: 'Contoso',
    fromEmailAddress: 'ta@contoso.com',
    clientSecret: 'CANARY-of-a-secret-1234567890',
  };
  const apiEndpoints = endpointsOfTheArticle;
  return change(JSON.stringify({ version: 1, component: 'EXCH', connection, apiEndpoints }));
}

async function sendWith(practice: ServedPractice, content: string) {
  await practice.folder.write(preferencesName, content);
  return practice.cli('send', preferencesName, '--to', 'robin@contoso.com', '--verbose');
}

test.each([
  ['cut off', (text: string) => text.slice(0, 200), preferencesName],
  ['another component', (text: string) => text.replace('EXCH', 'SMTP'), 'component: expected EXCH'],
  [
    'the id of the secret for its value',
    (text: string) => text.replace('CANARY-of-a-secret-1234567890', '0b0c0d0e-3333-4333-a333-333333333333'),
    'a GUID is the secret ID',
  ],
  [
    'dots for the secret',
    (text: string) => text.replace('CANARY-of-a-secret-1234567890', '••••••••••••'),
    'these are the dots shown in its place',
  ],
  [
    'a token endpoint elsewhere',
    (text: string) => text.replace('login.microsoftonline.com', 'login.example.com'),
    'Token Endpoint: expected "https://login.microsoftonline.com/',
  ],
  [
    'a Graph endpoint elsewhere',
    (text: string) => text.replace('https://graph.microsoft.com/v1.0', 'http://127.0.0.1:8080/v1.0'),
    'Graph API Endpoint: expected',
  ],
])('preferences with %s are refused, and the secret is not quoted', async (_what, change, sentence) => {
  await using practice = await servedPractice();
  const { code, stdout, stderr } = await sendWith(practice, preferences(change));
  expect({ code, requests: practice.state.requests }).toEqual({ code: 3, requests: [] });
  expect(stderr).toContain(sentence);
  expect(stdout + stderr).not.toContain('CANARY');
});

test('damaged preferences and a damaged record stop an onboarding before the sign-in, and stay as they are', async () => {
  await using practice = await servedPractice();
  await practice.folder.write(preferencesName, '{ "version": 1');
  const one = await practice.onboard();
  expect(one.stderr).toContain(preferencesName);
  expect(await practice.folder.read(preferencesName)).toBe('{ "version": 1');

  await practice.folder.write(
    preferencesName,
    preferences((text) => text),
  );
  await practice.folder.write(recordName, '{}');
  const other = await practice.onboard();
  expect(other.stderr).toContain(recordName);
  expect(await practice.folder.read(recordName)).toBe('{}');
  expect([one.code, other.code]).toEqual([3, 3]);
  expect(practice.state.deviceCodes).toEqual([]);
});
