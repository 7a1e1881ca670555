import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { clouds } from '../../../../src/core/cloud/clouds.ts';
import { Customer } from '../../../../src/core/customer/customer.ts';
import { azureCliScript } from '../../../../src/core/hand-over/scripts/azure-cli.ts';
import { readResultBlock } from '../../../../src/core/hand-over/scripts/result-block.ts';
import { scriptData } from '../../../../src/core/hand-over/scripts/script-data.ts';
import type { Plan } from '../../../../src/core/setup/change.ts';
import { planUnseen } from '../../../../src/core/setup/unseen.ts';
import { serve } from '../../../../src/practice/serve.ts';
import type { State } from '../../../../src/practice/state.ts';
import { createPracticeTenant, type PracticeTenantOptions } from '../../../../src/practice/tenant.ts';
import { makeAgeKey, needAge } from '../../../support/age-tool.ts';
import { blankRecord } from '../../../support/blank-record.ts';
import { contosoCustomer } from '../../../support/contoso-customer.ts';
import { customersAdmin } from '../../../support/customers-admin.ts';
import { fakeClock } from '../../../support/fake-clock.ts';
import { hostileNames } from '../../../support/hostile-names.ts';
import { heldIn } from '../../../support/invariants.ts';
import { onboarding } from '../../../support/onboarding.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

beforeAll(needAge);

const start = Date.parse('2026-11-23T22:00:00Z');

async function served(options: PracticeTenantOptions = {}) {
  const tenant = createPracticeTenant({ clock: fakeClock(start), lagFactor: 0, ...options });
  const server = await serve(tenant);
  return { tenant, port: server.port, [Symbol.asyncDispose]: () => server.close() };
}

function planFor(customer: Customer, tenantId: string): Plan {
  const tenant = { id: tenantId, displayName: 'Contoso', domain: 'contoso.com' };
  return planUnseen(customer, blankRecord({ tenant }), 'contoso.ta-email.json', start);
}

async function scriptFile(customer: Customer, tenantId: string, recipient?: string): Promise<string> {
  const file = join(await tempFolder(), 'setup.sh');
  await writeFile(file, azureCliScript(scriptData(planFor(customer, tenantId), clouds.global, recipient)));
  return file;
}

/** What the tenant holds of ours, without what differs from one tenant to the next. */
function made(state: State) {
  const { applications, servicePrincipals, granted, liveSecrets } = heldIn(state);
  return {
    applications: applications.map(
      ({ graph: { id: _i, appId: _a, createdDateTime: _c, ...graph } }) => graph,
    ),
    servicePrincipals: servicePrincipals.map(
      ({ graph: { id: _i, appId: _a, servicePrincipalNames: _n, createdDateTime: _c, ...graph } }) => graph,
    ),
    granted,
    secrets: liveSecrets.map(({ displayName, endsAt }) => ({
      name: displayName?.replace(/\(ta-\w{8}\)$/, '(ta-KEY)'),
      days: Math.round((endsAt - start) / 86_400_000),
    })),
  };
}

/** Two at a time: one as the application's name, one as the secret's. */
const names = Array.from({ length: hostileNames.length / 2 }, (_, at) =>
  hostileNames.slice(2 * at, 2 * at + 2),
);

test.each(names)(
  'makes in the tenant just what we would make ourselves: %s and %s',
  async (displayName, description) => {
    const customer = Customer.parse({ ...contosoCustomer, app: { displayName, secret: { description } } });
    const story = await onboarding();
    story.customer = customer;
    expect((await story.run()).failure).toBeUndefined();

    await using theirs = await served();
    const admin = await customersAdmin(theirs.tenant, theirs.port);
    const file = await scriptFile(customer, theirs.tenant.state.organization.id);
    const run = await admin.run(file);
    expect(run).toMatchObject({ code: 0 });
    expect(made(theirs.tenant.state)).toEqual(made(story.state));
    expect(made(theirs.tenant.state).secrets).toHaveLength(1);
    expect(await readdir(admin.folder)).toEqual(['tools']);
    expect(readResultBlock(run.stdout, 'result').secretName).toContain(customer.app.secret.description);
  },
);

