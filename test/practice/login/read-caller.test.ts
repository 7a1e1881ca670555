import { generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { issueAppToken, issueUserToken, readCaller } from '../../../src/practice/login/tokens.ts';
import { seedState } from '../../../src/practice/seed.ts';
import type { State } from '../../../src/practice/state.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { registerApp } from '../../support/registered-app.ts';
import { signing } from '../../support/signing.ts';

function start() {
  const clock = fakeClock();
  return { clock, state: seedState({ signing, clock, lagFactor: 0 }) };
}

function graceToken(state: State, audience?: string): Promise<string> {
  const [person] = state.people;
  if (!person) throw new Error('nobody');
  const request = { person, clientId: 'cli', scopes: ['User.Read', 'Mail.Send'] };
  return issueUserToken(state, audience ? { ...request, audience } : request);
}

function refusal(message: string) {
  return { status: 401, code: 'InvalidAuthenticationToken', message };
}

test('a delegated token gives the person and the scopes', async () => {
  const { state } = start();
  for (const audience of ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000']) {
    const caller = await readCaller(state, `Bearer ${await graceToken(state, audience)}`);
    expect(caller).toEqual({
      kind: 'user',
      clientId: 'cli',
      person: state.people[0],
      scopes: new Set(['User.Read', 'Mail.Send']),
    });
  }
});

test('an app token gives the service principal and the roles of when it was issued', async () => {
  const { state } = start();
  const { servicePrincipal, appId } = registerApp(state, { granted: ['Mail.Send'] });
  const header = `bearer ${await issueAppToken(state, servicePrincipal)}`;
  state.grants.length = 0;
  const caller = await readCaller(state, header);
  expect(caller).toEqual({ kind: 'app', clientId: appId, servicePrincipal, roles: new Set(['Mail.Send']) });
});

test.for([undefined, '', 'Bearer', 'Bearer ', 'Basic abc'])('no token in "%s"', async (header) => {
  const { state } = start();
  await expect(readCaller(state, header)).rejects.toMatchObject(refusal('Access token is empty.'));
});

test('a text that is no token is refused', async () => {
  const { state } = start();
  const asked = readCaller(state, 'Bearer not-a-token');
  await expect(asked).rejects.toMatchObject(refusal('CompactToken parsing failed with error code: 80049217'));
});

test('a token is refused once its time is over', async () => {
  const { state, clock } = start();
  const header = `Bearer ${await graceToken(state)}`;
  clock.advance(4_823_000);
  await expect(readCaller(state, header)).rejects.toMatchObject(
    refusal('Access token has expired or is not yet valid.'),
  );
});

test('a token for another resource is refused', async () => {
  const { state } = start();
  const header = `Bearer ${await graceToken(state, 'https://management.azure.com')}`;
  await expect(readCaller(state, header)).rejects.toMatchObject(
    refusal('Access token validation failure. Invalid audience.'),
  );
});

test('a token signed by somebody else is refused', async () => {
  const { state, clock } = start();
  const { privateKey } = await generateKeyPair('RS256');
  const forged = await new SignJWT({
    idtyp: 'user',
    appid: 'cli',
    oid: state.people[0]?.id ?? '',
    scp: 'User.Read',
  })
    .setProtectedHeader({ alg: 'RS256' })
    .setAudience('https://graph.microsoft.com')
    .setExpirationTime(clock.now() / 1000 + 3600)
    .sign(privateKey);
  await expect(readCaller(state, `Bearer ${forged}`)).rejects.toMatchObject(
    refusal('Access token validation failure.'),
  );
});

test('a token of a person or service principal that is gone is refused', async () => {
  const { state } = start();
  const { servicePrincipal } = registerApp(state);
  const tokens = [await graceToken(state), await issueAppToken(state, servicePrincipal)];
  state.people.length = 0;
  state.servicePrincipals.length = 0;
  for (const token of tokens) {
    await expect(readCaller(state, `Bearer ${token}`)).rejects.toMatchObject(
      refusal('Access token validation failure.'),
    );
  }
});
