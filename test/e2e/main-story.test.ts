import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cliEntry } from '../support/cli-entry.ts';
import { customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { loopbackFetch } from '../support/loopback-fetch.ts';
import { fileOf } from '../support/mail-tenant.ts';
import { endpointsOfTheArticle } from '../support/preferences.ts';
import { inboxOf, servedPractice, whatIsLeft } from '../support/served-practice.ts';
import { shownText } from '../support/shown-text.ts';
import { tempFolder } from '../support/temp-folder.ts';

const permissions = ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send'];

test('npm start onboards Contoso with the built command line', async () => {
  const folder = await tempFolder();
  await symlink(dirname(cliEntry()), join(folder, 'dist'), 'junction');
  const script = fileURLToPath(new URL('../../scripts/practice-run.ts', import.meta.url));
  // As npm starts it.
  const env = { ...process.env, npm_lifecycle_event: 'start' };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], { cwd: folder, env });
  await expect(shownText({ code: 0, stdout, stderr })).toMatchFileSnapshot('../golden/npm-start.txt');
  expect(stdout).toMatch(/1 to look, \d+ to make the changes/);
  expect((await readdir(join(folder, 'practice-run'))).sort()).toEqual([
    customerName,
    preferencesName,
    recordName,
    'payroll.csv',
    'practice.state',
    'roster.pdf',
    'timesheets.zip',
  ]);
  const { mode } = await stat(join(folder, 'practice-run', preferencesName));
  expect(mode & 0o777).toBe(0o600);
});

test('a whole onboarding leaves one of everything, and the mail arrives to the byte', async () => {
  await using practice = await servedPractice();
  const { folder, state, port } = practice;
  const files = {
    'roster.pdf': fileOf(20 * 1024),
    'payroll.csv': fileOf(3 * 1024 * 1024 + 1),
    'timesheets.zip': fileOf(10 * 1024 * 1024),
  };
  for (const [name, bytes] of Object.entries(files)) await folder.write(name, bytes);
  const attach = Object.keys(files).flatMap((name) => ['--attach', name]);
  const { code, stdout, stderr } = await practice.onboard('--json', ...attach);
  expect({ code, stderr: stderr.includes('✔ robin@contoso.com') }).toEqual({ code: 0, stderr: false });

  expect(whatIsLeft(state)).toEqual({
    applications: 1,
    servicePrincipals: 1,
    secrets: 1,
    grants: 4,
    mails: 1,
  });
  const [mail] = inboxOf(state, 'robin');
  expect(mail?.attachments.map(({ graph }) => graph.name)).toEqual(Object.keys(files));
  for (const { graph, bytes } of mail?.attachments ?? []) {
    const sent = Object.entries(files).find(([name]) => name === graph.name)?.[1];
    expect(sent?.equals(bytes), String(graph.name)).toBe(true);
  }

  const document = JSON.parse(stdout);
  // Three where nothing lags, and some more while the tenant does not know the new objects everywhere.
  expect(document.graphRequests).toEqual({ look: 1, afterGo: expect.any(Number) });
  expect(document.receipt.recipients).toEqual([{ address: 'robin@contoso.com', outcome: 'inbox' }]);
  const record = JSON.parse(await folder.read(recordName));
  expect(document.record).toEqual(record);
  const [application] = state.applications;
  expect(record).toMatchObject({
    kind: 'practice',
    tenant: { id: state.organization.id, displayName: 'Contoso', domain: 'contoso.com' },
    application: { objectId: application?.id, clientId: application?.appId },
    secret: { keyId: application?.secrets[0]?.keyId },
    proof: { keyId: application?.secrets[0]?.keyId },
  });

  const { component, connection, apiEndpoints } = JSON.parse(await folder.read(preferencesName));
  expect(component).toBe('EXCH');
  expect(apiEndpoints).toEqual(endpointsOfTheArticle);
  expect(connection).toMatchObject({
    tenantId: state.organization.id,
    clientId: application?.appId,
    fromName: 'Contoso Time & Attendance',
    fromEmailAddress: 'ta@contoso.com',
  });
  expect(await rolesFor(connection, port)).toEqual([...permissions].sort());
  for (const name of [preferencesName, recordName]) {
    expect((await stat(join(folder.path, name))).mode & 0o777, name).toBe(0o600);
  }
});

test('onboarding a healthy tenant again plans nothing and changes nothing, on disk neither', async () => {
  await using practice = await servedPractice();
  const { folder, state } = practice;
  expect(await practice.onboard()).toMatchObject({ code: 0 });
  const before = await contentOf(folder.path);
  // That a secret was used is Entra's own note.
  const objects = () =>
    JSON.stringify([state.applications, state.servicePrincipals, state.grants], (key, value: unknown) =>
      key === 'signIns' ? undefined : value,
    );
  const made = objects();
  const asked = state.requests.length;

  const plan = await practice.cli('plan', customerName);
  expect(plan).toMatchObject({ code: 0, stderr: '' });
  expect(plan.stdout).toContain('Everything is set up correctly. Nothing to do.');
  const again = await practice.cli('onboard', customerName, '--yes');
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain('1 to look, 0 to make the changes');

  expect(await contentOf(folder.path)).toEqual(before);
  expect(objects()).toBe(made);
  const graph = state.requests.slice(asked).filter(({ host }) => host === 'graph.microsoft.com');
  expect(new Set(graph.map(({ method, inBatch }) => (inBatch ? `${method} in batch` : method)))).toEqual(
    new Set(['POST', 'GET in batch']),
  );
  expect(graph.filter(({ inBatch }) => !inBatch).map(({ path }) => path)).toEqual([
    '/v1.0/$batch',
    '/v1.0/$batch',
  ]);
});

test('plan says what it would do with exit code 2, and writes nothing anywhere', async () => {
  await using practice = await servedPractice();
  const plan = await practice.cli('plan', customerName);
  expect(plan).toMatchObject({ code: 2, stderr: '' });
  expect(plan.stdout).toContain('5. Write the preferences file');
  const document = await practice.cli('plan', customerName, '--json');
  expect(document.code).toBe(2);
  const { plan: found, preferencesFile } = JSON.parse(document.stdout);
  expect(found.changes.map(({ kind }: { kind: string }) => kind)).toEqual([
    'register-application',
    'add-service-principal',
    'grant-permissions',
    'add-client-secret',
    'write-preferences',
  ]);
  expect(preferencesFile).toBe(preferencesName);
  expect(whatIsLeft(practice.state)).toMatchObject({ applications: 0, servicePrincipals: 0 });
  expect(await practice.folder.names()).toEqual([customerName]);
});

test('--out puts the preferences elsewhere, and a second run finds them there', async () => {
  await using practice = await servedPractice();
  await mkdir(join(practice.folder.path, 'secrets'));
  const out = join('secrets', 'mail.json');
  expect(await practice.onboard('--out', out)).toMatchObject({ code: 0 });
  expect(await practice.folder.names()).toEqual([customerName, recordName, 'secrets']);
  expect(await practice.cli('plan', customerName, '--out', out)).toMatchObject({ code: 0 });
});

/** The permissions in a token that the values of the preferences file get at the Token Endpoint. */
async function rolesFor(
  { tenantId, clientId, clientSecret }: { tenantId: string; clientId: string; clientSecret: string },
  port: number,
): Promise<string[]> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: endpointsOfTheArticle.defaultScope,
  });
  const address = endpointsOfTheArticle.tokenEndpoint.replace('{TenantId}', tenantId);
  const answer = await loopbackFetch(port)(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  const { access_token } = JSON.parse(await answer.text());
  return JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString()).roles.sort();
}

async function contentOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}
