import { expect, test, vi } from 'vitest';
import { copiesIn } from '../../../src/core/customer/copies.ts';
import { openIntents } from '../../../src/core/customer/journal.ts';
import { whatRemains } from '../../../src/core/setup/removal.ts';
import type { RemoveProgress } from '../../../src/core/stories/remove.ts';
import type { Vault } from '../../../src/practice/arm/azure.ts';
import { escrowing } from '../../support/escrowing.ts';
import { type RemovalOptions, removal } from '../../support/removing.ts';

vi.setConfig({ testTimeout: 60_000 });

const day = 86_400_000;

/** A customer whose secret lies in a vault of the customer's own. */
async function withCopy() {
  const story = await escrowing();
  expect((await story.run()).failure).toBeUndefined();
  story.clock.advance(60_000);
  const [vault] = story.azure.vaults;
  if (!vault) throw new Error('no vault was made');
  const { signInToAzure } = story.ports({});
  const asked = () =>
    story.state.requests
      .filter(({ host }) => host.endsWith('.vault.azure.net'))
      .map(({ method, path, status }) => `${method} ${path.split('/')[1]} ${status}`);
  const run = async (options: RemovalOptions = {}) => {
    const ends: RemoveProgress[] = [];
    const { failure, done } = await removal(
      story,
      { vault: true, ...options },
      { signInToAzure },
      (event) => event.kind === 'copy' && ends.push(event),
    );
    return { failure, done, words: done ? whatRemains(done).join('\n') : '', ends };
  };
  return { ...story, vault, asked, run };
}

const change = (vault: Vault, properties: Record<string, unknown>): void => {
  Object.assign(vault.properties, properties);
};

test('the copy stays where that is wanted, and is named', async () => {
  const { run, vault, record } = await withCopy();
  const { failure, words } = await run({ vault: false });
  expect(failure).toBeUndefined();
  expect(vault.secrets.map(({ enabled }) => enabled)).toEqual([true]);
  expect((await record()).escrow).toBeDefined();
  expect(words).toContain('The copy of the client secret in the Key Vault stays: https://');
});

test('the copy is deleted by Key Vault itself, which says until when it keeps it; no request reads a secret', async () => {
  const { run, vault, record, asked, clock } = await withCopy();
  const { failure, done, words, ends } = await run();
  expect(failure).toBeUndefined();
  expect(vault.secrets).toEqual([]);
  expect(vault.deletedSecrets).toMatchObject([{ name: expect.stringContaining('ta-exo-client-secret-') }]);
  expect(asked()[0]).toBe('DELETE secrets 200');
  expect(
    asked()
      .slice(1)
      .every((one) => one.startsWith('GET deletedsecrets')),
  ).toBe(true);
  expect(ends).toMatchObject([{ end: { kind: 'deleted' } }]);
  const { otherCopies, escrow } = await record();
  expect(escrow).toBeUndefined();
  const until = Date.parse(otherCopies?.[0]?.deleted?.recoverableUntil ?? '');
  expect(Math.abs(until - clock.now() - 90 * day)).toBeLessThan(60_000);
  expect(openIntents(await record())).toEqual([]);
  expect(words).toContain(`The vault keeps it until ${new Date(until).toISOString().slice(0, 10)}.`);
  const id = `https://${vault.name}.vault.azure.net/deletedsecrets/${vault.deletedSecrets[0]?.name}`;
  expect(words).toContain(`az keyvault secret recover --id ${id}`);
  expect(done?.prepared.findings.map(({ what }) => String(what)).join()).toContain(
    'is deleted, with a sign-in to Azure',
  );
});

test('where the application is deleted permanently, so is the copy', async () => {
  const { run, vault, record, asked } = await withCopy();
  const { failure, words } = await run({ purge: true });
  expect(failure).toBeUndefined();
  expect([vault.secrets, vault.deletedSecrets]).toEqual([[], []]);
  expect(asked().at(-1)).toBe('DELETE deletedsecrets 204');
  expect((await record()).removal).toMatchObject({ permanent: true });
  expect(copiesIn(await record())).toEqual([]);
  expect(words).toContain(`in the Key Vault is deleted permanently: https://${vault.name}.`);
});

test('a copy is deleted permanently later too, after an application that was', async () => {
  const { run, vault } = await withCopy();
  await run({ vault: false, purge: true });
  expect((await run({ purge: true })).failure).toBeUndefined();
  expect([vault.secrets, vault.deletedSecrets]).toEqual([[], []]);
});

test('purge protection keeps the copy until its time, and that is said', async () => {
  const { run, vault, asked } = await withCopy();
  change(vault, { enablePurgeProtection: true });
  const { failure, words } = await run({ purge: true });
  expect(failure).toBeUndefined();
  expect(vault.deletedSecrets).toHaveLength(1);
  expect(asked().filter((one) => one.startsWith('DELETE deletedsecrets'))).toEqual([]);
  expect(words).toContain('was not deleted permanently: purge protection of the vault does not allow');
});

const right = (secrets: string[], objectId: string) => ({
  enableRbacAuthorization: false,
  accessPolicies: [{ tenantId: 'x', objectId, permissions: { secrets } }],
});

