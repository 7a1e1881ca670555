import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { armor, Decrypter } from 'age-encryption';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { type CustomerFolder, run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { esc, files, pick, type } from './support/script.ts';
import { handOverStageOf } from './support/shell.ts';

const patience = 300_000;
const passphrase = 'correct horse battery staple';

/** A customer whose preferences are written. */
const withPreferences = (work: (customer: CustomerFolder) => Promise<void>) =>
  withPractice([], () =>
    withCustomer(async (customer) => {
      const acts = [pick('Copy Code & Open Browser'), pick('Make ')];
      await withPerson(acts, { as: 'grace@contoso.com' }, () => run('resumeSetUp', customer.uri));
      await work(customer);
    }),
  );

test('an export can be encrypted with a passphrase, which must be long and typed twice', () =>
  withPreferences(async ({ uri, folder, path }) => {
    const copy = join(folder, 'copy.json.age');
    const typed = [type('too short'), type(passphrase), type('another passphrase'), type(passphrase)];
    const acts = [pick('JSON'), pick('Encrypted'), ...typed, files(copy)];
    const person = await withPerson(acts, {}, () => run('exportPreferences', uri));
    assert.equal(person.problems.length, 2);
    const text = readFileSync(copy, 'utf8');
    const { clientSecret } = (await readPreferences(path('email'))).connection;
    assert.ok(!text.includes(clientSecret.reveal()));
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    const opened = await decrypter.decrypt(armor.decode(text), 'text');
    assert.equal(JSON.parse(opened).connection.clientSecret, clientSecret.reveal());
  })).timeout(patience);

test('an export can leave the secret out, and says where it is', () =>
  withPreferences(async ({ uri, folder, path }) => {
    const copy = join(folder, 'copy.ini');
    const acts = [pick('INI'), pick('Without'), files(copy)];
    const person = await withPerson(acts, {}, () => run('exportPreferences', uri));
    const [formats, policies] = person.seen.map(({ labels }) => labels);
    assert.match(formats?.[0] ?? '', /^Entry sheet/);
    assert.deepEqual(policies, [
      'Without the client secret',
      'Encrypted with a passphrase',
      'Encrypted for an age key',
      '$(warning) Include the secret as plain text',
    ]);
    assert.deepEqual(person.told, []);
    assert.ok((await handOverStageOf(uri)).includes(`Exported: ${basename(copy)}`));
    const text = readFileSync(copy, 'utf8');
    const { clientSecret } = (await readPreferences(path('email'))).connection;
    assert.ok(!text.includes(clientSecret.reveal()));
    assert.ok(text.includes('(left out; it is in '));
  })).timeout(patience);

test('Esc at any question of an export writes nothing', () =>
  withPreferences(async ({ uri, folder }) => {
    const questions = [pick('JSON'), pick('Encrypted'), type(passphrase), type(passphrase), files()];
    for (const [index] of questions.entries()) {
      const acts = index === questions.length - 1 ? questions : [...questions.slice(0, index), esc];
      const person = await withPerson(acts, {}, () => run('exportPreferences', uri));
      assert.deepEqual(person.told, []);
    }
    assert.ok(!existsSync(join(folder, 'contoso.ta-email.copy.json')));
  })).timeout(patience);
