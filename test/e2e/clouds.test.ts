import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CloudName, clouds } from '../../src/core/cloud/clouds.ts';
import { CustomerRecord } from '../../src/core/customer/record.ts';
import { resultBegin, resultEnd } from '../../src/core/hand-over/scripts/result-block.ts';
import { hostsPlayed, practiceClouds } from '../../src/practice/clouds.ts';
import { createApplication } from '../../src/practice/graph/application-store.ts';
import { contoso, customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { limitAppsToSender } from '../support/exchange-admin.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { personNamed } from '../support/graph-caller.ts';
import { lastWeek } from '../support/planted-app.ts';
import { type ServedPractice, servedPractice } from '../support/served-practice.ts';

const names = Object.keys(clouds) as CloudName[];
const mail = { ...contoso.mail, otherMailbox: 'robin@contoso.com' };

/** A customer of the cloud, and where the cloud needs one a client to sign in with, registered by hand. */
async function practiceIn(
  cloud: CloudName,
  customer: object = {},
): Promise<{ practice: ServedPractice; signIn: string[]; clock: ReturnType<typeof fakeClock> }> {
  const clock = fakeClock();
  const practice = await servedPractice({ cloud, clock, customer: { ...contoso, cloud, ...customer } });
  if (clouds[cloud].hasGraphTools) return { practice, signIn: [], clock };
  const own = {
    displayName: 'Our tools',
    isFallbackPublicClient: true,
    publicClient: { redirectUris: ['http://localhost'] },
  };
  const { appId } = createApplication(lastWeek(practice.state), own, personNamed(practice.state, 'grace').id);
  return { practice, signIn: ['--sign-in-client-id', appId], clock };
}

/** Hosts that a tenant of this cloud has nothing to do with. */
const foreignTo = (cloud: CloudName): string[] => {
  const own = [
    ...hostsPlayed(practiceClouds[cloud]),
    ...practiceClouds[cloud].loginAliases,
    ...clouds[cloud].uploadHosts,
  ];
  const all = Object.values(practiceClouds).flatMap((one) => [
    ...hostsPlayed(one),
    ...one.loginAliases,
    one.vaults,
  ]);
  return all.filter((host) => ![...own, practiceClouds[cloud].vaults].some((mine) => mine.includes(host)));
};

/** What stands around each place where a text names a host. */
const contexts = (text: string, host: string): string[] =>
  text
    .split(host)
    .slice(1)
    .map((after, index) => `${text.split(host)[index]?.slice(-60)}${host}${after.slice(0, 30)}`);

/** Each command with what it is called with. */
const commands = [
  ['plan', customerName],
  ['onboard', customerName, '--yes', '--to', 'robin@contoso.com'],
  ['send', preferencesName, '--to', 'robin@contoso.com'],
  ['renew', customerName, '--yes'],
  ['renew', customerName, '--finish', '--yes'],
  ['check', customerName, '--format', 'json', '--out', 'check.json'],
  ['export', preferencesName, '--format', 'html', '--out', 'sheet.html', '--secret', 'omit'],
  ['import', preferencesName, '--customer', customerName],
  ['handover', customerName, '--out', 'pack'],
  ['script', customerName, '--form', 'powershell', '--out', 'setup.ps1'],
  ['script', customerName, '--form', 'az', '--out', 'setup.sh'],
  ['import-result', 'result.txt', customerName, '--to', 'robin@contoso.com'],
  ['escrow', customerName, '--resource-group', 'contoso-it', '--location', 'westeurope', '--yes'],
  ['adopt', 'again.ta-customer.json', '--preferences', preferencesName, '--yes'],
  ['remove', customerName, '--confirm', contoso.name, '--purge', '--delete-copy'],
];
/** What a script of the customer's administrator would print of what is there. */
async function writeResult({ folder }: ServedPractice): Promise<void> {
  const record = CustomerRecord.parse(JSON.parse(await folder.read(recordName)));
  const { tenant, application, servicePrincipal, grants, secret } = record;
  const block = {
    ...{ version: 1, tenantId: tenant.id, ...application, principalId: servicePrincipal?.objectId, grants },
    ...{
      secretName: secret?.displayName,
      expiresAt: secret?.expiresAt,
      keyId: secret?.keyId,
      hint: secret?.hint,
    },
  };
  await folder.write('result.txt', [resultBegin, JSON.stringify(block), resultEnd].join('\n'));
}

const signingIn = ['plan', 'onboard', 'renew', 'remove'];
const written = ['check.json', 'sheet.html', 'setup.ps1', 'setup.sh', 'pack/report.html', preferencesName];

/** What happens before a command. */
const before: Readonly<
  Record<string, (practice: ServedPractice, clock: ReturnType<typeof fakeClock>) => unknown>
> = {
  'import-result': writeResult,
  // T&A has the new secret by then, whether the cloud reports it or not.
  'renew --finish': (_, clock) => clock.advance(24 * 3_600_000),
};

/** Microsoft has the report of used secrets in the worldwide cloud alone: no other one is asked for it, and what T&A uses is unknown there. */
function expectReport({ state }: ServedPractice, isThere: boolean, shown: readonly string[]): void {
  expect(state.requests.some(({ path }) => path.includes('/reports/'))).toBe(isThere);
  expect(shown.some((text) => text.includes('It is unknown which secret T&A uses.'))).toBe(!isThere);
}

test.each(names)('%s: every command works in it, and names no host of another cloud', async (cloud) => {
  const { practice, signIn, clock } = await practiceIn(cloud);
  await using _ending = practice;
  const foreign = foreignTo(cloud);
  const shown: string[] = [];
  for (const [name = '', ...args] of commands) {
    await before[[name, ...args.filter((arg) => arg === '--finish')].join(' ')]?.(practice, clock);
    const run = await practice.cli(name, ...args, ...(signingIn.includes(name) ? signIn : []));
    expect(String(run.code), `${name}: ${run.stdout}${run.stderr}`).toMatch(name === 'plan' ? /2/ : /0/);
    shown.push(run.stdout, run.stderr);
    if (name === 'escrow')
      for (const file of written) shown.push(await readFile(join(practice.folder.path, file), 'utf8'));
  }
  expectReport(practice, cloud === 'global', shown);
  for (const text of shown.map((each) => each.replaceAll(/--connect-to \S+/g, '')))
    expect(foreign.flatMap((host) => contexts(text, host))).toEqual([]);
  const asked = new Set(practice.state.requests.map(({ host }) => host));
  expect([...asked].filter((host) => foreign.includes(host))).toEqual([]);
  expect([...asked].some((host) => host.endsWith(`.${clouds[cloud].vaults}`))).toBe(true);
  expect(practice.state.azure.vaults.flatMap((vault) => [...vault.secrets, ...vault.deletedSecrets])).toEqual(
    [],
  );
});

test.each(names)('%s: the limit to one mailbox has its script, both ways', async (cloud) => {
  const { practice, signIn } = await practiceIn(cloud, { scope: 'mailbox', mail });
  await using _ending = practice;
  await practice.cli('onboard', customerName, '--yes', ...signIn);
  expect((await practice.cli('scope', customerName, '--out', 'scope.ps1')).code).toBe(0);
  limitAppsToSender(practice.state);
  const proved = await practice.cli('scope', customerName, '--prove', '--to', 'robin@contoso.com');
  expect([proved.code, proved.stderr]).toEqual([0, '']);
  expect((await practice.cli('remove', customerName, '--confirm', contoso.name, ...signIn)).code).toBe(0);
  const { exchangePowerShell } = clouds[cloud].environments;
  for (const name of ['scope.ps1', 'contoso.remove-from-exchange.ps1'])
    expect(await practice.folder.read(name)).toContain(`"environment": "${exchangePowerShell}"`);
});

test.each(names)(
  '%s: endpoints of it and of another cloud together are refused before anything is sent',
  async (cloud) => {
    const { practice, signIn } = await practiceIn(cloud);
    await using _ending = practice;
    await practice.cli('onboard', customerName, '--yes', ...signIn);
    const other = clouds[cloud === 'global' ? 'china' : 'global'];
    const text = (await practice.folder.read(preferencesName)).replaceAll(clouds[cloud].login, other.login);
    await practice.folder.write(preferencesName, text);
    const before = practice.state.requests.length;
    const { code, stderr } = await practice.cli('send', preferencesName, '--to', 'robin@contoso.com');
    expect([code, stderr]).toEqual([3, expect.stringContaining('TA-ENDPOINT')]);
    expect(practice.state.requests).toHaveLength(before);
  },
);

test.each(names)(
  '%s: a record of another cloud than the customer file is told as that by every command, before any request',
  async (cloud) => {
    const { practice, signIn } = await practiceIn(cloud);
    await using _ending = practice;
    await practice.cli('onboard', customerName, '--yes', ...signIn);
    const other = clouds[cloud === 'global' ? 'china' : 'global'];
    await writeResult(practice);
    const record = JSON.parse(await practice.folder.read(recordName));
    await practice.folder.write(recordName, JSON.stringify({ ...record, cloud: other.name }));
    const before = practice.state.requests.length;
    const bound = commands.filter(
      ([name = '']) => !['send', 'export', 'import', 'handover', 'adopt'].includes(name),
    );
    for (const [name = '', ...args] of [
      ...bound,
      ['adopt', customerName, '--preferences', preferencesName, '--yes'],
    ]) {
      const run = await practice.cli(name, ...args, ...(signingIn.includes(name) ? signIn : []));
      const told = `${run.stdout}${run.stderr}${args.includes('check.json') ? await practice.folder.read('check.json') : ''}`;
      expect(told, name).toContain(`cloud: expected ${cloud}`);
      expect(told, name).toContain(`found ${other.name}`);
      expect([name, run.code]).toEqual([name, name === 'check' ? 1 : 3]);
    }
    expect(practice.state.requests).toHaveLength(before);
  },
);

test.each(names)('%s: a check that finds something leads to its own portals', async (cloud) => {
  const { practice, signIn } = await practiceIn(cloud);
  await using _ending = practice;
  await practice.cli('onboard', customerName, '--yes', ...signIn);
  for (const { graph } of practice.state.servicePrincipals)
    if (String(graph.displayName).startsWith('Time and Attendance'))
      Object.assign(graph, { accountEnabled: false });
  const found = (await practice.cli('check', customerName, '--json')).stdout;
  expect(found).toContain('AADSTS7000112');
  expect(found).toContain(`At ${clouds[cloud].portal} open`);
});

const elsewhere = names.flatMap((home) =>
  names.filter((asked) => asked !== home).map((asked) => [home, asked] as const),
);

test.each(elsewhere)('a tenant of %s is not set up as one of %s', async (home, asked) => {
  await using practice = await servedPractice({ cloud: home, customer: { ...contoso, cloud: asked } });
  const { code, stderr } = await practice.cli(
    'onboard',
    customerName,
    '--yes',
    '--sign-in-client-id',
    practice.state.organization.id,
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/TA-WRONG-CLOUD|TA-TENANT-NOT-FOUND/);
  expect(practice.state.applications).toEqual([]);
});

test('without an application of its own, the sign-in in a cloud that needs one says so', async () => {
  await using practice = await servedPractice({ cloud: 'china', customer: { ...contoso, cloud: 'china' } });
  const { stderr } = await practice.cli('onboard', customerName, '--yes');
  expect(stderr).toContain('TA-CLIENT-NEEDED');
  expect(stderr).toContain('https://portal.azure.cn');
});

test('the table of clouds and the practice tenant, which shares nothing with it, name the same hosts', () => {
  for (const name of names) {
    const { login, graph, arm, uploadHosts, loginAliases } = clouds[name];
    const played = practiceClouds[name];
    const https = (host: string) => `https://${host}`;
    expect([login, graph, arm]).toEqual([played.login, played.graph, played.arm].map(https));
    expect(uploadHosts).toContain(played.upload);
    expect(loginAliases).toEqual(played.loginAliases);
  }
});
