import assert from 'node:assert/strict';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { createPatches } from './support/patches.ts';
import {
  type CustomerFolder,
  run,
  tenantAt,
  withCustomer,
  withPerson,
  withPractice,
} from './support/rehearsal.ts';
import { esc, files, pick, type } from './support/script.ts';
import { inFront, pressOn, sendEmail, shellOf, stageOf } from './support/shell.ts';
import { until } from './support/wait.ts';

const patience = 300_000;
const grace = { as: 'grace@contoso.com' };
const signIn = pick('Copy Code & Open Browser');
const go = pick('Make ');

const setUp = ({ uri }: CustomerFolder) => withPerson([signIn, go], grace, () => run('resumeSetUp', uri));

const rehearse = (work: (customer: CustomerFolder) => Promise<void>) =>
  withPractice([], () => withCustomer(work));

test('a part that comes too early offers the parts before it, and each is made alone', () =>
  rehearse(async ({ uri, record, path }) => {
    const first = pick('Do That First');
    const script = [signIn, first, go, first, go, go];
    const person = await withPerson(script, grace, () => run('createClientSecret', uri));
    const plans = person.shown.filter(
      (page) => page.startsWith('["Check and plan"') && page.includes('"Plan"'),
    );
    const [earlier] = plans.filter((page) => !page.includes('Add a client secret'));
    assert.match(earlier ?? '', /Register the application.*Add the service principal/);
    assert.doesNotMatch(earlier ?? '', /Grant the Graph permissions/);
    assert.match(plans.at(-1) ?? '', /Add a client secret.*Write the preferences file/);
    assert.doesNotMatch(plans.at(-1) ?? '', /Grant the Graph permissions/);
    assert.deepEqual(person.told, []);
    assert.equal(record().grants.length, 4);
    assert.ok(existsSync(path('email')));
    assert.deepEqual(await tenantAt(person.opened[0] ?? ''), { applications: 1, secrets: 1 });
  })).timeout(patience);

test('the registration alone makes no secret and grants nothing', () =>
  rehearse(async ({ uri, record }) => {
    const person = await withPerson([signIn, go], grace, () => run('createAppRegistration', uri));
    assert.match(person.shown.at(-1) ?? '', /Register the application.*Done\./);
    assert.deepEqual([record().grants, record().secret], [[], undefined]);
    const again = await withPerson([], grace, () => run('createAppRegistration', uri));
    assert.match(again.shown.at(-1) ?? '', /Nothing to do/);
    const granting = await withPerson([go], grace, () => run('grantGraphPermissions', uri));
    assert.match(granting.shown.at(-1) ?? '', /Grant the Graph permissions.*Done\./);
    assert.equal(record().grants.length, 4);
  })).timeout(patience);

test('a preview shows the plan, a check says that the customer is to be set up, and neither changes anything', () =>
  rehearse(async ({ uri, path }) => {
    const person = await withPerson([signIn], grace, () => run('previewChanges', uri));
    const check = await withPerson([], grace, () => run('checkCustomer', uri));
    assert.match(
      check.shown.at(-1) ?? '',
      /Contoso Ltd needs action.*The record contains no set-up of this customer\..*Set Up Customer/,
    );
    assert.deepEqual(check.told, []);
    assert.deepEqual(await tenantAt(person.opened[0] ?? ''), { applications: 0, secrets: 0 });
    assert.deepEqual([existsSync(path('record')), existsSync(path('email'))], [false, false]);
  })).timeout(patience);

test('a customer that is set up: check, test mail, export, client id', () =>
  rehearse(async (customer) => {
    const { uri, record, path, folder } = customer;
    await setUp(customer);
    const check = await withPerson([], grace, () => run('checkCustomer', uri));
    assert.match(
      check.shown.at(-1) ?? '',
      /Contoso Ltd: nothing needs action\. The secret expires on \d{4}-\d\d-\d\d\./,
    );
    const all = await withPerson([], grace, () => run('checkAllCustomers'));
    assert.deepEqual(all.told, []);
    await until(() =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === 'Customers'),
    );

    assert.equal(await sendEmail(uri, 'robin@contoso.com'), 'inbox');
    assert.equal(record().verification?.recipients[0]?.outcome, 'inbox');

    const copy = join(folder, 'copy.json');
    await withPerson([pick('JSON'), pick('as plain text'), files(copy)], {}, () =>
      run('exportPreferences', uri),
    );
    const { connection } = await readPreferences(copy);
    assert.equal(connection.clientId, record().application?.clientId);
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    assert.ok(vscode.workspace.textDocuments.every(({ uri: { fsPath } }) => fsPath !== copy));

    const copier = await withPerson([], {}, () => run('copyClientId', uri));
    assert.equal(copier.clipboard(), record().application?.clientId);

    rmSync(path('email'));
    assert.equal(await sendEmail(uri, 'robin@contoso.com'), 'inbox');
  })).timeout(patience);

test('a forgotten customer keeps its files, and its secret must be entered again', () =>
  rehearse(async (customer) => {
    const { uri, path, record } = customer;
    await setUp(customer);
    const { clientSecret } = (await readPreferences(path('email'))).connection;
    rmSync(path('email'));
    const person = await withPerson([pick('Forget')], {}, () => run('forgetCustomer', uri));
    assert.match(person.told[0]?.detail ?? '', /Kept: the files on disk/);
    assert.ok(record().application);
    const script = [type(record().secret?.keyId ?? ''), type(clientSecret.reveal())];
    const sender = await withPerson(script, {}, async () => {
      assert.equal(await sendEmail(uri, 'robin@contoso.com'), 'inbox');
    });
    assert.match(sender.problems[0] ?? '', /a GUID is the secret ID/);
  })).timeout(patience);

