import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { clouds } from '../../../../src/core/cloud/clouds.ts';
import { Customer } from '../../../../src/core/customer/customer.ts';
import { defaultPermissions } from '../../../../src/core/customer/permissions.ts';
import { readResultBlock } from '../../../../src/core/hand-over/scripts/result-block.ts';
import type { State } from '../../../../src/practice/state.ts';
import { scriptFor } from '../../../support/admin-script.ts';
import { adminStage, start } from '../../../support/admin-stage.ts';
import { contosoCustomer } from '../../../support/contoso-customer.ts';
import { fullAccessAsApp, grantOnExchange } from '../../../support/exchange-admin.ts';
import { hostileNames } from '../../../support/hostile-names.ts';
import { heldIn } from '../../../support/invariants.ts';
import { testWith } from '../../../support/machine-tools.ts';
import { onboarding } from '../../../support/onboarding.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const test = testWith('bash');

/** What the tenant holds of ours, without what differs from one tenant to the next. */
function made(state: State) {
  const { applications, servicePrincipals, granted, liveSecrets } = heldIn(state);
  return {
    applications: applications.map(
      ({ graph: { id: _i, appId: _a, uniqueName: _u, createdDateTime: _c, ...graph } }) => graph,
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

/** The tenant after our own set-up, and after the script that its admin ran. */
async function bothWays(app: object) {
  const story = await onboarding();
  story.customer = Customer.parse({ ...contosoCustomer, app });
  expect((await story.run()).failure).toBeUndefined();
  await using stage = await adminStage();
  const admin = await stage.admin();
  const run = await admin.run(await stage.script({ app }));
  expect(run).toMatchObject({ code: 0 });
  expect(await readdir(admin.folder)).toEqual(['tools']);
  return { ours: made(story.state), theirs: made(stage.state), block: readResultBlock(run.stdout, 'result') };
}

/** Two at a time: one as the application's name, one as the secret's. */
const names = Array.from({ length: hostileNames.length / 2 }, (_, at) =>
  hostileNames.slice(2 * at, 2 * at + 2),
);

test.each(names)(
  'makes in the tenant just what we would make ourselves: %s and %s',
  async (displayName, description) => {
    const { ours, theirs, block } = await bothWays({ displayName, secret: { description } });
    expect(theirs).toEqual(ours);
    expect(theirs.secrets).toHaveLength(1);
    expect(block.secretName).toContain(description?.trim());
  },
);

test('grants unusual permissions as we would', async () => {
  const usual = defaultPermissions.map(({ value }) => value);
  const { ours, theirs, block } = await bothWays({
    permissions: [...usual, 'Calendars.Read', 'MailboxSettings.Read'],
  });
  expect(theirs).toEqual(ours);
  expect(theirs.granted).toHaveLength(6);
  expect(block.grants.map(({ permission }) => permission)).toEqual(
    expect.arrayContaining(['Calendars.Read', 'MailboxSettings.Read']),
  );
});

test('running it twice creates nothing twice', async () => {
  await using stage = await adminStage();
  const admin = await stage.admin();
  const file = await stage.script();
  const first = readResultBlock((await admin.run(file)).stdout, 'first');
  const before = structuredClone(made(stage.state));
  const again = await admin.run(file);
  expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('created before') });
  expect(made(stage.state)).toEqual(before);
  expect(readResultBlock(again.stdout, 'again')).toEqual(first);
});

test('an app that is for one mailbox now loses what opens all of them, as with us', async () => {
  const app = { permissions: [...defaultPermissions.map(({ value }) => value), 'Calendars.Read'] };
  const story = await onboarding();
  story.customer = Customer.parse({ ...contosoCustomer, app });
  await story.run();
  story.customer = Customer.parse({ ...contosoCustomer, app, scope: 'mailbox' });
  await story.run();
  await using stage = await adminStage();
  const admin = await stage.admin();
  await admin.run(await stage.script({ app }));
  expect(made(stage.state).granted).toHaveLength(5);
  grantOnExchange(stage.state);
  const { code, stderr } = await admin.run(await stage.script({ app, scope: 'mailbox' }));
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining('Removed: Mail.Send, which opens every mailbox'),
  ]);
  expect(stderr).toContain(
    `Removed: ${fullAccessAsApp} on Office 365 Exchange Online, which opens every mailbox`,
  );
  expect(made(stage.state)).toEqual(made(story.state));
  expect(made(stage.state).granted).toHaveLength(2);
});

test('a grant that is there but not listed yet is none to be waited for', async () => {
  await using stage = await adminStage();
  const admin = await stage.admin();
  const file = await stage.script();
  await admin.run(file);
  stage.wait(30);
  const grants = stage.state.grants.splice(0);
  stage.state.grants.push(...grants.map((grant) => ({ ...grant, madeAt: stage.state.clock.now() })));
  stage.state.lag.factor = 5000;
  expect(await admin.run(file)).toMatchObject({
    code: 0,
    stderr: expect.not.stringContaining('Trying again'),
  });
  expect(heldIn(stage.state).granted).toHaveLength(4);
});

test('goes on after a run that broke off, with Entra slow to spread what is new', async () => {
  await using stage = await adminStage({ lagFactor: 1 });
  const anton = await stage.admin({ person: 'anton' });
  const file = await stage.script();
  const { code, stdout, stderr } = await anton.run(file);
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(
    /This account is not allowed to do that\. Run the script again as a Global Administrator/,
  );
  expect(stderr.match(/Authorization_RequestDenied/g)).toHaveLength(1);
  expect(heldIn(stage.state).liveSecrets).toEqual([]);
  const grace = await stage.admin();
  const [application] = heldIn(stage.state).applications;
  const refused = await grace.run(file);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('the owner anton@contoso.com')]);
  expect(heldIn(stage.state).granted).toEqual([]);
  expect(await grace.run(file, '--adopt', application?.appId ?? '')).toMatchObject({ code: 0 });
  expect(made(stage.state)).toMatchObject({ granted: { length: 4 }, secrets: [{ days: 180 }] });
});

test('writes nothing in another tenant', async () => {
  await using stage = await adminStage();
  const admin = await stage.admin();
  const run = await admin.run(await stage.script({}, '99999999-9999-4999-8999-999999999999'));
  expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Nothing was changed') });
  expect(admin.calls.map((call) => call[call.indexOf('--method') + 1])).toEqual(['get']);
});

test.each([['--help'], ['--new-secret', 'now'], ['--new-secrets']])(
  'refuses arguments that it does not know, before it asks anything: %s %s',
  async (...args) => {
    await using stage = await adminStage();
    const admin = await stage.admin();
    expect(await admin.run(await stage.script(), ...args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `This script accepts --new-secret, --restore, --purge and --adopt CLIENT-ID, not: ${args.join(' ')}\n`,
    });
    expect(admin.calls).toEqual([]);
  },
);

test.each(Object.values(clouds))('bash understands the script of the $name cloud', async (cloud) => {
  const file = join(await tempFolder(), 'setup.sh');
  const text = scriptFor('az', { cloud });
  await writeFile(file, text);
  await expect(promisify(execFile)('bash', ['-n', file])).resolves.toMatchObject({ stderr: '' });
  expect(text).toContain(`graph_url='${cloud.graph}/v1.0'`);
});
