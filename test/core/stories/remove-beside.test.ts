import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { lastCheckFileOf, renewalFilesOf } from '../../../src/core/customer/file-names.ts';
import { oldFileOf } from '../../../src/core/preferences/preferences-file.ts';
import { whatRemains } from '../../../src/core/setup/removal.ts';
import { onboarding } from '../../support/onboarding.ts';
import { removal } from '../../support/removing.ts';
import { scopedCustomer } from '../../support/scoped-customer.ts';

// What a removal does beside Microsoft Entra: files, Exchange. The Key Vault has its own file.

/** All that a set-up, a renewal, a check and an export may have left in the folder. */
async function everyFile() {
  const story = await onboarding();
  await story.run();
  story.clock.advance(60_000);
  const { preferences, record } = story.files;
  const { sheet, reminders } = renewalFilesOf(record);
  for (const path of [`${preferences}.age`, sheet, reminders, lastCheckFileOf(record)])
    await writeFile(path, 'x');
  await copyFile(preferences, oldFileOf(preferences));
  const names = async () => (await readdir(dirname(record))).filter((name) => !name.startsWith('.'));
  return { story, names };
}

test('with the preferences file, where that is wanted, go the one before it and the encrypted copy', async () => {
  const { story, names } = await everyFile();
  const { done } = await removal(story, { preferences: true });
  expect(done?.prepared.plan.changes.at(-1)?.kind).toBe('delete-preferences');
  expect((await names()).filter((name) => name.includes('ta-email'))).toEqual([]);
  expect((await story.record()).preferences).toBeUndefined();
});

test.each([false, true])(
  'whatever stays is named, where files are to be deleted: %s',
  async (preferences) => {
    const { story, names } = await everyFile();
    const { done } = await removal(story, { preferences });
    const words = done ? whatRemains(done).join('\n') : '';
    const others = (await names()).filter((name) => !/ta-(customer|record)\.json$/.test(name));
    expect(others).toHaveLength(preferences ? 3 : 6);
    for (const name of others) expect(words).toContain(name);
    for (const said of ['The customer file and the record stay', 'exported', 'handed over', 'VS Code'])
      expect(words).toContain(said);
  },
);

test('what Exchange grants is removed by a script, which is written beside the record', async () => {
  const story = await onboarding({ scenarios: ['mailbox-scoped'] });
  story.customer = Customer.parse(scopedCustomer);
  await story.run({ exchangePatienceMs: 9e6 });
  story.clock.advance(60_000);
  const before = await story.record();
  const { failure, done } = await removal(story);
  expect(failure).toBeUndefined();
  const name = done?.record.removal?.exchangeScript ?? '';
  expect(name).toBe('contoso.remove-from-exchange.ps1');
  const script = await readFile(story.files.record.replace('contoso.ta-record.json', name), 'utf8');
  expect(script).toContain(before.servicePrincipal?.objectId);
  expect(script).toContain('Remove-ManagementRoleAssignment');
});
