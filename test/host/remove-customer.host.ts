import assert from 'node:assert/strict';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { fields, valueAt } from '../../src/core/preferences/fields.ts';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../src/core/secret.ts';
import { type CustomerFolder, run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { esc, files, pick, type } from './support/script.ts';

const patience = 300_000;
const grace = { as: 'grace@contoso.com' };

const setUpAnd = (work: (customer: CustomerFolder) => Promise<void>) =>
  withPractice([], () =>
    withCustomer(async (customer) => {
      const script = [pick('Copy Code & Open Browser'), pick('Make ')];
      await withPerson(script, grace, () => run('resumeSetUp', customer.uri));
      await work(customer);
    }),
  );

test('a customer is removed after their name was entered, and what remains is told', () =>
  setUpAnd(async ({ uri, record, path }) => {
    const keep = [pick('Keep the Preferences File'), pick('Yes, for 30 Days')];
    const remove = pick('Remove from Contoso…');
    // A box that is left leads back to the plan.
    const stopped = await withPerson([...keep, remove, esc, pick('Cancel')], grace, () =>
      run('removeCustomer', uri),
    );
    assert.match(stopped.shown.at(-1) ?? '', /Stopped on request\. Nothing was removed\./);
    assert.equal(record().removal, undefined);

    const script = [...keep, remove, type('Fabrikam'), type('Contoso Ltd')];
    const person = await withPerson(script, grace, () => run('removeCustomer', uri));
    assert.deepEqual(person.problems, ['This is not the name of the customer.']);
    assert.equal(record().application, undefined);
    assert.notEqual(record().removal?.finishedAt, undefined);
    assert.match(
      person.shown.at(-1) ?? '',
      /Contoso Ltd is removed from the tenant\..*can be restored until/,
    );
    assert.deepEqual(person.told, []);
    assert.ok(existsSync(path('email')));
  })).timeout(patience);

/** Both tabs as a person copies them, the secret with them. */
async function pastedFrom(file: string): Promise<string> {
  const preferences = await readPreferences(file);
  const shown = fields.map((field) => [field, valueAt(field, preferences)] as const);
  return shown
    .map(([{ label }, value]) => `${label}: ${value instanceof Secret ? value.reveal() : value}`)
    .join('\n');
}

test('a registration is adopted by preferences in a file or on the clipboard, with the rights of the application itself', () =>
  setUpAnd(async ({ folder, path, record }) => {
    const pasted = join(folder, 'from-ta.json');
    copyFileSync(path('email'), pasted);
    const taken = join(folder, 'taken.ta-customer.json');
    const { clientId } = record().application ?? {};
    const before = [pick('A new customer'), files(taken)];
    const copied = [pick('as text on the clipboard'), ...before, pick('Leave It Alone')];
    const doubter = await withPerson(copied, {}, async () => {
      await vscode.env.clipboard.writeText(await pastedFrom(pasted));
      await run('adoptRegistration');
    });
    assert.ok(doubter.shown.some((page) => page.includes(`Does T&A work with the application ${clientId}`)));
    assert.ok(!existsSync(taken));

    const script = [pick('as a file'), files(pasted), ...before, pick('Write the Files')];
    const person = await withPerson(script, {}, () => run('adoptRegistration'));
    assert.ok(person.shown.some((page) => page.includes(`Does T&A work with the application ${clientId}`)));
    assert.match(person.shown.at(-1) ?? '', /contoso\.com is adopted\./);
    for (const kind of ['customer', 'email', 'record'])
      assert.ok(existsSync(join(folder, `taken.ta-${kind}.json`)), kind);
    assert.deepEqual(person.opened, []);
    await withPerson([pick('Forget')], {}, () => run('forgetCustomer', vscode.Uri.file(taken)));
  })).timeout(patience);
