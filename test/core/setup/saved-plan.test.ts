import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import type { Plan } from '../../../src/core/setup/plan.ts';
import { makePlan } from '../../../src/core/setup/plan.ts';
import {
  readSavedPlan,
  requireFit,
  type SavedPlan,
  writeSavedPlan,
} from '../../../src/core/setup/saved-plan.ts';
import { errorFrom } from '../../support/error-from.ts';
import { clientId, contoso, healthy, now, secretOf, snapshot } from '../../support/snapshot.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const fresh = (at = now): Plan => makePlan(contoso, snapshot().existing, at);

async function saved(plan = fresh(), customer = contoso) {
  const file = join(await tempFolder(), 'plan.json');
  const sha256 = await writeSavedPlan(file, customer, plan);
  return { file, sha256, read: () => readSavedPlan(file) };
}

/** What a plan is refused for; `undefined` where it fits. */
function misfit(saved: SavedPlan, plan: Plan, customer = contoso): string | undefined {
  try {
    requireFit(saved, customer, plan);
    return undefined;
  } catch (error) {
    return String(error).replace(/^.*What differs: /, '');
  }
}

test('a plan that was saved still fits another day, for another admin and in another folder', async () => {
  const { read } = await saved();
  const later = makePlan(
    contoso,
    { ...snapshot().as('applicationAdministrator').existing, preferencesFile: '/elsewhere/x.json' },
    now + 86_400_000,
  );
  expect(misfit(await read(), later)).toBeUndefined();
});

test('what is left of a saved plan after a run that stopped half-way fits it, and so does nothing', async () => {
  const { read } = await saved();
  const left = makePlan(contoso, snapshot().withApplication().existing, now);
  expect(left.changes.map(({ kind }) => kind)).not.toContain('register-application');
  const grant = left.changes.find((change) => change.kind === 'grant-permissions');
  const fewer = grant && { ...grant, permissions: grant.permissions.slice(2) };
  const changes = left.changes.map((change) => (change === grant && fewer ? fewer : change));
  expect(misfit(await read(), left)).toBeUndefined();
  expect(misfit(await read(), { ...left, changes })).toBeUndefined();
  expect(misfit(await read(), { ...left, changes: [] })).toBeUndefined();
});

test('says what is to be done now that was not, and what else is done meanwhile', async () => {
  const { read } = await saved();
  const { existing } = snapshot().withApplication({ displayName: 'Other' });
  expect(misfit(await read(), makePlan(contoso, existing, now))).toBe(
    `register application.how: was "create", is "update"; register application.clientId: was missing, is "${clientId}".`,
  );
  const left = makePlan(contoso, snapshot().withApplication().existing, now);
  const leftover = { kind: 'remove-client-secret', keyId: '1', displayName: 'lost' } as const;
  expect(misfit(await read(), { ...left, changes: [leftover, ...left.changes] })).toBe(
    'no longer needed: register application; now needed: remove client secret.',
  );
});

test('says what has changed in the customer file, and that the tenant is another', async () => {
  const { read } = await saved();
  const renamed = Customer.parse({ ...contoso, mail: { ...contoso.mail, fromName: 'Payroll' } });
  const plan = { ...fresh(), tenant: { ...fresh().tenant, id: '99999999-9999-4999-8999-999999999999' } };
  expect(misfit(await read(), plan, renamed)).toBe(
    'tenantId: was "11111111-1111-4111-a111-111111111111", is "99999999-9999-4999-8999-999999999999"; ' +
      'customer.mail.fromName: was "Contoso Time & Attendance", is "Payroll".',
  );
});

test('a file that somebody changed is refused', async () => {
  const { file, read } = await saved();
  await writeFile(file, (await readFile(file, 'utf8')).replace('Mail.Send', 'Mail.Read'));
  expect(await errorFrom(read())).toMatchObject({
    code: 'TA-PLAN-ALTERED',
    exitCode: 3,
    message: expect.stringContaining('was changed after the plan was saved'),
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
      await writeSavedPlan(join(folder, 'plan.json'), customer, plan);
      expect(misfit(await readSavedPlan(join(folder, 'plan.json')), plan, customer)).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});
