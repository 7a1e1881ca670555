import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { CustomerRecord } from '../../src/core/customer/record.ts';
import { makeAgeKey } from '../support/age-tool.ts';
import { customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { type CustomersAdmin, customersAdmin } from '../support/customers-admin.ts';
import { filesBelow, findIn } from '../support/hiding-places.ts';
import { testWith } from '../support/machine-tools.ts';
import { inboxOf, type ServedPractice, servedPractice, whatIsLeft } from '../support/served-practice.ts';

vi.setConfig({ testTimeout: 120_000 });
const test = testWith('bash');

const everything = { applications: 1, servicePrincipals: 1, secrets: 1, grants: 4, mails: 1 };
const toRobin = ['--to', 'robin@contoso.com'];

async function record({ folder }: ServedPractice): Promise<CustomerRecord> {
  return CustomerRecord.parse(JSON.parse(await folder.read(recordName)));
}

/** Where else than in the preferences file the client secret stands, in which disguise: in the whole folder, and in what was shown. */
async function strayed(
  { folder }: ServedPractice,
  shown: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const { clientSecret } = JSON.parse(await folder.read(preferencesName)).connection;
  const found = findIn({ ...(await filesBelow(folder.path)), ...shown }, clientSecret);
  expect(found).toContain(`${preferencesName}: plain`);
  return found.filter((place) => !place.startsWith(`${preferencesName}: `));
}

test('a lesser admin registers, waits for the consent of another, and the mail arrives', async () => {
  await using practice = await servedPractice({ scenarios: ['consent-by-someone-else'] });
  const waiting = practice.start('onboard', customerName, '--yes', ...toRobin, '--wait-for-consent', '2');
  const shown = await waiting.shows('AADSTS500113');
  expect(shown).toMatch(/^https:\/\/login\.microsoftonline\.com\/[0-9a-f-]{36}\/adminconsent\?/m);
  expect((await record(practice)).consent?.askedAt).toMatch(/Z$/);
  expect(await waiting.ended).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toEqual(everything);
  expect((await record(practice)).consent).toBeUndefined();
});

test('without the flag the run stops with the link, and a later one goes on', async () => {
  await using practice = await servedPractice({ scenarios: ['app-admin-only'] });
  const first = await practice.onboard();
  expect(first).toMatchObject({ code: 1, stderr: expect.stringContaining('TA-CONSENT-NEEDED') });
  practice.state.colleagueConsentsAfterMs = 0;
  const second = await practice.onboard('--wait-for-consent');
  expect(second).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toEqual(everything);
});

test('a wait that is no number of minutes is refused before anything is asked', async () => {
  await using practice = await servedPractice();
  const run = await practice.onboard('--wait-for-consent', '0');
  expect(run).toMatchObject({ code: 3, stderr: expect.stringContaining('whole minutes from 1') });
  expect(practice.state.requests).toEqual([]);
});

interface Stage {
  readonly practice: ServedPractice;
  readonly admin: CustomersAdmin;
}

/** The consultant writes a script without signing in, the admin runs it and sends the result back. */
async function scripted({ practice, admin }: Stage, ...flags: readonly string[]) {
  const written = await practice.cli('script', customerName, '--form', 'az', '--out', 'setup.sh', ...flags);
  expect(written).toMatchObject({ code: 0, stderr: '' });
  expect(practice.state.requests.filter(({ host }) => host === 'graph.microsoft.com')).toEqual([]);
  const run = await ranBy({ practice, admin });
  return { written, run };
}

/** Runs the script that lies there, and keeps what the admin sends back as `result.txt`. */
async function ranBy({ practice, admin }: Stage, ...args: readonly string[]) {
  const run = await admin.run(join(practice.folder.path, 'setup.sh'), ...args);
  expect(run).toMatchObject({ code: 0 });
  const mail = `Hello,\r\n\r\nhere it is:\r\n${run.stdout.replaceAll('\n', '\r\n')}\r\nRegards, Grace`;
  await practice.folder.write('result.txt', mail);
  return run;
}

test('the admin runs a script, the sealed secret comes back, and the mail arrives', async () => {
  await using practice = await servedPractice({ lagFactor: 0 });
  const stage = { practice, admin: await customersAdmin(practice.tenant, practice.port) };
  const key = await makeAgeKey(join(practice.folder.path, 'key.txt'));
  const { written, run } = await scripted(stage, '--recipient', key.recipient);
  const back = ['import-result', 'result.txt', customerName, ...toRobin];
  const imported = await practice.cli(...back, '--identity', 'key.txt');
  expect(imported).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toEqual(everything);
  expect(inboxOf(practice.state, 'robin')).toHaveLength(1);
  const { proof, secret, preferences } = await record(practice);
  expect(proof?.keyId).toBe(secret?.keyId);
  expect(preferences).toMatchObject({ file: preferencesName, keyId: secret?.keyId });
  const shown = {
    'script, stdout': written.stdout,
    'admin, stdout': run.stdout,
    'admin, stderr': run.stderr,
    'import-result, stdout': imported.stdout,
  };
  expect(await strayed(practice, shown)).toEqual([]);
  // What is set up in two steps is set up like any other.
  const plan = await practice.cli('plan', customerName);
  expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('Everything is set up correctly') });
});

