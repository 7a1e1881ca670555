import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { readCustomer } from '../../../src/core/customer/customer.ts';
import { standingOf } from '../../../src/core/customer/standing.ts';
import { exists } from '../../../src/core/files/target.ts';
import { endpointsOf } from '../../../src/core/preferences/endpoints.ts';
import type { PastedPreferences } from '../../../src/core/preferences/preferences.ts';
import {
  oldFileOf,
  readPreferences,
  writePreferences,
} from '../../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { AdoptPorts } from '../../../src/core/stories/adopt.ts';
import { addSecret } from '../../../src/practice/graph/secrets.ts';
import { adoption, byHand, customerFileOf, pasted } from '../../support/adopting.ts';
import { onboarding } from '../../support/onboarding.ts';
import { preferencesWith } from '../../support/preferences.ts';

const isWrite = (line: string): boolean => !/^ *GET |^POST \/v1\.0\/\$batch$/.test(line);

test("by preferences whose secret works, with the application's own rights, and nothing is changed in the tenant", async () => {
  const story = await onboarding();
  const { application, secret } = byHand(story);
  const found = pasted(story, application.appId, secret);
  const tokenEndpoint = 'https://login.windows.net/{TenantId}/OAuth2/v2.0/token/';
  const { done, failure } = await adoption(story, {
    kind: 'preferences',
    found: { ...found, apiEndpoints: { ...found.apiEndpoints, tokenEndpoint } },
  });
  expect(failure).toBeUndefined();
  expect(done?.findings).toContainEqual(
    expect.objectContaining({ id: 'endpoint-spelling', level: 'note', what: expect.saying(tokenEndpoint) }),
  );
  expect(done?.plan.changes.map(({ kind }) => kind)).toEqual(['register-application']);
  expect(done?.findings.map(({ what }) => String(what)).join('\n')).toContain('the owner clara@contoso.com');
  expect(done?.findings).toContainEqual(expect.objectContaining({ id: 'secret' }));
  expect(story.requests().filter(isWrite)).toEqual([]);

  const customer = await readCustomer(customerFileOf(story));
  expect(customer).toMatchObject({
    name: 'contoso.com',
    tenant: story.state.organization.id,
    scope: 'tenant',
    app: { displayName: 'WinTMS mail' },
    mail: { fromAddress: 'ta@contoso.com' },
  });
  expect((await readPreferences(story.files.preferences)).connection.clientSecret.reveal()).toBe(secret);
  const record = await story.record();
  expect(record).toMatchObject({
    application: { clientId: application.appId, objectId: application.id },
    secret: { hint: secret.slice(0, 3) },
    proof: { roles: expect.arrayContaining(['Mail.Send']) },
  });
  expect(record.grants).toHaveLength(4);
  expect(standingOf({ customer, record }, story.clock.now()).status).toBe('unverified');
});

test('a secret that would be in no file afterwards is not replaced, and nothing is written', async () => {
  const story = await onboarding();
  const { application, secret } = byHand(story);
  const { preferences } = story.files;
  const held = (text: string) =>
    preferencesWith({
      tenantId: story.state.organization.id,
      clientId: application.appId,
      clientSecret: new Secret(text),
    });
  await writePreferences(preferences, held('Now8Q~0123456789012345678901234567890123'));
  await writePreferences(oldFileOf(preferences), held('Old8Q~0123456789012345678901234567890123'));
  const from = { kind: 'preferences', found: pasted(story, application.appId, secret) } as const;
  expect((await adoption(story, from)).failure).toMatchObject({ code: 'TA-OLD-FILE' });
  expect((await readPreferences(preferences)).connection.clientSecret.hint).toBe('Now');
  expect(await exists(customerFileOf(story))).toBe(false);
});

test('again it writes nothing, and a set-up that adopts it closes the gap and keeps the secret', async () => {
  const story = await onboarding();
  const { application, secret } = byHand(story, [
    'Directory.Read.All',
    'User.Read.All',
    'Mail.ReadWrite',
    'Mail.Send',
    'Calendars.Read',
  ]);
  const from = { kind: 'preferences', found: pasted(story, application.appId, secret) } as const;
  const first = await adoption(story, from);
  expect(first.done?.findings.map(({ what }) => String(what)).join('\n')).toContain('Calendars.Read');
  story.clock.advance(60_000);
  expect((await adoption(story, from)).done?.written).toEqual([]);
  story.customer = await readCustomer(customerFileOf(story));

  expect((await story.run()).failure).toMatchObject({ code: 'TA-BLOCKED' });
  story.adopt = application.appId;
  story.clock.advance(60_000);
  const { done, failure } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.prepared.plan.changes.map(({ kind }) => kind)).toEqual(['register-application']);
  expect(application.graph.uniqueName).toMatch(/^ta-exchange-setup-/);
  expect(await story.clientSecret()).toBe(secret);
  expect(application.secrets).toHaveLength(1);
});

