import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { withIntent } from '../../../src/core/customer/journal.ts';
import { withLock } from '../../../src/core/customer/lock.ts';
import { type CustomerRecord, clientIdIn } from '../../../src/core/customer/record.ts';
import { keepRecord, preferencesPlace, readRecord } from '../../../src/core/customer/record-file.ts';
import { escrow } from '../../../src/core/stories/escrow.ts';
import { writeHandOver } from '../../../src/core/stories/hand-over.ts';
import type { Failure } from '../../../src/core/words/failure.ts';
import { blankRecord } from '../../support/blank-record.ts';
import { errorFrom } from '../../support/error-from.ts';
import { packFolder, packRecord } from '../../support/handed-over.ts';
import { tempFile, tempFolder } from '../../support/temp-folder.ts';
import { textPlaces, withTextAt } from '../../support/text-places.ts';

const save = (path: string, record: CustomerRecord): Promise<void> =>
  withLock(path, 'test', (lock) => keepRecord(lock, record).save(record));

test('begins with the initial record and writes nothing until it is saved', async () => {
  const folder = await tempFolder();
  expect(await readRecord(join(folder, 'contoso.ta-record.json'), blankRecord())).toEqual(blankRecord());
  expect(await readdir(folder)).toEqual([]);
});

test('reads back what was saved, whatever the initial record', async () => {
  const path = join(await tempFolder(), 'contoso.ta-record.json');
  const grown = withIntent(blankRecord(), { at: 0, operation: 'op', step: 'register-application' });
  await save(path, grown);
  expect(await readRecord(path, blankRecord())).toEqual(grown);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('keeps what was saved last when saving fails', async () => {
  const path = join(await tempFolder(), 'contoso.ta-record.json');
  await withLock(path, 'test', async (lock) => {
    const file = keepRecord(lock, blankRecord());
    await file.save(blankRecord({ customer: 'first' }));
    await rm(path);
    await mkdir(path);
    expect(await errorFrom(file.save(blankRecord({ customer: 'second' })))).toMatchObject({
      name: 'Failure',
    });
    expect(file.current().customer).toBe('first');
  });
});

test('says at once when its folder is not there', async () => {
  const path = join(await tempFolder(), 'none', 'contoso.ta-record.json');
  expect(await errorFrom(readRecord(path, blankRecord()))).toMatchObject({
    code: 'TA-BAD-INPUT',
    exitCode: 3,
  });
});

test('sweeps what a killed run left beside it', async () => {
  const path = await tempFile('contoso.ta-record.json', JSON.stringify(blankRecord()));
  await writeFile(join(dirname(path), `.contoso.ta-record.json.ta-${2 ** 30}-0123456789ab.tmp`), 'torn');
  await readRecord(path, blankRecord());
  expect(await readdir(dirname(path))).toEqual(['contoso.ta-record.json']);
});

const otherTenant = { id: '2b4e28ba-2fa1-4d2c-883f-0016d3cca427', displayName: 'F', domain: 'fabrikam.com' };
test.each([
  ['a broken one', '{"version":1,', 'expected a field name'],
  ['one that lacks fields', '{"version":1}', 'customer: expected text, found nothing'],
  ['an unknown field', JSON.stringify({ ...blankRecord(), clientSecret: 'x' }), 'clientSecret: expected'],
  [
    'one of a newer version',
    JSON.stringify({ ...blankRecord(), version: 2 }),
    'version: expected 1 (a higher number means',
  ],
  [
    'one with a bad instant',
    JSON.stringify({ ...blankRecord(), proof: { at: 'today', keyId: 'k', roles: [] } }),
    'proof.at: expected a date and time such as',
  ],
  [
    'one whose secret expires on a day that there is not',
    JSON.stringify({
      ...blankRecord(),
      secret: { keyId: 'k', hint: 'Xy8', displayName: 'T&A', expiresAt: '2027-02-30T10:00:00Z' },
    }),
    'secret.expiresAt: expected a date and time such as',
  ],
  [
    'one of a production tenant',
    JSON.stringify(blankRecord({ kind: 'production' })),
    'kind: expected practice',
  ],
  [
    'one of another tenant',
    JSON.stringify(blankRecord({ tenant: otherTenant })),
    `tenant.id: expected the customer's tenant 1b4e28ba-`,
  ],
])('refuses %s and leaves it as it is', async (_, text, message) => {
  const path = await tempFile('contoso.ta-record.json', text);
  const failure = (await errorFrom(readRecord(path, blankRecord()))) as Failure;
  expect(failure).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
  expect(failure.message).toContain(message);
  expect(await readFile(path, 'utf8')).toBe(text);
});

const misplaced = 'Xy78Q~canary-canary.canary_canary~canary';

test.each(textPlaces(packRecord()))(
  'a secret in %s of a record is refused, and not quoted',
  async (place) => {
    const path = await tempFile('contoso.ta-record.json', withTextAt(packRecord(), place, misplaced));
    const failure = await errorFrom(readRecord(path, packRecord()));
    expect(failure).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
    expect(JSON.stringify(failure)).not.toContain(misplaced.slice(4, 16));
  },
);

const looked = vi.hoisted((): string[] => []);
vi.mock('../../../src/core/files/look-at.ts', async (original) => {
  const { lookAt } = await original<typeof import('../../../src/core/files/look-at.ts')>();
  const noting: typeof lookAt = (path, look) => {
    looked.push(path);
    return lookAt(path, look);
  };
  return { lookAt: noting };
});

const pointing = (file: string): CustomerRecord =>
  packRecord({ preferences: { file, keyId: 'key-1', writtenAt: '2026-11-24T10:00:00Z' } });

const outside = [
  '/tmp/outside.ta-email.json',
  '../outside.ta-email.json',
  'C:\\Users\\Public\\outside.ta-email.json',
  '\\\\evil.example\\outside\\a.ta-email.json',
  '//evil.example/outside/a.ta-email.json',
  'NUL.outside',
];

test.each(outside)('a record that names %s is refused before anything there is looked at', async (named) => {
  const { job, recordFile } = await packFolder(pointing(named));
  const refusal = {
    code: 'TA-PATH-OUTSIDE',
    exitCode: 3,
    message: `${recordFile} names a preferences file outside its own folder: ${named}.`,
  };
  expect(await errorFrom(preferencesPlace(recordFile, pointing(named), undefined))).toMatchObject(refusal);
  expect(await errorFrom(writeHandOver(job()))).toMatchObject(refusal);
  const noPorts = Object.create(null);
  const keeping = escrow({ ...job(), kind: 'production', wish: {} }, noPorts);
  expect(await errorFrom(keeping.next())).toMatchObject(refusal);
  expect(looked.filter((path) => path.includes('outside'))).toEqual([]);
});

test('within its folder the record is believed, and a person everywhere', async () => {
  const { home, recordFile } = await packFolder();
  await writeFile(join(home, 'other.ta-email.json'), '{}');
  expect(await preferencesPlace(recordFile, pointing('other.ta-email.json'), undefined)).toBe(
    join(home, 'other.ta-email.json'),
  );
  expect(await preferencesPlace(recordFile, pointing('../x'), '/elsewhere/a.json')).toBe('/elsewhere/a.json');
  expect(await preferencesPlace(recordFile, undefined, undefined)).toBe(join(home, 'contoso.ta-email.json'));
});

test.each(['', '.age'])(
  'files that were all renamed are still one customer: preferences with the ending "%s"',
  async (ending) => {
    const { home, recordFile } = await packFolder();
    const own = join(home, 'contoso.ta-email.json');
    await rm(own);
    const place = () => preferencesPlace(recordFile, pointing('before.ta-email.json'), undefined);
    expect(await place()).toBe(join(home, 'before.ta-email.json'));
    await writeFile(`${own}${ending}`, '{}');
    expect(await place()).toBe(own);
    await writeFile(join(home, `before.ta-email.json${ending}`), '{}');
    expect(await place()).toBe(join(home, 'before.ta-email.json'));
  },
);

test('what is kept by a client id is found by it before, within and after a removal', () => {
  const application = { uniqueName: 'x', objectId: 'o', clientId: 'c', createdAt: '2026-11-24T10:00:00Z' };
  const removal = { startedAt: '2026-11-25T10:00:00Z', application, grants: [] };
  const blank = blankRecord();
  const records = [
    { ...blank, application },
    { ...blank, application, removal },
    { ...blank, removal },
  ];
  expect([blank, ...records].map((record) => clientIdIn(record as CustomerRecord))).toEqual([
    undefined,
    'c',
    'c',
    'c',
  ]);
});
