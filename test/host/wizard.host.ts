import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Customer } from '../../src/core/customer/customer.ts';
import { run, withPerson, withPractice } from './support/rehearsal.ts';
import { type Act, back, check, enter, esc, files, pick, type } from './support/script.ts';

const patience = 300_000;
const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const before = readdirSync(workspace);
const all = ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send'];

const answers: readonly Act[] = [
  type('Fabrik Süd'),
  type('contoso.com'),
  pick('worldwide'),
  type('ta@contoso.com'),
  type('Zeiterfassung'),
  enter,
  enter,
  enter,
  pick('365 days'),
];

/** The wizard ends with the file; the code that is shown next is cancelled. */
const create = (acts: readonly Act[]) =>
  withPerson([pick('Create new'), ...acts, pick('Cancel')], {}, () => run('setUpCustomer'));

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ta-wizard-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const customerAt = (path: string): Customer => Customer.parse(JSON.parse(readFileSync(path, 'utf8')));

test('ten questions make a customer file, wherever it shall lie', () =>
  withPractice([], () =>
    withFolder(async (folder) => {
      const person = await create([...answers, pick('Choose a place'), files(join(folder, 'south.json'))]);
      const customer = customerAt(join(folder, 'south.ta-customer.json'));
      assert.deepEqual(
        [customer.name, customer.tenant, customer.cloud],
        ['Fabrik Süd', 'contoso.com', 'global'],
      );
      assert.deepEqual(customer.mail, { fromAddress: 'ta@contoso.com', fromName: 'Zeiterfassung' });
      assert.deepEqual([customer.app.permissions, customer.app.secret.lifetimeDays], [all, 365]);
      const wizard = person.seen.filter(({ step }) => step !== undefined);
      assert.deepEqual(
        wizard.map(({ step, totalSteps }) => [step, totalSteps]),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((step) => [step, 10]),
      );
      // A screen reader may not read the title of a question.
      assert.ok(wizard.every(({ question }) => (question ?? '').length > 10));
      assert.ok(
        wizard.every(({ ignoreFocusOut, canGoBack, step }) => ignoreFocusOut && canGoBack === (step !== 1)),
      );
    }),
  )).timeout(patience);

test('Esc at any question makes nothing and leaves a draft that goes on from there', () =>
  withPractice([], async () => {
    for (let asked = 0; asked <= answers.length; asked += 1) {
      const acts = [pick('Create new'), ...answers.slice(0, asked), esc];
      const person = await withPerson(acts, {}, () => run('setUpCustomer'));
      assert.deepEqual(person.told, []);
      assert.deepEqual(readdirSync(workspace), before);
    }
    const again = [pick('Resume Set-Up of Fabrik Süd'), ...Array.from({ length: 9 }, () => enter), esc];
    const person = await withPerson(again, {}, () => run('resumeSetUp'));
    const values = person.seen.slice(1).map(({ value }) => value);
    assert.deepEqual(values, [
      'Fabrik Süd',
      'contoso.com',
      '',
      'ta@contoso.com',
      'Zeiterfassung',
      '',
      '',
      '',
      '',
      '',
    ]);
  })).timeout(patience);

test('Back keeps every value', () =>
  withPractice([], async () => {
    const acts = [pick('Create new'), ...answers.slice(0, 4), back, back, back, back, esc];
    const person = await withPerson(acts, {}, () => run('setUpCustomer'));
    const shown = person.seen.slice(6).map(({ step, value }) => [step, value]);
    assert.deepEqual(shown, [
      [4, 'ta@contoso.com'],
      [3, ''],
      [2, 'contoso.com'],
      [1, 'Fabrik Süd'],
    ]);
  })).timeout(patience);

test('a tenant that does not exist is refused at once', () =>
  withPractice([], async () => {
    const acts = [pick('Create new'), type('Fabrik'), type('no domain'), type('nowhere.example'), esc];
    const { problems } = await withPerson(acts, {}, () => run('setUpCustomer'));
    assert.match(problems[0] ?? '', /Expected: a domain such as contoso\.com/);
    assert.match(problems[1] ?? '', /No tenant was found for nowhere\.example/);
  })).timeout(patience);

test('permissions can be left out and added by name, and any lifetime up to two years is taken', () =>
  withPractice([], () =>
    withFolder(async (folder) => {
      const script = [
        ...answers.slice(0, 7),
        check('Mail.Send', 'Calendars.Read'),
        pick('Custom'),
        type('731'),
        type('45'),
        pick('Choose a place'),
        files(join(folder, 'south.json')),
      ];
      const { problems } = await create(script);
      const { app } = customerAt(join(folder, 'south.ta-customer.json'));
      assert.deepEqual(problems, ['Expected: a number of days from 1 to 730.']);
      assert.deepEqual([app.permissions, app.secret.lifetimeDays], [['Mail.Send', 'Calendars.Read'], 45]);
    }),
  )).timeout(patience);

