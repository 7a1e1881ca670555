import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { defaultPermissions } from '../../src/core/customer/permissions.ts';
import type { CustomerRecord } from '../../src/core/customer/record.ts';
import type { Application, ServicePrincipal, State } from '../../src/practice/state.ts';
import type { Onboarding } from './onboarding.ts';

/** What the tenant itself holds of ours, whatever anybody says about it. */
export interface Held {
  readonly applications: readonly Application[];
  readonly servicePrincipals: readonly ServicePrincipal[];
  /** Names of the granted permissions, sorted; one that is granted twice is there twice. */
  readonly granted: readonly string[];
  readonly liveSecrets: Application['secrets'];
}

export function heldIn(state: State): Held {
  const applications = state.applications.filter(
    ({ deletedAt, graph }) =>
      deletedAt === undefined && String(graph.uniqueName).startsWith('ta-exchange-setup-'),
  );
  const servicePrincipals = state.servicePrincipals.filter(
    ({ deletedAt, appId }) =>
      deletedAt === undefined && applications.some((application) => application.appId === appId),
  );
  const granted = state.grants
    .filter(({ principalId }) => servicePrincipals.some(({ id }) => id === principalId))
    .map(({ appRoleId }) => nameOf(appRoleId))
    .toSorted();
  const liveSecrets = applications
    .flatMap(({ secrets }) => secrets)
    .filter(({ endsAt }) => endsAt > state.clock.now());
  return { applications, servicePrincipals, granted, liveSecrets };
}

const nameOf = (roleId: string): string =>
  defaultPermissions.find(({ appRoleId }) => appRoleId === roleId)?.value ?? roleId;

export const allGranted = ['Directory.Read.All', 'Mail.ReadWrite', 'Mail.Send', 'User.Read.All'];

/** What is read of a customer to see how it stands. */
type Readable = Pick<Onboarding, 'state' | 'record' | 'clientSecret'>;

/**
 * After every fault: at most one of each, and no live secret that is neither in the file nor named in the journal. `known`: hashes of
 * secrets that were there before, and may live on.
 */
export async function expectInvariants(story: Readable, known: readonly string[] = []): Promise<void> {
  const { applications, servicePrincipals, granted, liveSecrets } = heldIn(story.state);
  expect(applications.length, 'applications').toBeLessThanOrEqual(1);
  expect(servicePrincipals.length, 'service principals').toBeLessThanOrEqual(1);
  expect(new Set(granted).size, 'each grant once').toBe(granted.length);
  expect(allGranted, 'no other grant').toEqual(expect.arrayContaining([...granted]));
  const inFile = await hashInFile(story);
  const record = await story.record().catch(() => undefined);
  for (const { sha256, displayName } of liveSecrets) {
    const isKnown = sha256 === inFile || known.includes(sha256) || isOursToRemove(displayName ?? '', record);
    expect(isKnown, `secret ${displayName} is in the file or in the journal`).toBe(true);
  }
}

/** After a run that ended well. */
export async function expectFinished(story: Onboarding): Promise<void> {
  const { applications, servicePrincipals, granted, liveSecrets } = heldIn(story.state);
  expect(applications).toHaveLength(1);
  expect(servicePrincipals).toHaveLength(1);
  expect(granted).toEqual(allGranted);
  expect(liveSecrets.map(({ sha256 }) => sha256)).toEqual([await hashInFile(story)]);
  const record = await story.record();
  expect(record).toMatchObject({
    application: { objectId: applications[0]?.id, clientId: applications[0]?.appId },
    servicePrincipal: { objectId: servicePrincipals[0]?.id },
    secret: { keyId: liveSecrets[0]?.keyId },
    preferences: { file: 'contoso.ta-email.json', keyId: liveSecrets[0]?.keyId },
    proof: { keyId: liveSecrets[0]?.keyId },
  });
  expect(record.grants.map(({ permission }) => permission).toSorted()).toEqual(allGranted);
}

async function hashInFile(story: Readable): Promise<string | undefined> {
  const secret = await story.clientSecret().catch(() => undefined);
  return secret === undefined ? undefined : createHash('sha256').update(secret).digest('hex');
}

function isOursToRemove(displayName: string, record: CustomerRecord | undefined): boolean {
  return (record?.journal ?? []).some(
    ({ step, state, operation }) =>
      step === 'add-client-secret' && state === 'intent' && displayName.includes(operation),
  );
}
