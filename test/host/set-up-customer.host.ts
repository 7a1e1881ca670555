import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { run, tenantAt, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { pick, type } from './support/script.ts';
import { until } from './support/wait.ts';

const patience = 300_000;
const signInAndGo = [pick('Copy Code & Open Browser'), pick('Make ')];
const grace = { as: 'grace@contoso.com' };

const activeTab = (): string => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';

test('a customer is set up and proved, and the page goes on to the test email', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path, record }) => {
      const person = await withPerson(signInAndGo, grace, () => run('resumeSetUp', uri));
      const { application, grants, secret, proof, kind } = record();
      assert.ok(application && secret && proof);
      assert.deepEqual([grants.length, kind], [4, 'practice']);
      assert.equal(statSync(path('email')).mode & 0o777, 0o600);
      assert.deepEqual(await tenantAt(person.opened[0] ?? ''), { applications: 1, secrets: 1 });
      await until(() => activeTab().includes('Contoso Ltd') || undefined);
      assert.match(person.shown.at(-1) ?? '', /^\["Test email"/);
      assert.deepEqual(person.told, []);
    }),
  )).timeout(patience);

test('customers of two clouds are rehearsed in one window: set up, checked and removed', () =>
  withPractice([], () =>
    withCustomer(async (worldwide) => {
      await withPerson(signInAndGo, grace, () => run('resumeSetUp', worldwide.uri));
      await withCustomer(
        async ({ uri, record, path }) => {
          await withPerson(signInAndGo, grace, () => run('resumeSetUp', uri));
          assert.deepEqual([record().cloud, record().proof !== undefined], ['usgovdod', true]);
          assert.match(readFileSync(path('email'), 'utf8'), /https:\/\/dod-graph\.microsoft\.us\//);
          for (const each of [uri, worldwide.uri]) {
            const { shown } = await withPerson([], {}, () => run('checkCustomer', each));
            assert.doesNotMatch(shown.at(-1) ?? '', /could not be looked at|Broken/);
          }
          const remove = [pick('Keep the Preferences File'), pick('Yes, for 30 Days')];
          const name = [pick('Remove from Contoso…'), type('Contoso Ltd')];
          await withPerson([...remove, ...name], grace, () => run('removeCustomer', uri));
          assert.notEqual(record().removal?.finishedAt, undefined);
          assert.equal(worldwide.record().removal, undefined);
        },
        { cloud: 'usgovdod' },
      );
    }),
  )).timeout(patience);

test('the plan names tenant, its id and the admin before the first change, and Cancel makes none', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path }) => {
      const person = await withPerson(
        [pick('Copy Code & Open Browser')],
        { ...grace, cancelsAt: /Check and plan.*Write the preferences file/ },
        () => run('resumeSetUp', uri),
      );
      assert.match(
        person.shown.at(-1) ?? '',
        /"Who","grace@contoso\.com".*"Where","Contoso \(contoso\.com\), tenant ID [0-9a-f-]{36}".*Nothing was changed in the tenant\./,
      );
      assert.deepEqual(person.told, []);
      assert.deepEqual(await tenantAt(person.opened[0] ?? ''), { applications: 0, secrets: 0 });
      assert.equal(existsSync(path('email')), false);
    }),
  )).timeout(patience);

test('Cancel beside the code ends the sign-in, and nothing is made', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, folder }) => {
      const cancel = pick('Cancel', /Enter it at/);
      const person = await withPerson([cancel], {}, () => run('resumeSetUp', uri));
      assert.ok(person.shown.some((page) => /Enter it at http:\/\/127\.0\.0\.1:\d+\/devicelogin/.test(page)));
      assert.match(person.shown.at(-1) ?? '', /Stopped on request/);
      assert.deepEqual(readdirSync(folder), ['contoso.ta-customer.json']);
    }),
  )).timeout(patience);

test('the text for an admin elsewhere holds page and code', () =>
  withPractice([], () =>
    withCustomer(async ({ uri }) => {
      const person = await withPerson([pick('Copy Text for the Admin'), pick('Cancel')], {}, () =>
        run('signIn', uri),
      );
      const [, code = 'none'] = /"code":"(\w{9})"/.exec(person.shown.join('\n')) ?? [];
      assert.ok(person.clipboard().includes(code));
      assert.match(person.clipboard(), /\/devicelogin/);
      assert.deepEqual(person.opened, []);
    }),
  )).timeout(patience);

