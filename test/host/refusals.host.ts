import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { type Alter, setUpOnAltered } from './support/altered-practice.ts';
import { startCanary } from './support/canary.ts';
import { type CustomerFolder, run, withCustomer, withPerson, withPractice } from './support/rehearsal.ts';
import { pick } from './support/script.ts';

const patience = 300_000;
const grace = { as: 'grace@contoso.com' };
const signInAndGo = [pick('Copy Code & Open Browser'), pick('Make ')];
const onlyTheCustomerFile = ({ folder }: CustomerFolder) =>
  assert.deepEqual(readdirSync(folder), ['contoso.ta-customer.json']);

const otherTenant = '7f1b0f3e-0000-4000-8000-00000000f00d';

/** Contoso's tenant is found under another id than the one that its tokens are for. */
const anotherId: Alter = async (request, tenant) => {
  const { id } = tenant.state.organization;
  const answer = await tenant.fetch(new Request(request.url.replaceAll(otherTenant, id), request));
  if (!request.url.includes('openid-configuration')) return answer;
  return new Response((await answer.text()).replaceAll(id, otherTenant), answer);
};

test('an admin who is signed in to another tenant is refused, both are named, and nothing is written', () =>
  withCustomer(async (customer) => {
    const found: string[] = [];
    const alter: Alter = (request, tenant) => {
      found[0] = tenant.state.organization.id;
      return anotherId(request, tenant);
    };
    const person = await withPerson([pick('Copy Code & Open Browser')], grace, () =>
      setUpOnAltered(customer.uri, alter),
    );
    const refusal = person.shown.at(-1) ?? '';
    assert.ok(refusal.includes(`tenant ${found[0]}, but the customer's tenant is ${otherTenant}`), refusal);
    onlyTheCustomerFile(customer);
  })).timeout(patience);

const hostile =
  '<img src=x onerror=alert(1)> [Repair](command:workbench.action.quit) [more](https://evil.example)';

test('a text of Graph reaches no message that VS Code would make links or markup of', () =>
  withCustomer(async (customer) => {
    const alter: Alter = async (request, tenant) => {
      if (request.method !== 'PATCH') return await tenant.fetch(request);
      const error = { code: 'Authorization_RequestDenied', message: hostile };
      return Response.json({ error }, { status: 403 });
    };
    const person = await withPerson(signInAndGo, grace, () => setUpOnAltered(customer.uri, alter));
    assert.match(person.shown.at(-1) ?? '', /Authorization_RequestDenied/);
    // The page takes its texts as texts; a message of VS Code would not.
    const told = person.told.flatMap(({ text, detail }) => [text, detail]);
    assert.deepEqual(
      told.filter((text) => /<img|\]\((command|https):/.test(text)),
      [],
    );
  })).timeout(patience);

test('settings of a workspace send neither a request nor a sign-in elsewhere', async () => {
  const canary = await startCanary();
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(workspace);
  const folder = vscode.Uri.joinPath(workspace.uri, '.vscode');
  const foreignClient = '00000000-bad0-4000-8000-000000000000';
  const settings = {
    'taExchange.signIn.clientId': foreignClient,
    'taExchange.signIn.way': 'browser',
    'taExchange.connectTo': [`graph.microsoft.com=${canary.origin}`],
    'taExchange.endpoints': { graph: canary.origin, login: canary.origin },
    'taExchange.practice.origin': canary.origin,
  };
  await vscode.workspace.fs.writeFile(
    vscode.Uri.joinPath(folder, 'settings.json'),
    Buffer.from(JSON.stringify(settings)),
  );
  try {
    await withPractice([], () =>
      withCustomer(async ({ uri, record }) => {
        const person = await withPerson(signInAndGo, grace, () => run('resumeSetUp', uri));
        assert.match(person.opened[0] ?? '', /\/devicelogin$/);
        const page = await (await fetch(new URL('/', person.opened[0]))).text();
        assert.ok(!page.includes(foreignClient));
        assert.equal(record().grants.length, 4);
      }),
    );
    assert.deepEqual(canary.asked, []);
  } finally {
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await canary.close();
  }
}).timeout(patience);