test.each([
  [
    'no role in the vault',
    'was not deleted: the account you signed in with is not allowed to',
    () => undefined,
  ],
  [
    'no right in its access policies',
    'was not deleted: the account you signed in with is not allowed to',
    () => right(['get'], 'x'),
  ],
  [
    'a firewall',
    "was not deleted: the vault's firewall does not let this computer in",
    () => ({ networkAcls: { defaultAction: 'Deny' } }),
  ],
  [
    'a private endpoint',
    "was not deleted: the vault's firewall does not let this computer in",
    () => ({ publicNetworkAccess: 'Disabled' }),
  ],
])(
  'where there is %s, the copy is disabled, and why and how it is deleted is said',
  async (_what, why, changed) => {
    const { run, vault, azure, record } = await withCopy();
    const properties = changed();
    if (properties) change(vault, properties);
    else azure.officersOfSecrets = false;
    const { failure, words, ends } = await run();
    expect(failure).toBeUndefined();
    expect(vault.secrets.map(({ enabled }) => enabled)).toEqual([false]);
    expect(ends).toMatchObject([{ end: { kind: 'disabled' } }]);
    expect(copiesIn(await record())).toMatchObject([
      { disabled: true, uri: expect.stringContaining('/secrets/ta-exo-client-secret-') },
    ]);
    expect(openIntents(await record())).toEqual([]);
    expect(words).toContain('is disabled, not deleted');
    expect(words).toContain(why);
    const id = `https://${vault.name}.vault.azure.net/secrets/${vault.secrets[0]?.name}`;
    expect(words).toContain(`az keyvault secret delete --id ${id}`);
  },
);

test('whoever may delete, and not look, deletes', async () => {
  const { run, vault, azure } = await withCopy();
  const [owner = ''] = azure.roles.keys();
  change(vault, right(['Delete'], owner));
  const { failure, ends } = await run();
  expect(failure).toBeUndefined();
  expect(vault.secrets).toEqual([]);
  expect(ends).toMatchObject([{ end: { kind: 'deleted', recoverable: { until: expect.any(String) } } }]);
});

test('where Entra gives no token for Key Vault, the copy is disabled, with the code of that', async () => {
  const { run, http, vault, state, asked } = await withCopy();
  const send = http.send.bind(http);
  const error = {
    error: 'interaction_required',
    error_description: 'AADSTS50076: more.',
    error_codes: [50076],
  };
  http.send = async (request) => {
    if (new URLSearchParams(String(request.body ?? '')).get('scope')?.includes('vault.azure.net'))
      state.faults.rules.push({
        host: 'login.microsoftonline.com',
        path: /\/token/,
        nth: 1,
        answer: { kind: 'status', status: 400, body: error },
      });
    return await send(request);
  };
  const { failure, words } = await run();
  expect(failure).toBeUndefined();
  expect(words).toContain('AADSTS50076');
  expect(asked()).toEqual([]);
  expect(vault.secrets.map(({ enabled }) => enabled)).toEqual([false]);
});

test('an answer that was lost is looked for: the next run sees what came of it', async () => {
  const { run, vault, state, record } = await withCopy();
  const host = `${vault.name}.vault.azure.net`;
  state.faults.rules.push({ method: 'DELETE', host, answer: { kind: 'reset-after' } });
  state.faults.rules.push({ method: 'GET', host, answer: { kind: 'reset-before' } });
  const lost = await run();
  expect(lost.failure).toMatchObject({ doubt: true });
  expect((await record()).escrow).toBeDefined();
  expect(openIntents(await record())).toMatchObject([{ step: 'delete-copy' }]);
  const without = await run({ vault: false });
  expect(without.words).toContain('may be deleted: a run that stopped has asked for it');
  state.faults.rules = [];
  const { failure, ends } = await run({ purge: true });
  expect(failure).toBeUndefined();
  expect(ends).toMatchObject([{ end: { kind: 'deleted', recoverable: 'for good' } }]);
  expect(openIntents(await record())).toEqual([]);
  expect([vault.secrets, vault.deletedSecrets]).toEqual([[], []]);
});

test('where Resource Manager names a host that is no vault of this cloud, nothing is asked there', async () => {
  const vaultUri = 'https://contoso.vault.usgovcloudapi.net/';
  const { run, http, vault, asked } = await withCopy();
  const send = http.send.bind(http);
  http.send = async (request) => {
    const answer = await send(request);
    if (!/\/vaults\/[^/]+\?/.test(request.url)) return answer;
    const text = answer.text.replace(/"vaultUri":"[^"]+"/, `"vaultUri":"${vaultUri}"`);
    return { ...answer, text, body: JSON.parse(text) };
  };
  const { failure, words } = await run();
  expect(failure).toBeUndefined();
  expect(asked()).toEqual([]);
  expect(words).toContain('TA-UNTRUSTED-HOST');
  expect(vault.secrets.map(({ enabled }) => enabled)).toEqual([false]);
});

test('where the answer to the purge is lost, the next run sees that nothing is left to recover', async () => {
  const { run, vault, state, record } = await withCopy();
  const host = `${vault.name}.vault.azure.net`;
  state.faults.rules.push(
    { method: 'DELETE', host, path: '/deletedsecrets/', nth: 1, answer: { kind: 'reset-after' } },
    { method: 'DELETE', host, path: '/deletedsecrets/', answer: { kind: 'reset-before' } },
  );
  expect((await run({ purge: true })).failure).toMatchObject({ doubt: true });
  state.faults.rules = [];
  const { failure, words } = await run({ purge: true });
  expect(failure).toBeUndefined();
  expect(words).toContain('is deleted permanently');
  expect(copiesIn(await record())).toEqual([]);
});

test('a record that was sent along removes no secret of another application', async () => {
  const { run, vault, record } = await withCopy();
  const [secret] = vault.secrets;
  if (secret) Object.assign(secret.tags, { clientId: 'another' });
  const { words } = await run();
  expect(secret?.enabled).toBe(true);
  expect(vault.secrets).toHaveLength(1);
  expect(copiesIn(await record())).toMatchObject([{ uri: expect.any(String) }]);
  expect(words).toContain('was not deleted: it does not belong to the application that was removed.');
});
