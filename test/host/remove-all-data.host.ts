import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { Secret } from '../../src/core/secret.ts';
import { clientSecrets, createSecretKeeper } from '../../src/extension/shell/secret-keeper.ts';
import { forgetfulContext } from '../support/forgetful-context.ts';
import { run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { esc, pick } from './support/script.ts';
import { sendEmail } from './support/shell.ts';

test('every secret that VS Code keeps can be removed, and none of a customer that is not ours to list', async () => {
  const context = forgetfulContext();
  const keeper = createSecretKeeper(context, clientSecrets);
  const clients = ['one', 'two', 'three'];
  for (const client of clients) await keeper.keep(client, new Secret(`secret of ${client}`));
  await keeper.forget('two');
  await context.secrets.store('of another part', 'stays');
  await createSecretKeeper(context, clientSecrets).forgetAll();
  assert.deepEqual(await Promise.all(clients.map((client) => keeper.find(client))), [
    undefined,
    undefined,
    undefined,
  ]);
  assert.equal(await context.secrets.get('of another part'), 'stays');
});

test('Remove All Data leaves files alone, and the secret must be entered again', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path, record }) => {
      const acts = [pick('Copy Code & Open Browser'), pick('Make ')];
      await withPerson(acts, { as: 'grace@contoso.com' }, () => run('resumeSetUp', uri));
      const person = await withPerson([pick('Remove')], {}, () => run('removeAllData'));
      assert.match(person.told[0]?.detail ?? '', /Kept: the files on disk/);
      assert.ok(existsSync(path('email')) && record().application);
      rmSync(path('email'));
      const sender = await withPerson([esc], {}, async () => {
        await assert.rejects(sendEmail(uri, 'robin@contoso.com'), /client secret/);
      });
      assert.deepEqual(sender.told, []);
      const nobody = await withPerson([], {}, () => run('signOut'));
      assert.equal(nobody.told[0]?.text, 'You are not signed in.');
    }),
  )).timeout(300_000);

test('nothing is removed before the person has said so', async () => {
  const memory = vscode.extensions.getExtension('ta-exchange.ta-exchange-setup');
  assert.ok(memory);
  const person = await withPerson([esc], {}, () => run('removeAllData'));
  assert.equal(person.told.length, 1);
  assert.equal(person.told[0]?.modal, true);
});
