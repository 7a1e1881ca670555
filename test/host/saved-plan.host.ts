import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { CustomerRecord } from '../../src/core/customer/record.ts';
import {
  type CustomerFolder,
  run,
  tenantAt,
  withCustomer,
  withPerson,
  withPractice,
} from './support/rehearsal.ts';
import { files, pick } from './support/script.ts';
import { sendEmail } from './support/shell.ts';

const patience = 300_000;
const grace = { as: 'grace@contoso.com' };
const signIn = pick('Copy Code & Open Browser');

/** Looks at the customer, saves the plan, and signs out. */
async function save({ uri, folder }: CustomerFolder) {
  const plan = join(folder, 'contoso.ta-plan.json');
  const person = await withPerson([signIn, files(plan), pick('Copy SHA-256')], grace, () =>
    run('savePlan', uri),
  );
  await withPerson([], {}, () => run('signOut'));
  return {
    plan,
    sha256: person.clipboard(),
    said: person.shown.at(-1) ?? '',
    page: person.opened[0] ?? '',
  };
}

/** A folder as another person has it, who was sent nothing but the plan. */
async function elsewhere(work: (path: (kind: string) => string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ta-plan-'));
  try {
    await work((kind) => join(folder, `south.ta-${kind}.json`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a plan is saved, sent to somebody who has nothing else, and carried out up to the mail', () =>
  withPractice([], () =>
    withCustomer(
      async (customer) => {
        const { plan, sha256, said, page } = await save(customer);
        assert.match(sha256, /^[0-9a-f]{64}$/);
        for (const part of ['nothing was changed', sha256, basename(plan)])
          assert.ok(said.includes(part), said);
        assert.deepEqual(await tenantAt(page), { applications: 0, secrets: 0 });

        await elsewhere(async (path) => {
          const place = [files(path('customer'))];
          const chosen = [files(plan), ...place];
          const person = await withPerson([...chosen, signIn, pick('Make ')], grace, () =>
            run('setUpFromPlan'),
          );
          assert.ok(person.shown.some((page) => page.includes(`Saved plan, SHA-256: ${sha256}`)));
          assert.deepEqual(await tenantAt(page), { applications: 1, secrets: 1 });
          await sendEmail(vscode.Uri.file(path('customer')), 'robin@contoso.com');
          const record = CustomerRecord.parse(JSON.parse(readFileSync(path('record'), 'utf8')));
          assert.equal(record.verification?.recipients[0]?.outcome, 'inbox');
          assert.equal(existsSync(customer.path('record')), false);
        });
      },
      { name: 'Contoso South' },
    ),
  )).timeout(patience);

test('a plan that no longer fits is refused with what differs; one of which some is done goes on', () =>
  withPractice([], () =>
    withCustomer(async (customer) => {
      const { plan, page } = await save(customer);
      const file = customer.path('customer');
      const before = readFileSync(file, 'utf8');
      writeFileSync(file, before.replace('Contoso T&A', 'Payroll'));
      const renamed = await withPerson([files(plan), signIn], grace, () =>
        run('setUpFromPlan', customer.uri),
      );
      assert.match(
        renamed.shown.at(-1) ?? '',
        /What differs: customer\.mail\.fromName: was \\"Contoso T&A\\", is \\"Payroll\\"\..+TA-PLAN-CHANGED/,
      );
      assert.deepEqual(await tenantAt(page), { applications: 0, secrets: 0 });
      assert.equal(existsSync(customer.path('email')), false);

      writeFileSync(file, before);
      await withPerson([pick('Make ')], {}, () => run('createAppRegistration', customer.uri));
      await withPerson([files(plan), pick('Make ')], {}, () => run('setUpFromPlan', customer.uri));
      assert.deepEqual(await tenantAt(page), { applications: 1, secrets: 1 });
    }),
  )).timeout(patience);

test('a plan that was altered is refused before anybody signs in', () =>
  withPractice([], () =>
    withCustomer(async (customer) => {
      const { plan } = await save(customer);
      writeFileSync(plan, readFileSync(plan, 'utf8').replaceAll('Mail.Send', 'Mail.Read'));
      const person = await withPerson([files(plan)], {}, () => run('setUpFromPlan', customer.uri));
      assert.match(
        person.told[0]?.text ?? '',
        /was changed after the plan was saved\. Nothing was changed in the tenant\./,
      );
      assert.equal(existsSync(customer.path('record')), false);
    }),
  )).timeout(patience);

test('where nothing is to be done there is nothing to save', () =>
  withPractice([], () =>
    withCustomer(async ({ uri, folder }) => {
      await withPerson([signIn, pick('Make ')], grace, () => run('resumeSetUp', uri));
      const person = await withPerson([], {}, () => run('savePlan', uri));
      assert.match(person.shown.at(-1) ?? '', /Everything is set up correctly/);
      assert.equal(existsSync(join(folder, 'contoso.ta-plan.json')), false);
    }),
  )).timeout(patience);