test('a second result without the secret goes on with the file that holds it', async () => {
  await using practice = await servedPractice({ lagFactor: 0 });
  const stage = { practice, admin: await customersAdmin(practice.tenant, practice.port) };
  const key = await makeAgeKey(join(practice.folder.path, 'key.txt'));
  await scripted(stage, '--recipient', key.recipient);
  const back = ['import-result', 'result.txt', customerName, '--identity', 'key.txt', ...toRobin];
  expect(await practice.cli(...back)).toMatchObject({ code: 0, stderr: '' });
  await ranBy(stage);
  const again = await practice.cli(...back);
  expect(again).toMatchObject({ code: 0, stderr: '', stdout: expect.not.stringContaining('with the admin') });
  expect(whatIsLeft(practice.state)).toEqual({ ...everything, mails: 2 });
});

test('a result that is lost, and a key that is gone: the next one has a secret in place of that, and the mail arrives', async () => {
  await using practice = await servedPractice({ lagFactor: 0 });
  const stage = { practice, admin: await customersAdmin(practice.tenant, practice.port) };
  const gone = await makeAgeKey(join(practice.folder.path, 'gone.txt'));
  await scripted(stage, '--recipient', gone.recipient);
  const key = await makeAgeKey(join(practice.folder.path, 'key.txt'));
  const back = ['import-result', 'result.txt', customerName, '--identity', 'key.txt', ...toRobin];
  const closed = await practice.cli(...back);
  expect(closed).toMatchObject({ code: 3, stderr: expect.stringContaining('run with --new-secret') });
  await ranBy(stage);
  const unread = await practice.cli(...back);
  expect(unread.stdout).toContain('they run the script with --new-secret');
  const anew = ['script', customerName, '--form', 'az', '--out', 'setup.sh', '--recipient', key.recipient];
  expect(await practice.cli(...anew)).toMatchObject({ code: 0 });
  expect((await ranBy(stage)).stderr).toContain('run this again with --new-secret');
  await ranBy(stage, '--new-secret');
  expect(await practice.cli(...back)).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toEqual(everything);
  expect(inboxOf(practice.state, 'robin')).toHaveLength(1);
});

test('without a key the secret stays with the admin, and the record knows the rest', async () => {
  await using practice = await servedPractice({ lagFactor: 0 });
  const stage = { practice, admin: await customersAdmin(practice.tenant, practice.port) };
  await scripted(stage);
  const imported = await practice.cli('import-result', 'result.txt', customerName, ...toRobin);
  expect(imported).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('The secret is with the admin'),
  });
  expect(imported.stdout).toContain('press Test there');
  expect(await practice.folder.names()).not.toContain(preferencesName);
  const { application, secret, proof } = await record(practice);
  expect([application?.clientId, secret?.hint?.length, proof]).toEqual([expect.any(String), 3, undefined]);
});

test('a result of another tenant, of no key or of a wrong key changes nothing', async () => {
  await using practice = await servedPractice({ lagFactor: 0 });
  const stage = { practice, admin: await customersAdmin(practice.tenant, practice.port) };
  const { recipient } = await makeAgeKey(join(practice.folder.path, 'key.txt'));
  await makeAgeKey(join(practice.folder.path, 'other-key.txt'));
  await scripted(stage, '--recipient', recipient);
  const foreign = (await practice.folder.read('result.txt')).replaceAll(
    practice.state.organization.id,
    '99999999-9999-4999-8999-999999999999',
  );
  await practice.folder.write('foreign.txt', foreign);
  const before = await practice.folder.read(recordName);
  const refusals = [
    [['foreign.txt', customerName], "expected the customer's tenant"],
    [['result.txt', customerName], 'you gave no key'],
    [['result.txt', customerName, '--identity', 'other-key.txt'], 'does not open with this age key'],
    [['result.txt', customerName, '--identity', customerName], 'contains no age key'],
    [[customerName, customerName], 'BEGIN TA EXCHANGE RESULT'],
  ] as const;
  for (const [args, sentence] of refusals) {
    const run = await practice.cli('import-result', ...args);
    expect(run).toMatchObject({ code: 3, stderr: expect.stringContaining(sentence) });
  }
  expect(await practice.folder.read(recordName)).toBe(before);
  expect(JSON.parse(before)).toMatchObject({ grants: [], journal: [{ state: 'intent' }] });
});

test('a plan is saved, agreed to, and carried out only while it fits', async () => {
  await using practice = await servedPractice();
  const saved = await practice.cli('plan', customerName, '--save', 'plan.json');
  expect(saved).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/Saved: plan\.json \(SHA-256 [0-9a-f]{64}\)/),
  });
  await practice.folder.write(
    'other.json',
    (await practice.folder.read('plan.json')).replace('Mail.Send', 'Mail.Read'),
  );
  const altered = await practice.onboard('--plan', 'other.json');
  expect(altered).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('was changed after the plan was saved'),
  });
  expect(await practice.onboard('--plan', 'plan.json')).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toEqual(everything);
  expect(await practice.onboard('--plan', 'plan.json')).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toMatchObject({ applications: 1, secrets: 1, grants: 4 });
  const ours = practice.state.applications.find(({ graph }) => typeof graph.uniqueName === 'string');
  Object.assign(ours?.graph ?? {}, { displayName: 'Renamed by hand' });
  expect(await practice.onboard('--plan', 'plan.json')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('What differs: register application.how: was "create", is "update"'),
  });
  expect(await strayed(practice)).toEqual([]);
});
