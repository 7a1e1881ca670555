import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { filesBelow, findIn } from '../support/hiding-places.ts';
import { type CustomerFolder, run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { esc, files, pick, type } from './support/script.ts';
import { handOverStageOf } from './support/shell.ts';

const patience = 300_000;
const grace = { as: 'grace@contoso.com' };

const setUp = ({ uri }: CustomerFolder) =>
  withPerson([pick('Copy Code & Open Browser'), pick('Make ')], grace, () => run('resumeSetUp', uri));

const setUpAnd = (work: (customer: CustomerFolder) => Promise<void>) =>
  withPractice([], () =>
    withCustomer(async (customer) => {
      await setUp(customer);
      await work(customer);
    }),
  );

test('a customer is handed over: the folder is written, the report opens, the secret is in no file', () =>
  setUpAnd(async ({ uri, folder, path }) => {
    const script = [pick('Without the client secret'), files(folder)];
    const person = await withPerson(script, {}, () => run('handOver', uri));
    const pack = join(folder, 'Contoso Ltd - T&A email hand-over');
    assert.deepEqual(readdirSync(pack).sort(), [
      'entry-sheet.html',
      'hand-over.json',
      'reminders.ics',
      'report.html',
    ]);
    const { clientSecret } = (await readPreferences(path('email'))).connection;
    assert.deepEqual(findIn(await filesBelow(pack), clientSecret.reveal()), []);
    assert.deepEqual(person.opened, [vscode.Uri.file(join(pack, 'report.html')).toString(true)]);
    assert.deepEqual(person.told, []);
    const shown = await handOverStageOf(uri);
    for (const part of [
      pack,
      'Its report says that no test email has been seen to arrive yet.',
      'Open Entry Sheet',
    ])
      assert.ok(shown.includes(part), shown);
  })).timeout(patience);

test('the preferences go into it encrypted for a passphrase or a key, when wanted', () =>
  setUpAnd(async ({ uri, folder }) => {
    const sealed = join(folder, 'Contoso Ltd - T&A email hand-over', 'contoso.ta-email.json.age');
    const phrase = 'correct horse battery';
    const byPhrase = [pick('passphrase'), type(phrase), type('another one'), type(phrase), files(folder)];
    const person = await withPerson(byPhrase, {}, () => run('handOver', uri));
    assert.deepEqual(person.problems, ['The two are not the same.']);
    const first = readFileSync(sealed, 'utf8');
    assert.match(first, /^-----BEGIN AGE ENCRYPTED FILE-----/);
    const key = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
    const byKey = [pick('age key'), type('AGE-SECRET-KEY-1'), type(key), files(folder)];
    const second = await withPerson(byKey, {}, () => run('handOver', uri));
    assert.match(second.problems.join('\n'), /^This is the secret half of an age key\..+$/);
    assert.notEqual(readFileSync(sealed, 'utf8'), first);
  })).timeout(patience);

test('a folder that holds something else is refused, and Esc at any question writes nothing', () =>
  setUpAnd(async ({ uri, folder }) => {
    const pack = join(folder, 'Contoso Ltd - T&A email hand-over');
    for (const script of [[esc], [pick('Without the client secret'), files()]]) {
      const person = await withPerson(script, {}, () => run('handOver', uri));
      assert.deepEqual(person.told, []);
      assert.ok(!readdirSync(folder).includes('Contoso Ltd - T&A email hand-over'));
    }
    mkdirSync(pack);
    writeFileSync(join(pack, 'holiday.jpg'), '');
    const script = [pick('Without the client secret'), files(folder)];
    const person = await withPerson(script, {}, () => run('handOver', uri));
    assert.match(
      person.told.at(-1)?.text ?? '',
      /contains other files.*Name a folder that does not exist yet.*TA-FOLDER-IN-USE/,
    );
    rmSync(pack, { recursive: true });
  })).timeout(patience);

test('a customer who was never set up is offered the set-up', () =>
  withCustomer(async ({ uri, folder }) => {
    const person = await withPerson([], {}, () => run('handOver', uri));
    assert.match(person.shown.at(-1) ?? '', /Contoso Ltd is not set up yet.*Set Up Customer/);
    assert.deepEqual(person.told, []);
    assert.deepEqual(readdirSync(folder), ['contoso.ta-customer.json']);
  }));
