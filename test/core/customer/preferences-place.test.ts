import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { preferencesPlace } from '../../../src/core/customer/preferences-place.ts';
import type { CustomerRecord } from '../../../src/core/customer/record.ts';
import { escrow } from '../../../src/core/stories/escrow.ts';
import { handOver } from '../../../src/core/stories/hand-over.ts';
import { errorFrom } from '../../support/error-from.ts';
import { packFolder, packRecord } from '../../support/handed-over.ts';

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
  expect(await errorFrom(handOver(job()))).toMatchObject(refusal);
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
