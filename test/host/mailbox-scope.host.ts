import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { practiceRoom, run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { files, pick, type } from './support/script.ts';

const patience = 300_000;
const grace = { as: 'grace@contoso.com' };

test('one mailbox only: set up, wait for Exchange, its script, proof', () =>
  withPractice(['mailbox-scoped'], () =>
    withCustomer(async ({ uri, folder, path, record }) => {
      const state = practiceRoom().running?.tenant.state;
      assert.ok(state);
      // The Exchange administrator acts once the script is written, however slow the machine is.
      state.colleagueScopesAfterMs = undefined;
      const customer = JSON.parse(readFileSync(path('customer'), 'utf8'));
      const mail = { ...customer.mail, otherMailbox: 'robin@contoso.com' };
      writeFileSync(path('customer'), JSON.stringify({ ...customer, scope: 'mailbox', mail }));
      const acts = [pick('Copy Code & Open Browser'), pick('Make ')];
      const person = await withPerson(acts, grace, () => run('resumeSetUp', uri));
      assert.match(
        person.shown.at(-1) ?? '',
        /Waiting for Exchange: it does not let the app into ta@contoso\.com yet/,
      );
      assert.equal(record().mailboxScope?.state, 'waiting for Exchange');

      const file = join(folder, 'scope.ps1');
      const written = await withPerson([files(file)], {}, () => run('createMailboxScopeScript', uri));
      assert.match(
        written.shown.at(-1) ?? '',
        /The script is written: scope\.ps1.*Exchange administrator.*Open Script.*Prove Mailbox Scope/,
      );
      assert.deepEqual(written.told, []);
      assert.match(readFileSync(file, 'utf8'), /New-ManagementRoleAssignment/);
      state.colleagueScopesAfterMs = 0;
      // Where no other mailbox is named, it is asked for.
      writeFileSync(path('customer'), JSON.stringify({ ...customer, scope: 'mailbox' }));
      const other = [type('ta@contoso.com'), type(' Robin <robin@contoso.com>')];
      const proving = await withPerson(other, {}, () => run('proveMailboxScope', uri));
      assert.deepEqual(proving.problems, ['This is the sender itself. Name another mailbox.']);
      assert.match(
        proving.shown.at(-1) ?? '',
        /Proved: the app can use ta@contoso\.com, and is kept out of robin@contoso\.com\..*Send Test Email/,
      );
      assert.equal(record().mailboxScope?.state, 'proved');
      assert.equal(record().mailboxScope?.otherMailbox, 'robin@contoso.com');
      assert.equal(record().verification?.recipients[0]?.outcome, 'inbox');
    }),
  )).timeout(patience);

test('a customer of the whole tenant gets no script for Exchange', () =>
  withCustomer(async ({ uri }) => {
    const person = await withPerson([], {}, () => run('createMailboxScopeScript', uri));
    assert.match(person.told.at(-1)?.text ?? '', /does not ask for one mailbox only/);
  })).timeout(patience);