test('where the secret is refused, or is not known, an admin looks', async () => {
  // The form of Entra's own, which practice has too.
  for (const wrong of ['Xy8Q~0123456789._-abcdefghijklmnopqrstuv', undefined]) {
    const story = await onboarding();
    const { application } = byHand(story);
    const found = pasted(story, application.appId, wrong);
    const { done, failure } = await adoption(
      story,
      { kind: 'preferences', found },
      { signIn: story.signInOnce },
    );
    expect(failure).toBeUndefined();
    expect(done?.record.application?.clientId).toBe(application.appId);
    expect(done?.plan.changes.map(({ kind }) => kind)).toContain('add-client-secret');
    expect(story.requests().filter(isWrite)).toEqual([]);
    // What Entra refuses is not what T&A works with: a file with it would pass for T&A's preferences.
    expect(await exists(story.files.preferences)).toBe(false);
    expect(done?.hasPreferences).toBe(false);
    const told = done?.findings.find(({ id }) => id === 'secret-refused');
    if (wrong === undefined) expect(told).toBeUndefined();
    else expect(told?.what).toEqual(expect.saying('is not written: Microsoft Entra refuses it'));
  }
});

test('a secret that was created only minutes ago may be refused still: it is written', async () => {
  const story = await onboarding({ lagFactor: 20 });
  const { application } = byHand(story);
  const startsAt = story.clock.now();
  const life = { startsAt, endsAt: startsAt + 86_400_000, displayName: 'by hand' };
  const secret = addSecret(story.state, application, life).secretText;
  // It is listed by then, and not accepted.
  story.clock.advance(5000);
  const from = { kind: 'preferences', found: pasted(story, application.appId, secret) } as const;
  const { done, failure } = await adoption(story, from, { signIn: story.signInOnce });
  expect(failure).toBeUndefined();
  expect(done?.findings).toContainEqual(expect.objectContaining({ id: 'secret-new' }));
  expect((await readPreferences(story.files.preferences)).connection.clientSecret.reveal()).toBe(secret);
});

test('where the rights of the application do not show the registration, an admin looks', async () => {
  const story = await onboarding();
  const { application, secret } = byHand(story, ['Mail.ReadWrite', 'Mail.Send']);
  const from = { kind: 'preferences', found: pasted(story, application.appId, secret) } as const;
  const { done, progress } = await adoption(story, from, { signIn: story.signInOnce });
  expect(progress).toContain('signed in');
  expect(done?.plan.changes.map(({ kind }) => kind)).toEqual(['register-application', 'grant-permissions']);
  expect(done?.record.proof?.roles).toEqual(expect.arrayContaining(['Mail.Send']));
});

test('by a client id, where the customer file exists', async () => {
  const story = await onboarding();
  const { application } = byHand(story);
  const from = { kind: 'client id', clientId: application.appId } as const;
  expect((await adoption(story, from)).failure).toMatchObject({ code: 'TA-ADOPT-REFUSED', exitCode: 3 });
  await writeFile(customerFileOf(story), JSON.stringify(story.customer));
  const before = await readFile(customerFileOf(story), 'utf8');
  const { done, failure } = await adoption(story, from, { signIn: story.signInOnce });
  expect(failure).toBeUndefined();
  expect(done?.record).toMatchObject({ application: { clientId: application.appId } });
  expect(done?.record.secret).toBeUndefined();
  expect(await readFile(customerFileOf(story), 'utf8')).toBe(before);
  expect(await exists(story.files.preferences)).toBe(false);
  const missing = { kind: 'client id', clientId: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427' } as const;
  expect((await adoption(story, missing, { signIn: story.signInOnce })).failure).toMatchObject({
    code: 'TA-ADOPT-REFUSED',
  });
});

test('nothing is written where a person does not agree, and nothing of another tenant, cloud or application', async () => {
  const story = await onboarding();
  const { application, secret } = byHand(story);
  const found = pasted(story, application.appId, secret);
  const refused = async (from: PastedPreferences, ports: Partial<AdoptPorts> = {}) => {
    const { failure } = await adoption(
      story,
      { kind: 'preferences', found: from },
      { signIn: story.signInOnce, ...ports },
    );
    expect(await exists(story.files.record)).toBe(false);
    expect(await exists(customerFileOf(story))).toBe(false);
    return failure;
  };
  expect(await refused(found, { confirm: async () => false })).toMatchObject({ code: 'TA-CANCELLED' });
  const { graphApiEndpoint, defaultScope } = endpointsOf(clouds.china);
  const mixed = { ...found, apiEndpoints: { ...found.apiEndpoints, graphApiEndpoint, defaultScope } };
  expect(await refused(mixed)).toMatchObject({ code: 'TA-ENDPOINT', exitCode: 3 });
  expect(await refused({ ...found, apiEndpoints: {} })).toMatchObject({ code: 'TA-ADOPT-REFUSED' });
  const { clientId: _, ...rest } = found.connection;
  expect(await refused({ ...found, connection: rest })).toMatchObject({ code: 'TA-ADOPT-REFUSED' });
  const elsewhere = { ...found.connection, tenantId: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427' };
  expect(await refused({ ...found, connection: elsewhere })).toMatchObject({ code: 'TA-TENANT-NOT-FOUND' });

  await writeFile(customerFileOf(story), JSON.stringify({ ...story.customer, tenant: 'fabrikam.example' }));
  const { failure } = await adoption(story, { kind: 'preferences', found });
  expect(failure).toMatchObject({ code: expect.stringMatching(/TENANT-NOT-FOUND|BAD-INPUT/) });
});
