import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import type { Plan } from '../../../src/core/setup/change.ts';
import { makePlan } from '../../../src/core/setup/plan.ts';
import { changesSince, readSavedPlan, savePlan } from '../../../src/core/setup/saved-plan.ts';
import { errorFrom } from '../../support/error-from.ts';
import { contoso, healthy, now, secretOf, snapshot } from '../../support/snapshot.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const fresh = (at = now): Plan => makePlan(contoso, snapshot().existing, at);

async function saved(plan = fresh(), customer = contoso) {
  const file = join(await tempFolder(), 'plan.json');
  const sha256 = await savePlan(file, customer, plan);
  return { file, sha256, read: () => readSavedPlan(file) };
}

test('a plan that was saved still fits another day, for another admin and in another folder', async () => {
  const { read } = await saved();
  const later = makePlan(
    contoso,
    { ...snapshot().as('applicationAdministrator').existing, preferencesFile: '/elsewhere/x.json' },
    now + 86_400_000,
  );
  expect(changesSince(await read(), contoso, later)).toEqual([]);
});

test('says what has changed in the tenant', async () => {
  const { read } = await saved();
  const registered = makePlan(contoso, snapshot().withApplication().existing, now);
  const changes = changesSince(await read(), contoso, registered);
  expect(changes).toEqual(['no longer to do: register application']);
  const { existing } = snapshot().withApplication({ displayName: 'Other' });
  expect(changesSince(await read(), contoso, makePlan(contoso, existing, now))).toEqual([
    'register application.how: was "create", is "update"',
  ]);
});

test('says what has changed in the customer file, and that the tenant is another', async () => {
  const { read } = await saved();
  const renamed = Customer.parse({ ...contoso, mail: { ...contoso.mail, fromName: 'Payroll' } });
  const plan = { ...fresh(), tenant: { ...fresh().tenant, id: '99999999-9999-4999-8999-999999999999' } };
  expect(changesSince(await read(), renamed, plan)).toEqual([
    'tenantId: was "11111111-1111-4111-a111-111111111111", is "99999999-9999-4999-8999-999999999999"',
    'customer.mail.fromName: was "Contoso Time & Attendance", is "Payroll"',
  ]);
});

test('a file that somebody changed is refused', async () => {
  const { file, read } = await saved();
  await writeFile(file, (await readFile(file, 'utf8')).replace('Mail.Send', 'Mail.Read'));
  expect(await errorFrom(read())).toMatchObject({
    code: 'TA-BAD-INPUT',
    exitCode: 3,
    message: expect.stringContaining('expected a plan that nobody changed'),
  });
});

test('white space and the order of fields do not count', async () => {
  const { file, read } = await saved();
  const before = await read();
  const { plan, sha256 } = JSON.parse(await readFile(file, 'utf8'));
  const turned = Object.fromEntries(Object.entries(plan).toReversed());
  await writeFile(file, JSON.stringify({ sha256, plan: turned }));
  expect(await read()).toEqual(before);
});

test('holds no secret, although the preferences file has one', async () => {
  const leftover = secretOf({ displayName: 'x (ta-broken22)', hint: 'xyz' });
  const { existing } = healthy()
    .withApplication({ displayName: 'Old', secrets: [leftover] })
    .withFile('canary8Q~secret');
  const { file } = await saved(makePlan(contoso, existing, now));
  expect(await readFile(file, 'utf8')).not.toContain('canary');
});

test('whatever the names, the plan that was saved is the plan that is read', async () => {
  const folder = await tempFolder();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), async (name) => {
      const parsed = Customer.safeParse({ ...contoso, app: { displayName: name } });
      fc.pre(parsed.success);
      const customer = parsed.data ?? contoso;
      const plan = makePlan(customer, snapshot().existing, now);
      await savePlan(join(folder, 'plan.json'), customer, plan);
      expect(changesSince(await readSavedPlan(join(folder, 'plan.json')), customer, plan)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