test('running it twice makes nothing twice', async () => {
  await using theirs = await served();
  const { state } = theirs.tenant;
  const admin = await customersAdmin(theirs.tenant, theirs.port);
  const file = await scriptFile(Customer.parse(contosoCustomer), state.organization.id);
  const first = readResultBlock((await admin.run(file)).stdout, 'first');
  const before = structuredClone(made(state));
  const again = await admin.run(file);
  expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('made before') });
  expect(made(state)).toEqual(before);
  expect(readResultBlock(again.stdout, 'again')).toEqual(first);
});

test('goes on after a run that broke off, with Entra slow to spread what is new', async () => {
  await using theirs = await served({ lagFactor: 1 });
  const { state } = theirs.tenant;
  const admin = await customersAdmin(theirs.tenant, theirs.port, { person: 'anton' });
  const file = await scriptFile(Customer.parse(contosoCustomer), state.organization.id);
  expect(await admin.run(file)).toMatchObject({ code: 1, stdout: '' });
  expect(heldIn(state).liveSecrets).toEqual([]);
  const grace = await customersAdmin(theirs.tenant, theirs.port);
  state.lag.factor = 0;
  expect(await grace.run(file)).toMatchObject({ code: 0 });
  expect(made(state)).toMatchObject({ granted: { length: 4 }, secrets: [{ days: 180 }] });
});

test('writes nothing in another tenant', async () => {
  await using theirs = await served();
  const admin = await customersAdmin(theirs.tenant, theirs.port);
  const other = '99999999-9999-4999-8999-999999999999';
  const run = await admin.run(await scriptFile(Customer.parse(contosoCustomer), other));
  expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Nothing was changed') });
  expect(admin.calls.map((call) => call[call.indexOf('--method') + 1])).toEqual(['get']);
});

test('the secret is in clear in no argument, and in the result only sealed', async () => {
  await using theirs = await served();
  const { state } = theirs.tenant;
  const key = await makeAgeKey(join(await tempFolder(), 'key.txt'));
  const admin = await customersAdmin(theirs.tenant, theirs.port);
  const customer = Customer.parse(contosoCustomer);
  const sealed = await admin.run(await scriptFile(customer, state.organization.id, key.recipient));
  const block = readResultBlock(sealed.stdout, 'sealed');
  const file = join(await tempFolder(), 'sealed.age');
  await writeFile(file, Buffer.from((block.sealedSecret ?? []).join(''), 'base64'));
  const { stdout: secret } = await promisify(execFile)('age', ['--decrypt', '-i', key.identityFile, file]);
  expect(secret.slice(0, 3)).toBe(block.hint);
  expect(heldIn(state).liveSecrets).toHaveLength(1);
  for (const text of [sealed.stdout, sealed.stderr, JSON.stringify(admin.calls)])
    expect(text).not.toContain(secret);
});

test('without age the secret shows on the terminal, outside the result', async () => {
  await using theirs = await served();
  const { state } = theirs.tenant;
  const key = await makeAgeKey(join(await tempFolder(), 'key.txt'));
  const admin = await customersAdmin(theirs.tenant, theirs.port, { age: false });
  const file = await scriptFile(Customer.parse(contosoCustomer), state.organization.id, key.recipient);
  const { stdout, stderr } = await admin.run(file);
  const [, secret = ''] = /^Client secret: (\S+)$/m.exec(stderr) ?? [];
  expect(secret.length).toBeGreaterThan(30);
  expect(stdout).not.toContain(secret);
  expect(readResultBlock(stdout, 'result')).toMatchObject({ hint: secret.slice(0, 3), sealedSecret: [] });
});

test.each(Object.values(clouds))('bash understands the script of the $name cloud', async (cloud) => {
  const file = join(await tempFolder(), 'setup.sh');
  const plan = planFor(Customer.parse(contosoCustomer), '1b4e28ba-2fa1-4d2c-883f-0016d3cca427');
  const text = azureCliScript(scriptData(plan, cloud, undefined));
  await writeFile(file, text);
  await expect(promisify(execFile)('bash', ['-n', file])).resolves.toMatchObject({ stderr: '' });
  expect(text).toContain(`graph_url='${cloud.graph}/v1.0'`);
});
