import { clouds } from '../../src/core/cloud/clouds.ts';
import { endpointsOf } from '../../src/core/preferences/endpoints.ts';
import type { PastedPreferences } from '../../src/core/preferences/preferences.ts';
import { Secret } from '../../src/core/secret.ts';
import { type Adopted, type AdoptPorts, adopt } from '../../src/core/stories/adopt.ts';
import { drain } from '../../src/core/waiting.ts';
import { createApplication } from '../../src/practice/graph/application-store.ts';
import { addGrant } from '../../src/practice/graph/grants.ts';
import { createServicePrincipal } from '../../src/practice/graph/service-principal-store.ts';
import { graphClientId, graphPermissions } from '../../src/practice/graph-permissions.ts';
import { personNamed } from './graph-caller.ts';
import type { Onboarding } from './onboarding.ts';
import { lastWeek, secretOn } from './planted-app.ts';

/** The permissions of a registration that works. */
export const working: readonly string[] = [
  'Directory.Read.All',
  'User.Read.All',
  'Mail.ReadWrite',
  'Mail.Send',
];

/** A T&A that works by a registration that Clara made by hand a week ago. */
export function byHand({ state }: Pick<Onboarding, 'state'>, permissions = working) {
  const clara = personNamed(state, 'clara').id;
  const then = lastWeek(state);
  const application = createApplication(then, { displayName: 'WinTMS mail' }, clara);
  const principal = createServicePrincipal(then, application, {}, [clara]);
  const resourceId = state.servicePrincipals.find(({ appId }) => appId === graphClientId)?.id ?? '';
  for (const { value, role } of graphPermissions)
    if (role && permissions.includes(value))
      addGrant(then, { principalId: principal.id, resourceId, appRoleId: role });
  return { application, principal, secret: secretOn(state, application) };
}

export function pasted(story: Onboarding, clientId: string, secret: string | undefined): PastedPreferences {
  const { fromName, fromAddress } = story.customer.mail;
  return {
    version: 1,
    component: 'EXCH',
    connection: {
      tenantId: story.state.organization.id,
      clientId,
      fromName,
      fromEmailAddress: fromAddress,
      ...(secret !== undefined && { clientSecret: new Secret(secret) }),
    },
    apiEndpoints: endpointsOf(clouds.global),
  };
}

export const customerFileOf = ({ files }: Onboarding): string =>
  files.record.replace('ta-record', 'ta-customer');

export async function adoption(
  story: Onboarding,
  from: Parameters<typeof adopt>[0]['from'],
  ports: Partial<AdoptPorts> = {},
): Promise<{ done?: Adopted; failure?: unknown; progress: string[] }> {
  const { http, clock, files } = story;
  const job = {
    customerFile: customerFileOf(story),
    preferencesFile: files.preferences,
    kind: 'practice',
    by: 'test',
    from,
  } as const;
  const progress: string[] = [];
  const noOne = async () => {
    throw new Error('no one signs in');
  };
  const adopting = adopt(job, {
    ...{ http, clock, random: () => 0, signal: undefined, signIn: noOne },
    ...{ askSecret: async () => undefined, confirm: async () => true },
    ...ports,
  });
  try {
    return { done: await drain(adopting, ({ kind }) => void progress.push(kind)), progress };
  } catch (failure) {
    return { failure, progress };
  }
}
