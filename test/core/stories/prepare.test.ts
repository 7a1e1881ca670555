import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import type { Session } from '../../../src/core/sign-in/session.ts';
import { forgedToken } from '../../support/forged-token.ts';
import { onboarding } from '../../support/onboarding.ts';

const otherTenant = '99999999-9999-4999-a999-999999999999';

test('says that the output path cannot be written before any request', async () => {
  const story = await onboarding();
  await mkdir(story.files.preferences);
  const { failure } = await story.run();
  expect(failure).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
  expect(story.state.requests).toEqual([]);
});

test('says that the record cannot be written before any request', async () => {
  const story = await onboarding();
  await mkdir(story.files.record);
  expect((await story.run()).failure).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
  expect(story.state.requests).toEqual([]);
});

test.each(['', '{', '{"version":1}', '[]'])(
  'refuses the damaged preferences file %j before any request',
  async (text) => {
    const story = await onboarding();
    await writeFile(story.files.preferences, text);
    const { failure } = await story.run();
    expect(failure).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
    expect(story.state.requests).toEqual([]);
  },
);

test('refuses to write over the preferences file of another customer', async () => {
  const story = await onboarding();
  await story.run();
  const { connection, ...rest } = JSON.parse(await readFile(story.files.preferences, 'utf8'));
  await writeFile(
    story.files.preferences,
    JSON.stringify({ ...rest, connection: { ...connection, tenantId: otherTenant } }),
  );
  story.requests();
  expect((await story.run()).failure).toMatchObject({
    code: 'TA-BAD-INPUT',
    exitCode: 3,
    message: expect.stringContaining('connection.tenantId'),
  });
  expect(story.requests()).toEqual([]);
});

test.each([
  ['kind', { kind: 'production' }],
  ['tenant', { tenant: { id: otherTenant, displayName: 'Fabrikam', domain: 'fabrikam.com' } }],
])('refuses a record of another %s before it signs in', async (_what, change) => {
  const story = await onboarding();
  await story.run();
  await writeFile(story.files.record, JSON.stringify({ ...(await story.record()), ...change }));
  story.requests();
  expect((await story.run()).failure).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
  expect(story.requests()).toEqual([]);
});

test('writes nothing with a token of another tenant', async () => {
  const story = await onboarding();
  const wrong = new Secret(forgedToken({ tid: otherTenant }));
  const signIn = async (tenantId: string): Promise<Session> => ({
    ...(await story.signInOnce(tenantId)),
    token: async () => wrong,
  });
  const { failure } = await story.run({ signIn });
  expect(failure).toMatchObject({ advice: { next: expect.saying(/\w/) } });
  expect(story.requests().filter((line) => !line.includes('$batch'))).toEqual([]);
  expect(story.state.applications).toEqual([]);
});

test('writes nothing where the token turns into one of another tenant after the look', async () => {
  const story = await onboarding();
  let forged = false;
  const signIn = async (tenantId: string): Promise<Session> => {
    const session = await story.signInOnce(tenantId);
    const wrong = new Secret(forgedToken({ tid: otherTenant }));
    return { ...session, token: async () => (forged ? wrong : await session.token()) };
  };
  const { failure } = await story.run({ signIn }, ({ kind }) => {
    if (kind === 'looked') forged = true;
  });
  expect(failure).toMatchObject({
    code: 'TA-WRONG-TENANT',
    message: expect.stringContaining(`signed in to tenant ${otherTenant}`),
  });
  expect(story.state.applications).toEqual([]);
});

test('names a tenant that does not exist', async () => {
  const story = await onboarding();
  story.customer = { ...story.customer, tenant: 'fabrikam.example' };
  expect((await story.run()).failure).toMatchObject({ code: 'TA-TENANT-NOT-FOUND' });
});

test('changes nothing where the pre-flight finds an obstacle', async () => {
  const story = await onboarding({ scenarios: ['sender-missing', 'secrets-forbidden'] });
  expect((await story.run()).failure).toMatchObject({
    code: 'TA-BLOCKED',
    message: expect.stringMatching(/^Nothing was changed: .* \(and 1 more\)$/),
  });
  expect(story.requests().filter((line) => !/GET|\$batch/.test(line))).toEqual([]);
  expect(await readdir(dirname(story.files.record))).toEqual([]);
});

test('changes nothing where the answer to "Go?" is no', async () => {
  const story = await onboarding();
  expect((await story.run({ confirm: async () => false })).failure).toMatchObject({ code: 'TA-CANCELLED' });
  expect(story.state.applications).toEqual([]);
  expect(await readdir(dirname(story.files.record))).toEqual([]);
});

test('tells how far it is, with the tenant, the admin, the findings and the plan', async () => {
  const story = await onboarding();
  const { progress } = await story.run();
  expect(progress.slice(0, 3)).toMatchObject([
    { kind: 'tenant', tenantId: story.state.organization.id },
    { kind: 'signed in', admin: { userPrincipalName: 'grace@contoso.com' } },
    { kind: 'looked', plan: { tenant: { displayName: 'Contoso', domain: 'contoso.com' } } },
  ]);
});