/** Ids of all commands that package.json contributes. */
const allCommands = (): string[] =>
  vscode.extensions
    .getExtension('ta-exchange.ta-exchange-setup')
    ?.packageJSON.contributes.commands.map(({ command }: { command: string }) =>
      command.replace('taExchange.', ''),
    );

/** Hosts that this process connects to while the work runs, other than this computer. */
async function hostsAsked(work: () => Promise<void>): Promise<string[]> {
  const asked: string[] = [];
  const patches = createPatches();
  const { connect } = Socket.prototype;
  patches.put(Socket.prototype, 'connect', function (this: Socket, ...args: Parameters<Socket['connect']>) {
    const [[options]] = [args.flat()];
    const host = String(Object(options).host ?? '');
    if (!/^(|localhost|127\.0\.0\.1|::1)$/.test(host)) asked.push(host);
    return Reflect.apply(connect, this, args);
  });
  try {
    await work();
  } finally {
    patches.restore();
  }
  return asked;
}

/** Commands that are not about a customer, or that send no request: they do their work in any world. */
const atHome = [
  ...['copyClientId', 'createMailboxScopeScript', 'exportPreferences', 'handOver', 'forgetCustomer'],
  ...['openCustomerFile', 'openVerificationForm', 'signOut', 'setUpFromPlan', 'filterCustomers'],
  ...[
    'refreshCustomers',
    'startPracticeTenant',
    'openPracticeTenant',
    'rehearseProblem',
    'showPracticeMenu',
    'stopPracticeTenant',
    'openWalkthrough',
  ],
  ...['showLog', 'copySupportInfo', 'removeAllData'],
  // The page says so itself; the fleet leaves out who is of the other world; a pipeline is of no customer.
  ...['setUpCustomer', 'newCustomer', 'checkAllCustomers', 'checkEveryNight'],
];

test('no command sends a customer of the practice tenant to Microsoft', async () => {
  await withCustomer(async (customer) => {
    await withPractice([], async () => {
      await setUp(customer);
    });
    const asked = await hostsAsked(async () => {
      await withPerson([], {}, () => run('checkAllCustomers'));
      for (const command of allCommands().filter((each) => !atHome.includes(each))) {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        const person = await withPerson([], {}, () => run(command, customer.uri));
        assert.deepEqual([person.told, person.seen], [[], []], command);
        await until(() => inFront() === 'Contoso Ltd' || undefined);
      }
      const shown = await stageOf(customer.uri);
      assert.match(shown, /This customer was set up in the practice tenant.*Start Practice Tenant/);
    });
    assert.deepEqual(asked, []);
  });
}).timeout(patience);

test('a command for the other world leads to the page, which has the way there; nothing is told besides', async () => {
  await withCustomer(async (customer) => {
    await withPractice([], async () => {
      await setUp(customer);
      const record = { ...customer.record(), kind: 'production' };
      writeFileSync(customer.path('record'), JSON.stringify(record));
      const real = await withPerson([], {}, () => run('sendTestEmail', customer.uri));
      assert.deepEqual(real.told, []);
      assert.match(
        await stageOf(customer.uri),
        /This customer was set up at Microsoft, and the.*Stop Practice Tenant/,
      );
      writeFileSync(customer.path('record'), JSON.stringify({ ...record, kind: 'practice' }));
    });
    const person = await withPerson([], {}, async () => {
      await run('sendTestEmail', customer.uri);
      assert.match(await stageOf(customer.uri), /which is not running.*Start Practice Tenant/);
      await pressOn(customer.uri, 'startPractice');
      await until(() => shellOf().practice.running);
      // The page is in sight: no message says what it shows.
      await run('startPracticeTenant');
    });
    assert.deepEqual(person.told, []);
    assert.doesNotMatch(await stageOf(customer.uri), /which is not running/);
    await withPerson([], {}, () => run('stopPracticeTenant'));
  });
}).timeout(patience);

test('signing out is told when nobody is signed in', async () => {
  const person = await withPerson([], {}, () => run('signOut'));
  assert.equal(person.told[0]?.text, 'You are not signed in.');
});

test('a target that names no customer file is not used; the person is asked', async () => {
  for (const target of [
    vscode.Uri.file('/etc/passwd'),
    vscode.Uri.parse('https://x.example/a.ta-customer.json'),
  ]) {
    const person = await withPerson([esc], {}, () => run('previewChanges', target));
    assert.deepEqual(person.told, []);
  }
});

test('support info holds versions and codes of failures, and nobody’s name', () =>
  rehearse(async ({ uri, path }) => {
    writeFileSync(path('record'), '{');
    await withPerson([], {}, () => run('previewChanges', uri));
    const person = await withPerson([], {}, () => run('copySupportInfo'));
    const text = person.clipboard();
    assert.match(text, /^T&A Exchange \d+\.\d+\.\d+\nVS Code \d/);
    assert.match(text, /taExchange\.previewChanges, TA-BAD-INPUT/);
    assert.doesNotMatch(text, /contoso|ta-customer/i);
  })).timeout(patience);
