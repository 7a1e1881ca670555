import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { decryptWith } from '../../../src/core/preferences/age.ts';
import { readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import { writeHandOver } from '../../../src/core/stories/hand-over.ts';
import { makeAgeKey, openWithKey } from '../../support/age-tool.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { errorFrom } from '../../support/error-from.ts';
import { packFolder, packRecord, packSecret, packTime } from '../../support/handed-over.ts';
import { filesBelow, findIn } from '../../support/hiding-places.ts';
import { pageText } from '../../support/page-text.ts';
import { runAsUser } from '../../support/run-as-user.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const papers = ['report.html', 'entry-sheet.html', 'reminders.ics'];
const inFolder = (files: readonly string[]) => [...files, 'hand-over.json'].sort();

const disguisedIn = async (folder: string): Promise<string[]> => findIn(await filesBelow(folder), packSecret);

test('writes a folder for the customer, readable by the owner alone, and no secret in any disguise', async () => {
  const { home, out, job } = await packFolder();
  const handed = await writeHandOver(job());
  const place = { kind: 'preferences', file: 'contoso.ta-email.json' };
  const open = { gap: undefined, adopt: undefined, practice: false };
  expect(handed).toEqual({ folder: out, files: papers, standing: 'ready', places: [place], ...open });
  expect((await readdir(out)).sort()).toEqual(inFolder(papers));
  for (const name of await readdir(out)) expect((await stat(join(out, name))).mode & 0o777, name).toBe(0o600);
  expect(await disguisedIn(out)).toEqual([]);
  expect((await readdir(home)).sort()).toEqual(['contoso.ta-email.json', 'contoso.ta-record.json', 'pack']);
  const sheet = await readFile(join(out, 'entry-sheet.html'), 'utf8');
  // Whoever reads it has no such file.
  expect(sheet).toContain('(left out; ask the person who did the set-up, signed in as grace@contoso.com)');
  const texts = Object.values(await filesBelow(out)).join('\n');
  expect(texts).not.toContain('ta-email.json');
  expect((await readFile(join(out, 'reminders.ics'))).subarray(-2)).toEqual(Buffer.from('\r\n'));
});

test('with a recipient the preferences are in it, and an age reader opens them; nothing else holds the secret', async () => {
  const { home, out, job, preferencesFile } = await packFolder();
  const key = await makeAgeKey(join(home, 'key.txt'));
  const handed = await writeHandOver(job({ reader: { kind: 'recipient', key: key.recipient } }));
  expect(handed.files).toEqual([...papers, 'contoso.ta-email.json.age']);
  expect(await disguisedIn(out)).toEqual([]);
  const sealed = join(out, 'contoso.ta-email.json.age');
  expect(await openWithKey(sealed, key)).toBe(await readFile(preferencesFile, 'utf8'));
  const report = pageText(await readFile(join(out, 'report.html'), 'utf8'));
  expect(report).toContain('`age --decrypt -i KEYFILE contoso.ta-email.json.age`');
  expect(await readFile(join(out, 'entry-sheet.html'), 'utf8')).toContain(
    'it is in contoso.ta-email.json.age)',
  );
});

test('a hand-over is encrypted with a passphrase too', async () => {
  const { home, out, job } = await packFolder();
  const passphrase = 'correct horse battery';
  await writeHandOver(job({ reader: { kind: 'passphrase', passphrase: new Secret(passphrase) } }));
  expect(await disguisedIn(out)).toEqual([]);
  const sealed = await readFile(join(out, 'contoso.ta-email.json.age'), 'utf8');
  const opened = join(home, 'opened.ta-email.json');
  await writeFile(
    opened,
    await decryptWith({ kind: 'passphrase', passphrase: new Secret(passphrase) }, sealed),
  );
  expect((await readPreferences(opened)).connection.clientSecret.reveal()).toBe(packSecret);
  const texts = Object.values(await filesBelow(out)).join('\n');
  expect(texts).not.toContain(passphrase);
}, 180_000);

test('a second hand-over renews the folder: what is no longer part of it goes, what others put there stays', async () => {
  const { home, out, job } = await packFolder();
  const { recipient: key } = await makeAgeKey(join(home, 'key.txt'));
  await writeHandOver(job({ reader: { kind: 'recipient', key } }));
  await writeFile(join(out, 'signed.pdf'), 'by the customer');
  await writeHandOver(job({ now: packTime + 86_400_000 }));
  expect((await readdir(out)).sort()).toEqual(inFolder([...papers, 'signed.pdf']));
  expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('written on 2026-11-25');
});

test('an empty folder is used as it is', async () => {
  const { out, job } = await packFolder();
  await mkdir(out);
  await writeHandOver(job());
  expect((await readdir(out)).sort()).toEqual(inFolder(papers));
});

test('what a killed hand-over left beside the folder is swept away', async () => {
  const { home, job } = await packFolder();
  const left = join(home, '.pack.ta-999999999-0123456789ab.tmp');
  await mkdir(left);
  await writeFile(join(left, 'report.html'), 'half');
  await writeHandOver(job());
  expect(await readdir(home)).not.toContain('.pack.ta-999999999-0123456789ab.tmp');
});

async function refused(folder: Awaited<ReturnType<typeof packFolder>>, job = folder.job()) {
  const before = (await readdir(folder.home)).sort();
  const failure = await errorFrom(writeHandOver(job));
  expect((await readdir(folder.home)).sort()).toEqual(before);
  return failure;
}

test('a customer who was never set up is refused', async () => {
  const folder = await packFolder();
  const message = 'Contoso Ltd is not set up yet, so there is nothing to hand over.';
  await writeFile(folder.recordFile, JSON.stringify({ ...packRecord(), application: undefined }));
  expect(await refused(folder)).toMatchObject({ code: 'TA-NOT-SET-UP', exitCode: 3, message });
  await rm(folder.recordFile);
  expect(await refused(folder)).toMatchObject({ code: 'TA-NOT-SET-UP', message });
});

test.each([
  ['another tenant by its id', { tenant: '2c4e28ba-2fa1-4d2c-883f-0016d3cca427' }, 'its tenant is'],
  ['another tenant by its domain', { tenant: 'fabrikam.com', name: 'Fabrikam' }, 'its tenant is contoso.com'],
  ['another cloud', { cloud: 'china' }, 'its cloud is global, in the customer file it is china'],
])('the record of %s is refused', async (_, change, message) => {
  const folder = await packFolder();
  const customer = Customer.parse({ ...contosoCustomer, ...change });
  expect(await refused(folder, folder.job({ customer }))).toMatchObject({
    code: 'TA-OTHER-RECORD',
    message: expect.stringContaining(message),
  });
});

test('another domain of the same customer is none', async () => {
  const { job } = await packFolder();
  const customer = Customer.parse({ ...contosoCustomer, tenant: 'contoso.onmicrosoft.com' });
  expect((await writeHandOver(job({ customer }))).standing).toBe('ready');
});

test('preferences that say something else than customer and record are refused, field by field', async () => {
  const folder = await packFolder(
    packRecord({ secret: { keyId: 'k', hint: 'xyz', displayName: 's', expiresAt: '2027-05-23T10:00:00Z' } }),
  );
  const mail = { ...contosoCustomer.mail, fromName: 'Payroll' };
  const customer = Customer.parse({ ...contosoCustomer, mail });
  const failure = await refused(folder, folder.job({ customer }));
  expect(failure).toMatchObject({ code: 'TA-OTHER-PREFERENCES' });
  expect(String(failure)).toMatch(
    /does not match the customer file and the record: From name, Client Secret\./,
  );
});

test('encrypting needs the preferences file', async () => {
  const folder = await packFolder();
  const { recipient: key } = await makeAgeKey(join(await tempFolder(), 'key.txt'));
  await rm(folder.preferencesFile);
  const failure = await refused(folder, folder.job({ reader: { kind: 'recipient', key } }));
  expect(failure).toMatchObject({ code: 'TA-NO-SECRET-HERE' });
});

test('a wrong key is refused before anything is written', async () => {
  const folder = await packFolder();
  const failure = await refused(folder, folder.job({ reader: { kind: 'recipient', key: 'age1nonsense' } }));
  expect(failure).toMatchObject({ code: 'TA-ENCRYPTION' });
});

test.each([
  ['a file', (path: string) => writeFile(path, ''), 'TA-BAD-INPUT'],
  ['a link', (path: string) => symlink('/tmp', path), 'TA-BAD-INPUT'],
  [
    'a folder with other files',
    async (path: string) => {
      await mkdir(path);
      await writeFile(join(path, 'holiday.jpg'), '');
    },
    'TA-FOLDER-IN-USE',
  ],
  [
    'a folder whose label names a way out of it',
    async (path: string) => {
      await mkdir(path);
      const label = {
        version: 1,
        customer: 'x',
        tenantId: 'x',
        clientId: 'x',
        files: ['../contoso.ta-email.json'],
      };
      await writeFile(join(path, 'hand-over.json'), JSON.stringify(label));
    },
    'TA-BAD-INPUT',
  ],
])('%s in its place is refused', async (_, put, code) => {
  const folder = await packFolder();
  await put(folder.out);
  expect(await refused(folder)).toMatchObject({ code, exitCode: 3 });
});

test('the pack of another app is not overwritten', async () => {
  const other = await packFolder();
  await writeHandOver(other.job());
  const application = {
    uniqueName: 'x',
    objectId: 'x',
    clientId: '5b0c1d5e-0000-4000-8000-0000000000ff',
    createdAt: '2026-11-24T10:00:00Z',
  };
  const folder = await packFolder(packRecord({ application }));
  expect(await refused(folder, folder.job({ folder: other.out }))).toMatchObject({
    code: 'TA-FOLDER-IN-USE',
  });
});

test('a folder that is not there to hold it, and one that may not be written to', async () => {
  const folder = await packFolder();
  const nowhere = join(folder.home, 'no', 'pack');
  expect(await refused(folder, folder.job({ folder: nowhere }))).toMatchObject({ code: 'TA-BAD-INPUT' });

  const locked = join(folder.home, 'locked');
  await mkdir(locked, { mode: 0o555 });
  await chmod(folder.home, 0o755);
  await chmod(folder.recordFile, 0o644);
  await rm(folder.preferencesFile);
  const job = folder.job({ folder: join(locked, 'pack') });
  const module = new URL('../../../src/core/stories/hand-over.ts', import.meta.url);
  expect(await runAsUser(module, 'writeHandOver', [job])).toBe('TA-CANNOT-WRITE');
  expect(await readdir(locked)).toEqual([]);
});
