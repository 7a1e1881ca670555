import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { run, tenantAt, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { esc, pick } from './support/script.ts';
import { until } from './support/wait.ts';

const patience = 300_000;
const signInAndGo = [pick('Copy & Open Browser'), pick('Make Changes')];
const grace = { as: 'grace@contoso.com' };

const activeTab = (): string => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
const shownPlan = (): string =>
  vscode.workspace.textDocuments.find(({ uri: { scheme } }) => scheme === 'ta-exchange-plan')?.getText() ??
  '';

test('a customer is set up, proved, and the form opens', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path, record }) => {
      const person = await withPerson(signInAndGo, grace, () => run('setUpCustomer', uri));
      const { application, grants, secret, proof, kind } = record();
      assert.ok(application && secret && proof);
      assert.deepEqual([grants.length, kind], [4, 'practice']);
      assert.equal(statSync(path('email')).mode & 0o777, 0o600);
      assert.deepEqual(await tenantAt(person.opened[0] ?? ''), { applications: 1, secrets: 1 });
      await until(() => activeTab().includes('Verification') || undefined);
    }),
  )).timeout(patience);

test('one question names tenant, its id and the admin before the first change', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path }) => {
      const person = await withPerson([pick('Copy & Open Browser'), esc], grace, () =>
        run('setUpCustomer', uri),
      );
      const questions = person.told.filter(({ modal }) => modal);
      assert.equal(questions.length, 1);
      assert.match(
        questions[0]?.detail ?? '',
        /Tenant: Contoso \(contoso\.com\)\nTenant ID: [0-9a-f-]{36}\n/,
      );
      assert.match(questions[0]?.detail ?? '', /Admin: Grace Admin \(grace@contoso\.com\)/);
      assert.equal(person.told.at(-1)?.text, 'Stopped on request. Nothing was changed in the tenant.');
      assert.deepEqual(await tenantAt(person.opened[0] ?? ''), { applications: 0, secrets: 0 });
      assert.equal(existsSync(path('email')), false);
    }),
  )).timeout(patience);

test('Cancel beside the code ends the sign-in, and nothing is made', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, folder }) => {
      const person = await withPerson([pick('Cancel')], {}, () => run('setUpCustomer', uri));
      assert.match(person.seen[0]?.question ?? '', /Enter \w{9} at http:\/\/127\.0\.0\.1:\d+\/devicelogin/);
      assert.match(person.told[0]?.text ?? '', /Stopped on request/);
      assert.deepEqual(readdirSync(folder), ['contoso.ta-customer.json']);
    }),
  )).timeout(patience);

test('the text for an admin elsewhere holds page and code', () =>
  withPractice([], () =>
    withCustomer(async ({ uri }) => {
      const person = await withPerson([pick('Copy Text for the Admin')], { cancelsAt: /14:5\d left/ }, () =>
        run('signIn', uri),
      );
      const [, code = 'none'] = /code (\w{9})/.exec(person.seen[0]?.title ?? '') ?? [];
      assert.ok(person.clipboard().includes(code));
      assert.match(person.clipboard(), /\/devicelogin/);
      assert.deepEqual(person.opened, []);
    }),
  )).timeout(patience);

test('a run that was cancelled in the middle says what exists, and the next one finishes without a second of anything', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, record }) => {
      const stopped = await withPerson(signInAndGo, { ...grace, cancelsAt: /^2 of 5/ }, () =>
        run('setUpCustomer', uri),
      );
      assert.match(stopped.told.at(-1)?.text ?? '', /Stopped on request\. Created so far: the application/);
      const { clientId } = record().application ?? {};
      const resumed = await withPerson([pick('Make Changes')], grace, () => run('resumeSetUp', uri));
      assert.match(resumed.told[0]?.detail ?? '', /1\. Add the service principal/);
      assert.equal(record().application?.clientId, clientId);
      assert.deepEqual(await tenantAt(stopped.opened[0] ?? ''), { applications: 1, secrets: 1 });
    }),
  )).timeout(patience);

test('where a policy refuses device codes the browser is offered, and works', () =>
  withPractice(['device-code-blocked'], () =>
    withCustomer(async ({ uri }) => {
      const script = [pick('Copy & Open Browser'), pick('Sign In by Browser')];
      const person = await withPerson(script, grace, () => run('signIn', uri));
      assert.match(person.told[0]?.text ?? '', /AADSTS53003/);
      assert.match(person.opened[1] ?? '', /^http:\/\/127\.0\.0\.1:\d+\/.+\/oauth2\/v2\.0\/authorize/);
      assert.equal(person.told.at(-1)?.text, 'Signed in as grace@contoso.com in contoso.com.');
    }),
  )).timeout(patience);

test('what blocks is shown with the next move, and nothing is made', () =>
  withPractice(['sender-missing'], () =>
    withCustomer(async ({ uri, path }) => {
      const person = await withPerson([pick('Copy & Open Browser')], grace, () => run('setUpCustomer', uri));
      assert.match(person.told.at(-1)?.text ?? '', /Nothing was changed: There is no user.*shared mailbox/);
      assert.equal(person.told.at(-1)?.level, 'error');
      assert.equal(existsSync(path('email')), false);
      await until(() => shownPlan().includes('✗ blocks: There is no user') || undefined);
    }),
  )).timeout(patience);

test('a customer that another window holds is left alone, and the holder is named', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path }) => {
      const owner = { pid: process.pid, host: hostname(), who: 'VS Code', since: '2026-11-24T10:00:00.000Z' };
      writeFileSync(`${path('record')}.lock`, JSON.stringify(owner));
      const person = await withPerson([], grace, () => run('setUpCustomer', uri));
      assert.match(person.told[0]?.text ?? '', new RegExp(`VS Code on .+, process ${process.pid}`));
      assert.deepEqual(JSON.parse(readFileSync(`${path('record')}.lock`, 'utf8')), owner);
    }),
  )).timeout(patience);

test('a lock that a killed window left behind does not stop the set-up', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path, record }) => {
      const owner = { pid: 4_190_000, host: hostname(), who: 'VS Code', since: '2026-11-24T10:00:00.000Z' };
      writeFileSync(`${path('record')}.lock`, JSON.stringify(owner));
      await withPerson(signInAndGo, grace, () => run('setUpCustomer', uri));
      assert.ok(record().proof);
      assert.equal(existsSync(`${path('record')}.lock`), false);
    }),
  )).timeout(patience);