test('an app for one mailbox needs another one that stays closed; Back leads to the choice', () =>
  withPractice([], () =>
    withFolder(async (folder) => {
      const one = pick('Only the mailbox ta@contoso.com');
      const script = [
        ...answers.slice(0, 6),
        one,
        back,
        one,
        type('ta@contoso.com'),
        type('robin@contoso.com'),
        ...answers.slice(7),
        pick('Choose a place'),
        files(join(folder, 'south.json')),
      ];
      const { problems } = await create(script);
      const { scope, mail } = customerAt(join(folder, 'south.ta-customer.json'));
      assert.deepEqual(problems, ['This is the sender itself. Name another mailbox.']);
      assert.deepEqual([scope, mail.otherMailbox], ['mailbox', 'robin@contoso.com']);
    }),
  )).timeout(patience);

test('what T&A says at Sender address from is asked before the scope, is kept, and may be left open', () =>
  withPractice([], () =>
    withFolder(async (folder) => {
      const begun = [...answers.slice(0, 5), pick('User'), back, esc];
      const left = await withPerson([pick('Create new'), ...begun], {}, () => run('setUpCustomer'));
      const scopes = left.seen.find(({ step }) => step === 7)?.labels;
      assert.deepEqual(scopes, ['All mailboxes of the tenant', '$(warning) Only the mailbox ta@contoso.com']);

      const place = [pick('Choose a place'), files(join(folder, 'south.json'))];
      const resumed = [...Array.from({ length: 9 }, () => enter), ...place, pick('Cancel')];
      await withPerson([pick('Resume Set-Up of Fabrik Süd'), ...resumed], {}, () => run('resumeSetUp'));
      const { scope, mail } = customerAt(join(folder, 'south.ta-customer.json'));
      assert.deepEqual([scope, mail.senderAddressFrom], ['tenant', 'User']);

      const open = [...answers.slice(0, 5), pick('I do not know yet'), ...answers.slice(6)];
      await create([...open, pick('Choose a place'), files(join(folder, 'north.json'))]);
      assert.equal(customerAt(join(folder, 'north.ta-customer.json')).mail.senderAddressFrom, undefined);
    }),
  )).timeout(patience);

test('a folder that cannot be written is explained, and another one can be chosen', () =>
  withPractice([], () =>
    withFolder(async (folder) => {
      const places = [
        pick('Choose a place'),
        files('/proc/south.json'),
        pick('Choose a place'),
        files(),
        pick('Choose a place'),
        files(join(folder, 'south.json')),
      ];
      const person = await create([...answers, ...places]);
      const questions = person.seen.filter(({ step }) => step === 10).map(({ question }) => question ?? '');
      assert.match(questions[1] ?? '', /cannot be written/);
      assert.match(questions[2] ?? '', /No place was chosen/);
      assert.ok(existsSync(join(folder, 'south.ta-customer.json')));
    }),
  )).timeout(patience);

test('a folder that git watches is no obstacle: the line that keeps the secret out is offered', () =>
  withPractice([], () =>
    withFolder(async (folder) => {
      execFileSync('git', ['init', '-q', folder]);
      const place = [pick('Choose a place'), files(join(folder, 'south.json'))];
      const person = await create([...answers, ...place, ...place, pick('Add the Line')]);
      assert.ok(person.seen.some(({ question }) => question?.startsWith('No place was chosen')));
      assert.equal(readFileSync(join(folder, '.gitignore'), 'utf8'), '*.ta-email.json*\n');
      assert.ok(existsSync(join(folder, 'south.ta-customer.json')));
    }),
  )).timeout(patience);

test('a customer file that is there already is not overwritten', () =>
  withPractice([], () =>
    withFolder(async (folder) => {
      const place = [pick('Choose a place'), files(join(folder, 'south.json'))];
      await create([...answers, ...place]);
      const acts = [pick('Create new'), type('Other'), ...answers.slice(1), ...place, esc];
      const person = await withPerson(acts, {}, () => run('setUpCustomer'));
      assert.match(person.seen.at(-1)?.question ?? '', /already exists/);
      assert.equal(customerAt(join(folder, 'south.ta-customer.json')).name, 'Fabrik Süd');
    }),
  )).timeout(patience);
