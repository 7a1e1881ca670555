import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { withLock } from '../../../src/core/customer/lock.ts';
import { importPreferences } from '../../../src/core/preferences/import.ts';
import { adopt } from '../../../src/core/stories/adopt.ts';
import { escrow } from '../../../src/core/stories/escrow.ts';
import { endRenewal } from '../../../src/core/stories/finish-renewal.ts';
import { writeHandOver } from '../../../src/core/stories/hand-over.ts';
import { keepPreferences } from '../../../src/core/stories/import-preferences.ts';
import { importResult } from '../../../src/core/stories/import-result.ts';
import { onboard } from '../../../src/core/stories/onboard.ts';
import { remove } from '../../../src/core/stories/remove.ts';
import { renew } from '../../../src/core/stories/renew.ts';
import { proveOneMailbox } from '../../../src/core/stories/scope.ts';
import { scriptForAdmin } from '../../../src/core/stories/script-for-admin.ts';
import { confirmReceipt } from '../../../src/core/stories/send.ts';
import { setUpPart } from '../../../src/core/stories/set-up-part.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';
import { sourceFiles } from '../../support/source-imports.ts';

/** Every story by the file that it stands in; begun, so that it has asked for the lock. */
function begin({ customer, files, http, clock }: Onboarding): Record<string, () => Promise<unknown>> {
  const ports = { http, clock, random: () => 0, signal: undefined };
  const never = () => Promise.reject(new Error('asked while another run works'));
  const asked = { askName: never, confirmPurge: never, askSecret: never };
  const people = { signIn: never, confirm: never, signInToAzure: never, choose: never, ...asked };
  const who = { kind: 'practice', by: 'test' } as const;
  const job = { customer, files, ...who, mail: undefined };
  const { record: recordFile, preferences } = files;
  const folder = dirname(recordFile);
  const wish = { form: 'powershell', out: join(folder, 'a.ps1'), recipient: undefined } as const;
  const pack = { customer, recordFile, by: 'test', folder: join(folder, 'pack'), reader: undefined };
  const said = { code: 'TA-1', address: 'robin@contoso.com', readBack: 'TA-1' };
  const result = { name: 'result.txt', text: '' };
  return {
    onboard: () => onboard(job, { ...ports, ...people }).next(),
    'set-up-part': () =>
      setUpPart({ ...job, part: 'secret', made: undefined }, { ...ports, ...people }).next(),
    'import-result': () => importResult({ ...job, result, keyFile: undefined }, ports).next(),
    'script-for-admin': () => scriptForAdmin(job, wish, ports),
    scope: () => proveOneMailbox(job, ports).next(),
    'hand-over': () => writeHandOver({ ...pack, now: clock.now() }),
    renew: () => renew(job, { ...ports, ...people, vault: people }).next(),
    'finish-renewal': () => endRenewal(job, { ...ports, ...people }).next(),
    remove: () => {
      const removal = { preferences: false, vault: false, exchangeScript: join(folder, 'b.ps1') };
      return remove({ ...job, wish: removal, purge: false }, { ...ports, ...people }).next();
    },
    adopt: () => {
      const from = { kind: 'client id', clientId: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427' } as const;
      const customerFile = recordFile.replace('ta-record', 'ta-customer');
      return adopt(
        { ...who, from, customerFile, preferencesFile: preferences },
        { ...ports, ...people },
      ).next();
    },
    escrow: () => escrow({ customer, recordFile, ...who, wish: {} }, { ...ports, ...people }).next(),
    send: () => confirmReceipt({ recordFile, by: 'test' }, said),
    async 'import-preferences'() {
      const { preferences: found } = await importPreferences(preferences);
      const keeping = { found, cloud: clouds.global, out: preferences, recordFile, by: 'test' };
      return await keepPreferences(keeping, never);
    },
  };
}

test('no story begins while another run works on the customer, and none leaves a trace', async () => {
  const story = await onboarding();
  expect((await story.run()).failure).toBeUndefined();
  const { record } = story.files;
  const before = [await readFile(record, 'utf8'), await readdir(dirname(record))];
  const stories = begin(story);
  for (const [name, start] of Object.entries(stories)) {
    const starting = withLock(record, 'VS Code', start);
    await expect(starting, name).rejects.toMatchObject({ code: 'TA-BUSY' });
  }
  expect([await readFile(record, 'utf8'), await readdir(dirname(record))]).toEqual(before);
});

test('every file among the stories that takes the lock is tried here', () => {
  const takes = sourceFiles('src/core/stories').filter(({ text }) => /\b(?:withLock|locked)\(/.test(text));
  const names = takes.map(({ path }) => path.replace(/.*\/|\.ts$/g, ''));
  expect(names.sort()).toEqual(
    Object.keys(begin(Object.create({ files: { record: '', preferences: '' } }))).sort(),
  );
});
