import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type PracticeCloudName, practiceCloudNames, practiceClouds } from '../../../src/practice/clouds.ts';
import { addSecret } from '../../../src/practice/graph/secrets.ts';
import type { ScenarioName } from '../../../src/practice/scenarios.ts';
import { createPracticeTenant } from '../../../src/practice/tenant.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { loginClient } from '../../support/login-client.ts';
import { registerApp } from '../../support/registered-app.ts';
import { signing } from '../../support/signing.ts';

const Report = z.object({
  value: z.array(
    z.object({ keyId: z.string(), signInActivity: z.object({ lastSignInDateTime: z.string() }) }),
  ),
});

/** An app with two secrets, and the report as the app itself is given it. */
function withTwoSecrets(
  scenarios: ScenarioName[] = [],
  granted = ['Directory.Read.All'],
  cloud: PracticeCloudName = 'global',
) {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, scenarios });
  const { login, graph } = practiceClouds[cloud];
  tenant.state.cloud = practiceClouds[cloud];
  const app = registerApp(tenant.state, { granted });
  clock.advance(60_000);
  const { startsAt, endsAt } = app.application.secrets[0] ?? { startsAt: 0, endsAt: 0 };
  const second = addSecret(tenant.state, app.application, { startsAt, endsAt, displayName: 'second' });
  clock.advance(60_000);
  const client = loginClient(tenant, `https://${login}`);
  const tokenFor = async (secret: string) => {
    const grant_type = 'client_credentials';
    const scope = `https://${graph}/.default`;
    const asked = { client_id: app.appId, client_secret: secret, grant_type, scope };
    return String((await client.token(asked)).body.access_token);
  };
  const ask = (token: string, host = graph, query = `$filter=appId eq '${app.appId}'`) =>
    tenant.fetch(
      new Request(`https://${host}/beta/reports/appCredentialSignInActivities?${encodeURI(query)}`, {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
  const report = async (token: string, query?: string) => {
    const { value } = Report.parse(await (await ask(token, undefined, query)).json());
    return value.map(({ keyId, signInActivity }) => [
      keyId === second.stored.keyId ? 'second' : 'first',
      signInActivity.lastSignInDateTime,
    ]);
  };
  return {
    clock,
    tenant,
    tokenFor,
    ask,
    report,
    first: app.secretText,
    second: second.secretText,
    secondId: second.stored.keyId,
  };
}

test('the app is told when each of its secrets was used last, some seconds late', async () => {
  const { clock, tokenFor, report, first, secondId } = withTwoSecrets();
  const token = await tokenFor(first);
  expect(await report(token)).toEqual([]);
  clock.advance(5000);
  expect(await report(token)).toEqual([['first', '2026-11-23T22:02:00Z']]);
  expect(await report(token, `$filter=keyId eq '${secondId}'`)).toEqual([]);
});

test('T&A uses a secret from three minutes after its first use, and then the next one', async () => {
  const { clock, tokenFor, report, first, second } = withTwoSecrets();
  const token = await tokenFor(first);
  clock.advance(4 * 60_000);
  await tokenFor(second);
  clock.advance(60_000);
  // Its services look twice a minute.
  expect(await report(token)).toEqual([
    ['first', '2026-11-23T22:06:30Z'],
    ['second', '2026-11-23T22:06:00Z'],
  ]);
  clock.advance(60 * 60_000 - 10 * 60_000);
  const later = await tokenFor(first);
  expect(await report(later)).toEqual([
    ['first', '2026-11-23T22:08:30Z'],
    ['second', '2026-11-23T22:56:30Z'],
  ]);
});

test('ta-keeps-old-secret: it stays with the first', async () => {
  const { clock, tokenFor, report, first, second } = withTwoSecrets(['ta-keeps-old-secret']);
  await tokenFor(first);
  clock.advance(4 * 60_000);
  await tokenFor(second);
  clock.advance(30 * 60_000);
  expect(await report(await tokenFor(second))).toEqual([
    ['first', '2026-11-23T22:35:30Z'],
    ['second', '2026-11-23T22:06:00Z'],
  ]);
});

test('no report without a licence, without the right, and in no other version of Graph', async () => {
  const unlicensed = withTwoSecrets(['no-premium-licence']);
  const refused = await unlicensed.ask(await unlicensed.tokenFor(unlicensed.first));
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({
    error: {
      code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      message: "Neither tenant is B2C or tenant doesn't have premium license",
    },
  });
  const mailer = withTwoSecrets([], ['Mail.Send']);
  const denied = await mailer.ask(await mailer.tokenFor(mailer.first));
  expect(denied.status).toBe(403);
  const inV1 = new Request('https://graph.microsoft.com/v1.0/reports/appCredentialSignInActivities', {
    headers: { authorization: `Bearer ${await mailer.tokenFor(mailer.first)}` },
  });
  expect((await mailer.tenant.fetch(inV1)).status).toBe(501);
});

test.each(practiceCloudNames.filter((name) => name !== 'global'))('%s: no report at all', async (name) => {
  const { tokenFor, ask, first } = withTwoSecrets([], undefined, name);
  const refused = await ask(await tokenFor(first));
  expect([refused.status, await refused.json()]).toMatchObject([404, { error: { code: 'BadRequest' } }]);
});
