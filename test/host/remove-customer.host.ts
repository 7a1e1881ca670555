import assert from 'node:assert/strict';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { fields, valueAt } from '../../src/core/preferences/fields.ts';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../src/core/secret.ts';
import {
  type CustomerFolder,
  practiceRoom,
  run,
  withCustomer,
  withPerson,
  withPractice,
} from './support/rehearsal.ts';
import { esc, files, pick, type } from './support/script.ts';

const patience = 300_000;
const grace = { as: 'grace@contoso.com' };

const setUpAnd = (work: (customer: CustomerFolder) => Promise<void>, change?: object) =>
  withPractice([], () =>
    withCustomer(async (customer) => {
      const script = [pick('Copy Code & Open Browser'), pick('Make ')];
      await withPerson(script, grace, () => run('resumeSetUp', customer.uri));
      await work(customer);
    }, change),
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

    const forGood = [
      pick('Delete the File and the Copy in VS Code'),
      pick('No: Delete Permanently'),
      remove,
      type('Contoso Ltd'),
    ];
    const gone = await withPerson(forGood, grace, () => run('removeCustomer', uri));
    assert.match(gone.shown.at(-1) ?? '', /The application cannot be restored\./);
    assert.equal(record().removal?.permanent, true);
    assert.ok(!existsSync(path('email')));
  })).timeout(patience);

test('the copy in the Key Vault is deleted with the customer, after one more sign-in, and how it is recovered is told', () =>
  setUpAnd(async ({ uri, record }) => {
    const signIn = pick('Copy Code & Open Browser');
    await withPerson([signIn, pick('Write Secret')], grace, () => run('keepSecretInVault', uri));
    const [vault] = practiceRoom().running?.tenant.state.azure.vaults ?? [];
    assert.equal(vault?.secrets.length, 1);

    const deleting = pick('Delete It', /What should happen to the copy in the customer's Key Vault\?/);
    const script = [
      ...[pick('Keep the Preferences File'), deleting, pick('Yes, for 30 Days')],
      ...[pick('Remove from Contoso…'), type('Contoso Ltd'), signIn],
    ];
    const person = await withPerson(script, grace, () => run('removeCustomer', uri));
    assert.deepEqual([vault?.secrets.length, vault?.deletedSecrets.length], [0, 1]);
    assert.ok(person.shown.some((page) => page.includes('Copy in the Key Vault deleted')));
    assert.match(
      person.shown.at(-1) ?? '',
      /The vault keeps it until .*az keyvault secret recover --id https:/,
    );
    assert.deepEqual([record().escrow, record().otherCopies?.length], [undefined, 1]);
    assert.deepEqual(person.told, []);
  })).timeout(patience);

const clientIds = (isDeleted: boolean) =>
  practiceRoom()
    .running?.tenant.state.applications.filter(({ deletedAt }) => (deletedAt !== undefined) === isDeleted)
    .map(({ appId }) => appId);

for (const [answer, more, after] of [
  ['Restore', [], { isOld: true, deleted: 0 }],
  ['Register a New One', [], { isOld: false, deleted: 1 }],
  ['Delete Permanently…', [pick('Delete Permanently')], { isOld: false, deleted: 0 }],
] as const)
  test(`whoever is set up again after a removal is asked about the deleted application: ${answer}`, () =>
    setUpAnd(async ({ uri, record }) => {
      const { clientId: old = '' } = record().application ?? {};
      const removing = [
        pick('Keep the Preferences File'),
        pick('Yes, for 30 Days'),
        pick('Remove from Contoso…'),
        type('Contoso Ltd'),
      ];
      await withPerson(removing, grace, () => run('removeCustomer', uri));
      assert.deepEqual([clientIds(false), clientIds(true)], [[], [old]]);

      const deciding = pick(answer, /was deleted\. Do you want to restore it\?/);
      const person = await withPerson([deciding, ...more, pick('Make ')], grace, () =>
        run('resumeSetUp', uri),
      );
      assert.ok(person.shown.some((page) => page.includes(`Client ID: ${old}`)));
      assert.match(person.shown.at(-1) ?? '', /^\["Test email"/);
      assert.deepEqual(
        person.told.map(({ text }) => /permanently\? It cannot be restored\.$/.test(text)),
        more.map(() => true),
      );
      const { clientId } = record().application ?? {};
      assert.equal(clientId === old, after.isOld);
      assert.deepEqual([clientIds(false), clientIds(true)?.length], [[clientId], after.deleted]);
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
  setUpAnd(
    async ({ folder, path, record }) => {
      const pasted = join(folder, 'from-ta.json');
      copyFileSync(path('email'), pasted);
      const { clientId } = record().application ?? {};
      const ways = { copied: [pick('as text on the clipboard')], filed: [pick('as a file'), files(pasted)] };
      const adopting = (way: keyof typeof ways, answer: string) =>
        withPerson([...ways[way], files(taken(way)), pick(answer)], {}, async () => {
          await vscode.env.clipboard.writeText(await pastedFrom(pasted));
          await run('adoptRegistration');
        });
      const taken = (way: string): string => join(folder, `${way}.ta-customer.json`);
      const doubter = await adopting('copied', 'Leave It Alone');
      assert.ok(
        doubter.shown.some((page) => page.includes(`Does T&A work with the application ${clientId}`)),
      );
      assert.ok(!existsSync(taken('copied')));
      // It is needed again, for the next try.
      assert.equal(doubter.clipboard(), await pastedFrom(pasted));

      const whole = /The registration is as a set-up would create it\./;
      const lacking = /Changes that a set-up would make: 1.*Set Up Customer/;
      for (const [way, left] of [
        ['copied', whole],
        ['filed', lacking],
      ] as const) {
        if (left === lacking) practiceRoom().running?.tenant.state.grants.pop();
        const person = await adopting(way, 'Write the Files');
        assert.ok(
          person.shown.some((page) => page.includes(`Does T&A work with the application ${clientId}`)),
        );
        assert.match(person.shown.at(-1) ?? '', /contoso\.com is adopted\./);
        assert.match(person.shown.at(-1) ?? '', left);
        for (const kind of ['customer', 'email', 'record'])
          assert.ok(existsSync(join(folder, `${way}.ta-${kind}.json`)), kind);
        assert.deepEqual(person.opened, []);
        // Who copied the secret to bring it here has it in the file now; what lies there beside a file is not ours.
        assert.equal(person.clipboard() === '', way === 'copied');
        assert.equal(/clipboard is empty/.test(person.shown.at(-1) ?? ''), way === 'copied');
        await withPerson([pick('Forget')], {}, () => run('forgetCustomer', vscode.Uri.file(taken(way))));
      }
      // No customer of the workspace has this sender, so it is a new one.
    },
    { mail: { fromName: 'Contoso T&A', fromAddress: 'robin@contoso.com' } },
  )).timeout(patience);
