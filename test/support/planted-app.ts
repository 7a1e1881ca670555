import { writeFile } from 'node:fs/promises';
import { createApplication } from '../../src/practice/graph/application-store.ts';
import { addSecret } from '../../src/practice/graph/secrets.ts';
import { createServicePrincipal } from '../../src/practice/graph/service-principal-store.ts';
import type { Application, ServicePrincipal, State } from '../../src/practice/state.ts';
import { blankRecord } from './blank-record.ts';
import { personNamed } from './graph-caller.ts';
import type { Onboarding } from './onboarding.ts';

const uniqueName = 'ta-exchange-setup-planted';
const dayMs = 24 * 3_600_000;

export interface Planted {
  readonly application: Application;
  readonly principal: ServicePrincipal;
}

/** The same tenant a week ago: what is made in it has arrived everywhere since. */
export const lastWeek = (state: State): State => ({
  ...state,
  clock: { now: () => state.clock.now() - 7 * dayMs },
});

/** An application that somebody registered beforehand, so that it looks like ours, with Grace as its only owner. */
export function plant({ state }: { readonly state: State }): Planted {
  const grace = personNamed(state, 'grace').id;
  const then = lastWeek(state);
  const application = createApplication(then, { displayName: 'Planted', uniqueName }, grace);
  return { application, principal: createServicePrincipal(then, application, {}, [grace]) };
}

export function secretOn(state: State, application: Application): string {
  const startsAt = lastWeek(state).clock.now();
  const life = { startsAt, endsAt: startsAt + 100 * dayMs, displayName: 'by hand (ta-sentalong)' };
  return addSecret(lastWeek(state), application, life).secretText;
}

const certificate = {
  keyId: 'c',
  displayName: 'CN=x',
  type: 'AsymmetricX509Cert',
  endDateTime: '2030-01-01T00:00:00Z',
};
const password = {
  keyId: '0b0c0d0e-0000-4000-a000-00000000000b',
  displayName: 'x',
  hint: 'abc',
  endDateTime: '2030-01-01T00:00:00Z',
};

/** Everything by which somebody can act as an application. */
export const strange: [string, RegExp, (state: State, planted: Planted) => unknown][] = [
  [
    'another owner',
    /the owner uwe@contoso\.com/,
    (s, { application }) => application.owners.push(personNamed(s, 'uwe').id),
  ],
  ['a client secret', /the client secret "by hand/, (s, { application }) => secretOn(s, application)],
  [
    'a certificate',
    /the certificate "CN=x"/,
    (_s, { application }) => Object.assign(application.graph, { keyCredentials: [certificate] }),
  ],
  [
    'a federated credential',
    /the federated credential "ci" \(issuer https:\/\/x\.example/,
    (_s, { application }) =>
      application.federatedCredentials.push({
        id: 'f',
        name: 'ci',
        issuer: 'https://x.example',
        subject: 'y',
        audiences: [],
      }),
  ],
  [
    'a redirect URI',
    /the redirect URI https:\/\/x\.example/,
    (_s, { application }) =>
      Object.assign(application.graph, { web: { redirectUris: ['https://x.example'] } }),
  ],
  [
    'a redirect URI of a page',
    /the redirect URI https:\/\/s\.example/,
    (_s, { application }) =>
      Object.assign(application.graph, { spa: { redirectUris: ['https://s.example'] } }),
  ],
  [
    'a redirect URI of a program',
    /the redirect URI http:\/\/localhost/,
    (_s, { application }) =>
      Object.assign(application.graph, { publicClient: { redirectUris: ['http://localhost'] } }),
  ],
  [
    'an owner of the service principal',
    /the owner uwe@contoso\.com/,
    (s, { principal }) => principal.owners.push(personNamed(s, 'uwe').id),
  ],
  [
    'a secret of the service principal',
    /the client secret "x"/,
    (_s, { principal }) => Object.assign(principal.graph, { passwordCredentials: [password] }),
  ],
  [
    'a certificate of the service principal',
    /the certificate "CN=x"/,
    (_s, { principal }) => Object.assign(principal.graph, { keyCredentials: [certificate] }),
  ],
];

/** A record sent along, whose writer knows all about the application, and claims that our admin Uwe made everything. */
export async function sendRecord(story: Onboarding, { application, principal }: Planted) {
  const at = '2026-11-20T08:00:00Z';
  const { id, displayName, defaultDomain: domain } = story.state.organization;
  const [secret] = application.secrets;
  const operation = 'ta-sentalong';
  const record = blankRecord({
    tenant: { id, displayName, domain },
    admin: { objectId: personNamed(story.state, 'uwe').id, userPrincipalName: 'uwe@contoso.com' },
    application: { uniqueName, objectId: application.id, clientId: application.appId, createdAt: at },
    servicePrincipal: { objectId: principal.id },
    ...(secret && {
      secret: {
        keyId: secret.keyId,
        hint: secret.hint,
        displayName: secret.displayName ?? '',
        expiresAt: '2027-01-01T00:00:00Z',
      },
      preferences: { file: 'contoso.ta-email.json', keyId: secret.keyId, writtenAt: at },
    }),
    journal: [
      { at, operation, step: 'register-application', state: 'intent', note: uniqueName },
      { at, operation, step: 'register-application', state: 'done', note: uniqueName },
      { at, operation, step: 'add-client-secret', state: 'intent' },
      { at, operation, step: 'add-client-secret', state: 'done' },
      { at, operation, step: 'write-preferences', state: 'done' },
    ],
  });
  await writeFile(story.files.record, JSON.stringify(record));
}
