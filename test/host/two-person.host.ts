import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { customerFile } from '../../src/extension/customers/list.ts';
import { resumeWaits } from '../../src/extension/set-up/resume-waits.ts';
import { entraRoles } from '../../src/practice/directory-roles.ts';
import { forgetfulContext } from '../support/forgetful-context.ts';
import { filesBelow, findIn } from '../support/hiding-places.ts';
import { runAsAdmin } from './support/azure-admin.ts';
import { acceptConsent } from './support/login-pages.ts';
import { practiceRoom, run, tenantAt, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { files, pick } from './support/script.ts';
import { sendEmail } from './support/shell.ts';
import { until } from './support/wait.ts';

const patience = 300_000;
const signIn = pick('Copy Code & Open Browser');
const signInAndGo = [signIn, pick('Make ')];
const anton = { as: 'anton@contoso.com' };

const activeTab = (): string => vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
const originOf = (page = ''): string => new URL(page).origin;

test('a set-up waits for the consent of another admin, and goes on by itself to the mail', () =>
  withPractice(['consent-by-someone-else'], () =>
    withCustomer(async ({ uri, record }) => {
      const state = practiceRoom().running?.tenant.state;
      assert.ok(state);
      // The other admin acts once the page says that it waits, however slow the machine is.
      state.colleagueConsentsAfterMs = undefined;
      const hears = (line: string): void => {
        if (/Waiting for consent.*Check Now/.test(line)) state.colleagueConsentsAfterMs = 0;
      };
      const person = await withPerson(
        [...signInAndGo, pick('Copy Message')],
        { as: 'grace@contoso.com', hears },
        () => run('resumeSetUp', uri),
      );
      assert.match(
        person.clipboard(),
        /^https:\/\/login\.microsoftonline\.com\/.+\/adminconsent\?client_id=/m,
      );
      assert.ok(person.shown.some((page) => /Waiting for consent.*Check Now/.test(page)));
      assert.deepEqual([record().grants.length, record().consent], [4, undefined]);
      await until(() => activeTab().includes('Contoso Ltd') || undefined);
      assert.equal(await sendEmail(uri, 'robin@contoso.com'), 'inbox');
      assert.equal(record().verification?.recipients[0]?.outcome, 'inbox');
    }),
  )).timeout(patience);

test('a role that was activated after the sign-in: Sign In Again goes on with it, no one else has to consent, and nothing is agreed to twice', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, record }) => {
      const grace = practiceRoom().running?.tenant.state.people.find(
        ({ mail }) => mail === 'grace@contoso.com',
      );
      assert.ok(grace);
      // The directory has the role from the beginning, the token from the second sign-in on.
      const { roles } = grace;
      let signedInAgain = false;
      const hears = (line: string): void => {
        if (/Waiting for consent.*Sign In Again/.test(line)) {
          signedInAgain = true;
          grace.roles = roles;
        } else if (line.includes('"Make ') && !signedInAgain) {
          grace.roles = [entraRoles['Application Administrator']];
        }
      };
      await withPerson(
        [...signInAndGo, pick('Sign In Again'), signIn],
        { as: 'grace@contoso.com', hears },
        async () => {
          await run('resumeSetUp', uri);
          await until(() => record().proof);
        },
      );
      assert.deepEqual([record().grants.length, record().consent], [4, undefined]);
    }),
  )).timeout(patience);

test('a wait that was ended is remembered; the next window offers to go on, and waits again', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, record, path }) => {
      const first = await withPerson(
        [...signInAndGo, pick('Copy Message')],
        { ...anton, cancelsAt: /Waiting for consent.*Message/ },
        () => run('resumeSetUp', uri),
      );
      assert.match(first.shown.at(-1) ?? '', /Stopped on request\. Created so far: the application/);
      assert.match(record().consent?.askedAt ?? '', /Z$/);
      assert.equal(existsSync(path('email')), false);
      await withPerson([], {}, () => run('signOut', uri));
      const [link = ''] = /^https:\S+adminconsent\S+/m.exec(first.clipboard()) ?? [];
      const origin = originOf(first.opened[0]);
      let accepted: Promise<void> | undefined;
      const hears = (line: string): void => {
        if (/Waiting for consent.*Check Now/.test(line))
          accepted ??= acceptConsent(origin, link, 'grace@contoso.com');
      };
      const waiting = {
        file: customerFile(uri),
        customer: undefined,
        record: record(),
        seen: undefined,
        preferencesFile: undefined,
        portal: '',
        trouble: undefined,
      };
      const next = await withPerson(
        [pick('Continue'), signIn, pick('Ask for Consent')],
        { ...anton, hears },
        () => resumeWaits([waiting], { context: forgetfulContext() }),
      );
      assert.match(next.told[0]?.text ?? '', /waits for the consent of an administrator with more rights\.$/);
      assert.ok(accepted);
      await accepted;
      assert.deepEqual([record().grants.length, record().consent], [4, undefined]);
      assert.ok(record().proof);
      assert.deepEqual(await tenantAt(origin), { applications: 1, secrets: 1 });
    }),
  )).timeout(patience);

test("the customer's admin runs a script, and its sealed result is imported up to the mail", () =>
  withPractice([], () =>
    withCustomer(async ({ uri, folder, record, path }) => {
      const script = join(folder, 'setup.sh');
      const wish = [pick('Azure CLI'), pick('Sealed for this VS Code'), files(script)];
      await withPerson(wish, {}, () => run('createAdminScript', uri));
      const asked = await withPerson([pick('Copy Text for the Admin'), pick('Cancel')], {}, () =>
        run('signIn', uri),
      );
      const origin = originOf(/http:\/\/127\.0\.0\.1:\d+/.exec(asked.clipboard())?.[0]);
      const { code, stdout, stderr } = await runAsAdmin(script, origin);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /The client secret is sealed/);
      writeFileSync(join(folder, 'result.txt'), `Here it is:\n${stdout}`);
      const back = [pick('From a file'), files(join(folder, 'result.txt'))];
      await withPerson(back, {}, () => run('importAdminResult', uri));
      assert.equal(record().proof?.keyId, record().secret?.keyId);
      await until(() => activeTab().includes('Contoso Ltd') || undefined);
      const { clientSecret } = JSON.parse(readFileSync(path('email'), 'utf8')).connection;
      const found = findIn({ ...(await filesBelow(folder)), stdout, stderr }, clientSecret);
      assert.deepEqual(
        found.filter((place) => !place.startsWith(`${basename(path('email'))}: `)),
        [],
      );
      assert.equal(await sendEmail(uri, 'robin@contoso.com'), 'inbox');
      assert.equal(record().verification?.recipients[0]?.outcome, 'inbox');
    }),
  )).timeout(patience);

test('a text without a result is refused, and nothing is written', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, path }) => {
      const person = await withPerson([pick('From the clipboard')], {}, () => run('importAdminResult', uri));
      assert.match(
        person.told[0]?.text ?? '',
        /The clipboard: expected a line -----BEGIN TA EXCHANGE RESULT-----/,
      );
      assert.equal(existsSync(path('record')), false);
    }),
  )).timeout(patience);