test('a run that was cancelled in the middle says what exists, and the next one finishes without a second of anything', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, record }) => {
      const stopped = await withPerson(
        signInAndGo,
        { ...grace, cancelsAt: /Steps.*Add the service principal/ },
        () => run('resumeSetUp', uri),
      );
      assert.match(stopped.shown.at(-1) ?? '', /Stopped on request\. Created so far: the application/);
      const { clientId } = record().application ?? {};
      const resumed = await withPerson([pick('Make ')], grace, () => run('resumeSetUp', uri));
      // The stop may meet the request for the service principal before it leaves or after.
      const left = /"Plan".{0,120}(Add the service principal|Grant the Graph permissions)/;
      assert.ok(resumed.shown.some((page) => left.test(page)));
      assert.equal(record().application?.clientId, clientId);
      assert.deepEqual(await tenantAt(stopped.opened[0] ?? ''), { applications: 1, secrets: 1 });
    }),
  )).timeout(patience);

test('where a policy refuses device codes the browser is offered, and works', () =>
  withPractice(['device-code-blocked'], () =>
    withCustomer(async ({ uri }) => {
      const refused = /does not allow sign-in with a code/;
      const script = [pick('Copy Code & Open Browser'), pick('Sign In by Browser', refused)];
      const person = await withPerson(script, grace, () => run('signIn', uri));
      assert.ok(person.shown.some((page) => /does not allow sign-in with a code.*AADSTS53003/.test(page)));
      assert.match(person.opened[1] ?? '', /^http:\/\/127\.0\.0\.1:\d+\/.+\/oauth2\/v2\.0\/authorize/);
      assert.match(person.shown.at(-1) ?? '', /^\["Check and plan","Signed in as grace@contoso\.com\."/);
    }),
  )).timeout(patience);

test('what blocks is shown with the next move, and nothing is made', () =>
  withPractice(['sender-missing'], () =>
    withCustomer(async ({ uri, path }) => {
      const person = await withPerson([pick('Copy Code & Open Browser')], grace, () =>
        run('resumeSetUp', uri),
      );
      assert.match(person.shown.at(-1) ?? '', /"Blocks".*There is no user.*shared mailbox/);
      assert.deepEqual(person.told, []);
      assert.equal(existsSync(path('email')), false);
    }),
  )).timeout(patience);

test('a customer that another window holds is left alone, and the holder is named', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path }) => {
      const owner = { pid: process.pid, host: hostname(), who: 'VS Code', since: '2026-11-24T10:00:00.000Z' };
      writeFileSync(`${path('record')}.lock`, JSON.stringify(owner));
      const person = await withPerson([], grace, () => run('resumeSetUp', uri));
      assert.match(person.shown.at(-1) ?? '', new RegExp(`VS Code on .+, process ${process.pid}`));
      assert.deepEqual(JSON.parse(readFileSync(`${path('record')}.lock`, 'utf8')), owner);
    }),
  )).timeout(patience);

test('a lock that a killed window left behind does not stop the set-up', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path, record }) => {
      const owner = { pid: 4_190_000, host: hostname(), who: 'VS Code', since: '2026-11-24T10:00:00.000Z' };
      writeFileSync(`${path('record')}.lock`, JSON.stringify(owner));
      await withPerson(signInAndGo, grace, () => run('resumeSetUp', uri));
      assert.ok(record().proof);
      assert.equal(existsSync(`${path('record')}.lock`), false);
    }),
  )).timeout(patience);

test('a session that was revoked is not used again: the same set-up asks for a new sign-in, and finishes', () =>
  withPractice(['session-revoked'], () =>
    withCustomer(async ({ uri, record }) => {
      const [signIn] = signInAndGo;
      const refused = await withPerson(signIn ? [signIn] : [], grace, () => run('resumeSetUp', uri));
      assert.match(refused.shown.at(-1) ?? '', /Sign in again.*InvalidAuthenticationToken/);
      await withPerson(signInAndGo, grace, () => run('resumeSetUp', uri));
      assert.ok(record().proof);
    }),
  )).timeout(patience);
