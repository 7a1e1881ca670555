import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { makeAgeKey } from '../support/age-tool.ts';
import { runAsAdmin } from './support/azure-admin.ts';
import { type CustomerFolder, run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { type Act, esc, files, pick, type } from './support/script.ts';

const patience = 300_000;

/** The customer's admin runs the script that was asked for like this, and saves what it prints. Gives what was said. */
async function sentBack({ uri, folder }: CustomerFolder, wish: readonly Act[]) {
  const script = join(folder, 'setup.sh');
  const asking = [pick('Azure CLI'), ...wish, files(script)];
  const asked = await withPerson(asking, {}, () => run('createAdminScript', uri));
  const { code, stdout, stderr } = await runAsAdmin(script, await practicePage(uri));
  assert.equal(code, 0, stderr);
  const result = join(folder, 'result.txt');
  writeFileSync(result, stdout);
  return { result, asked };
}

/** The practice tenant's page, where a code is entered. */
async function practicePage(uri: vscode.Uri): Promise<string> {
  const acts = [pick('Copy Text for the Admin'), pick('Cancel')];
  const person = await withPerson(acts, {}, () => run('signIn', uri));
  return new URL(/http:\/\/127\.0\.0\.1:\d+/.exec(person.clipboard())?.[0] ?? '').origin;
}

test('a result that is sealed for an age key of ours opens with its file, and git does not take the secret', () =>
  withPractice([], () =>
    withCustomer(async (customer) => {
      const { uri, folder, record } = customer;
      const { recipient, identityFile } = await makeAgeKey(join(folder, 'key.txt'));
      const secretHalf = /AGE-SECRET-KEY-\S+/.exec(readFileSync(identityFile, 'utf8'))?.[0] ?? '';
      const wish = [pick('Sealed for an age key'), type(secretHalf), type(recipient)];
      const { result, asked } = await sentBack(customer, wish);
      assert.equal(asked.problems.length, 1);
      assert.match(asked.shown.at(-1) ?? '', /The script is written: .*Import Administrator's Result…/);

      execFileSync('git', ['init', '-q', folder]);
      const fromFile = [pick('From a file'), files(result)];
      const declined = await withPerson([...fromFile, esc], {}, () => run('importAdminResult', uri));
      assert.match(
        declined.seen.at(-1)?.question ?? '',
        /This VS Code has no key that opens the client secret/,
      );
      assert.deepEqual(declined.told, []);
      // The script has drawn the unique name, so there is a record; nothing of the result is in it.
      assert.equal(record().application, undefined);

      const opened = [...fromFile, pick('Choose Key File…'), files(identityFile), pick('Add the Line')];
      await withPerson(opened, {}, () => run('importAdminResult', uri));
      assert.equal(record().proof?.keyId, record().secret?.keyId);
      assert.equal(readFileSync(join(folder, '.gitignore'), 'utf8'), '*.ta-email.json*\n');
    }),
  )).timeout(patience);

test('where the secret stays with the admin it is said so, and nothing here takes the customer for new', () =>
  withPractice([], () =>
    withCustomer(async (customer) => {
      const { uri, path } = customer;
      const { result } = await sentBack(customer, [pick('Not at all')]);
      const back = [pick('From a file'), files(result)];
      const imported = await withPerson(back, {}, () => run('importAdminResult', uri));
      assert.match(imported.shown.at(-1) ?? '', /The client secret is with the customer's administrator/);
      const vault = await withPerson([], {}, () => run('keepSecretInVault', uri));
      assert.match(vault.shown.at(-1) ?? '', /The client secret is not on this computer/);
      assert.equal(existsSync(path('email')), false);
    }),
  )).timeout(patience);
