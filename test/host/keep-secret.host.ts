import assert from 'node:assert/strict';
import type { ScenarioName } from '../../src/practice/scenarios.ts';
import { type CustomerFolder, run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { pick, type } from './support/script.ts';
import { stageOf } from './support/shell.ts';

const patience = 300_000;
const grace = { as: 'grace@contoso.com' };
const signIn = pick('Copy Code & Open Browser');
const write = pick('Write Secret');

const setUpAnd = (scenarios: readonly ScenarioName[], work: (customer: CustomerFolder) => Promise<void>) =>
  withPractice(scenarios, () =>
    withCustomer(async (customer) => {
      await withPerson([signIn, pick('Make ')], grace, () => run('resumeSetUp', customer.uri));
      await work(customer);
    }),
  );

test('the secret goes into a vault of the customer, after one question, and the record says where', () =>
  setUpAnd([], async ({ uri, record }) => {
    const person = await withPerson([signIn, write], grace, () => run('keepSecretInVault', uri));
    assert.ok(
      person.shown.some((page) => /Someone with a role in the Azure subscription of contoso\.com/.test(page)),
    );
    const question = person.shown.find((page) => page.includes('Write Secret')) ?? '';
    assert.match(question, /Keep the client secret in the vault ta-contoso-ltd-\w{8}\?/);
    assert.match(
      question,
      /Subscription: Contoso Azure \(.+Resource group: contoso-it.+Vault: .+, to be created/,
    );
    assert.deepEqual(person.told, []);
    const { escrow, secret } = record();
    assert.equal(escrow?.keyId, secret?.keyId);
    assert.match(
      person.shown.at(-1) ?? '',
      /the client secret is in the vault ta-contoso-ltd-\w{8}\. It expires on \d{4}-\d\d-\d\d\./,
    );
    assert.ok(person.shown.some((page) => page.includes('Expiry and content type read back')));
    const page = await (await fetch(new URL('/', person.opened[0] ?? ''))).text();
    assert.match(page, /<code>ta-exo-client-secret-[0-9a-f-]{36}<\/code>: written/);

    const again = await withPerson([signIn], grace, () => run('keepSecretInVault', uri));
    assert.match(again.shown.at(-1) ?? '', /was in the vault ta-contoso-ltd-\w{8} already/);
  })).timeout(patience);

test('No at the question changes nothing in Azure', () =>
  setUpAnd([], async ({ uri, record }) => {
    const person = await withPerson([signIn, pick('Write Nothing')], grace, () =>
      run('keepSecretInVault', uri),
    );
    assert.match(person.shown.at(-1) ?? '', /Stopped on request\. Nothing was changed in Azure\./);
    assert.equal(record().escrow, undefined);
  })).timeout(patience);

test('where the name of the vault is taken another one is asked for, and the work goes on', () =>
  setUpAnd(['vault-name-taken'], async ({ uri, record }) => {
    const script = [signIn, write, type('-bad-'), type('contoso-payroll-keys'), write];
    const person = await withPerson(script, grace, () => run('keepSecretInVault', uri));
    assert.deepEqual(person.problems, ['3 to 24 letters, digits and single dashes, a letter first.']);
    assert.equal(person.opened.length, 1);
    assert.match(record().escrow?.resourceId ?? '', /\/vaults\/contoso-payroll-keys\//);
  })).timeout(patience);

const refusals: readonly (readonly [scenario: ScenarioName, told: RegExp])[] = [
  [
    'no-subscription',
    /has no active Azure subscription.*Sign in with an account that has the role Contributor/,
  ],
  ['no-azure-rights', /Azure refused to create the vault.*Give the account the role Contributor/],
  ['arm-policy-denied', /Azure refused to create the vault.*Choose a vault that the customer already has/],
];

for (const [scenario, told] of refusals)
  test(`with ${scenario} the message says who must do what, and nothing is recorded`, () =>
    setUpAnd([scenario], async ({ uri, record }) => {
      const script = scenario === 'no-subscription' ? [signIn] : [signIn, write];
      const person = await withPerson(script, grace, () => run('keepSecretInVault', uri));
      assert.match(person.shown.at(-1) ?? '', told);
      assert.equal(record().escrow, undefined);
    })).timeout(patience);

test('Key Vault is registered for the subscription where it never was', () =>
  setUpAnd(['provider-not-registered'], async ({ uri, record }) => {
    const person = await withPerson([signIn, write], grace, () => run('keepSecretInVault', uri));
    assert.ok(person.shown.some((page) => page.includes('Key Vault registered for the subscription')));
    assert.ok(record().escrow);
  })).timeout(patience);

test('a rehearsed secret never goes to Azure itself, and without a set-up there is none', () =>
  withCustomer(async (customer) => {
    const early = await withPerson([], {}, () => run('keepSecretInVault', customer.uri));
    assert.match(early.shown.at(-1) ?? '', /Contoso Ltd is not set up yet/);
    await withPractice([], async () => {
      await withPerson([signIn, pick('Make ')], grace, () => run('resumeSetUp', customer.uri));
    });
    const person = await withPerson([], {}, () => run('keepSecretInVault', customer.uri));
    assert.match(await stageOf(customer.uri), /set up in the practice tenant, which is not running/);
    assert.deepEqual([person.told, person.seen], [[], []]);
  })).timeout(patience);
