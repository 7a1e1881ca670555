import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { clouds } from '../../src/core/cloud/clouds.ts';
import { readRecord } from '../../src/core/customer/record-file.ts';
import { openRenewal } from '../../src/core/customer/standing.ts';
import { oldFileOf, readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { signInToAzure, startSession } from '../../src/core/sign-in/sign-in.ts';
import { endRenewal, type FinishPorts, type FinishProgress } from '../../src/core/stories/finish-renewal.ts';
import { type RenewPorts, type RenewProgress, renew } from '../../src/core/stories/renew.ts';
import { drain } from '../../src/core/waiting.ts';
import type { PracticeTenantOptions } from '../../src/practice/tenant.ts';
import { heldIn } from './invariants.ts';
import { loginClient } from './login-client.ts';
import { type Onboarding, onboarding, type PracticeSocket } from './onboarding.ts';
import { tempFolder } from './temp-folder.ts';

export const dayMs = 24 * 3_600_000;
const silent = { info: () => undefined, debug: () => undefined };

/** A customer that was onboarded 150 days ago, and the two runs of a renewal. */
export interface Renewing extends Onboarding {
  readonly renew: (ports?: Partial<RenewPorts>) => Promise<Ended<RenewProgress>>;
  readonly finish: (ports?: Partial<FinishPorts>) => Promise<Ended<FinishProgress>>;
  /** The same customer in a copy of the folder: another consultant at another computer. */
  readonly colleague: () => Promise<Renewing>;
  /** How a person signs in to Azure; nothing is to be chosen. */
  readonly azure: RenewPorts['vault'];
  /** SHA-256 of the secret that T&A has had from the onboarding on. */
  readonly oldHash: string;
}

interface Ended<Progress> {
  readonly progress: readonly Progress[];
  readonly failure: unknown;
}

export async function renewing(
  options: PracticeTenantOptions = {},
  socket?: PracticeSocket,
): Promise<Renewing> {
  return await renewalOf(await onboarding(options, socket));
}

/** Sets a new customer up, and lets the 150 days pass. */
export async function renewalOf(story: Onboarding): Promise<Renewing> {
  const { failure } = await story.run({ signIn: story.signInOnce });
  if (failure !== undefined) throw failure;
  story.clock.advance(150 * dayMs);
  return renewingIn(story, hashOf(await story.clientSecret()));
}

/** The two runs of a renewal of a customer as it is now. */
export function renewingIn(story: Onboarding, oldHash: string): Renewing {
  const { http, clock, files } = story;
  const way = { way: 'device code', showCode: () => undefined } as const;
  const asAdmin = { ...way, http, clock, log: silent, cloud: clouds.global, signal: undefined };
  const usual = {
    ...{ http, clock, signal: undefined, random: () => 0, confirm: async () => true },
    signIn: (tenant: string) => startSession({ ...asAdmin, tenant }),
    vault: {
      signInToAzure: (tenant: string, claims?: string) => signInToAzure({ ...asAdmin, tenant, claims }),
      choose: () => Promise.reject(new Error('nobody is to be asked')),
    },
  };
  const job = () => ({ customer: own.customer, files, kind: 'practice', by: 'test' }) as const;
  const own: Renewing = {
    ...story,
    oldHash,
    azure: usual.vault,
    renew: (ports = {}) => toItsEnd(renew({ ...job(), mail: own.mail }, { ...usual, ...ports })),
    finish: (ports = {}) => toItsEnd(endRenewal(job(), { ...usual, ...ports })),
    async colleague() {
      const folder = await tempFolder();
      const copies = {
        record: join(folder, 'contoso.ta-record.json'),
        preferences: join(folder, 'contoso.ta-email.json'),
      };
      await copyFile(files.record, copies.record);
      await copyFile(files.preferences, copies.preferences);
      return renewingIn(
        {
          ...story,
          files: copies,
          record: async () => await readRecord(copies.record, await story.record()),
          clientSecret: () => secretIn(copies.preferences),
        },
        oldHash,
      );
    },
  };
  return own;
}

/** From now on the report of used secrets hears of a use so late; of T&A's and ours alike, unless `counts` says otherwise. */
export function reportLate(
  { state, clock }: Pick<Onboarding, 'state' | 'clock'>,
  lateMs: number,
  counts = (_at: number) => true,
): void {
  const { lag } = state;
  const arrived = lag.arrived.bind(lag);
  lag.arrived = (edge, at) =>
    edge === 'signInToReport' ? clock.now() - at >= lateMs && counts(at) : arrived(edge, at);
}

async function toItsEnd<Progress>(story: AsyncGenerator<Progress, unknown>): Promise<Ended<Progress>> {
  const progress: Progress[] = [];
  try {
    await drain(story, (step) => void progress.push(step));
    return { progress, failure: undefined };
  } catch (failure) {
    return { progress, failure };
  }
}

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const secretIn = async (file: string): Promise<string> =>
  (await readPreferences(file)).connection.clientSecret.reveal();

/**
 * Whatever happened to a renewal: the file has a secret that Entra accepts now, with whatever it still spreads; so is T&A's own until it
 * is removed on purpose; and every other one is named in the journal as ours to remove.
 */
export async function expectRenewable(story: Renewing, stage: 'renewing' | 'finishing'): Promise<void> {
  const { liveSecrets, applications, servicePrincipals } = heldIn(story.state);
  expect([applications.length, servicePrincipals.length]).toEqual([1, 1]);
  const live = liveSecrets.map(({ sha256 }) => sha256);
  const inFile = hashOf(await story.clientSecret());
  expect(live, 'the secret in the file works').toContain(inFile);
  await expectToSignIn(story, story.files.preferences);
  if (stage === 'renewing') {
    expect(live, "T&A's secret works").toContain(story.oldHash);
    const { preferences } = story.files;
    await expectToSignIn(story, inFile === story.oldHash ? preferences : oldFileOf(preferences));
  }
  const { journal } = await story.record();
  const asked = journal.filter(({ step, state }) => step === 'add-client-secret' && state === 'intent');
  const written = journal.filter(({ step, state }) => step === 'write-preferences' && state === 'done');
  const toRemove = asked.filter(({ operation }) => !written.some((one) => one.operation === operation));
  for (const { sha256, displayName } of liveSecrets) {
    const isNamed = toRemove.some(({ operation }) => displayName?.includes(operation));
    expect(sha256 === inFile || sha256 === story.oldHash || isNamed, `${displayName} is known`).toBe(true);
  }
}

/** The secret in the file is read and used as T&A does, with nothing of ours, whatever faults are to come. */
async function expectToSignIn({ tenant, state }: Onboarding, file: string): Promise<void> {
  const { connection } = JSON.parse(await readFile(file, 'utf8'));
  const { rules } = state.faults;
  state.faults.rules = [];
  const { status, text } = await loginClient(tenant).post(`/${connection.tenantId}/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: connection.clientId,
    client_secret: connection.clientSecret,
    scope: 'https://graph.microsoft.com/.default',
  });
  state.faults.rules = rules;
  expect(status, text).toBe(200);
}

/** After a renewal that ended well: both work, the file has the new one, the old file the old one. */
export async function expectRenewed(story: Renewing): Promise<void> {
  const { liveSecrets, granted } = heldIn(story.state);
  const inFile = hashOf(await story.clientSecret());
  expect(inFile).not.toBe(story.oldHash);
  expect(liveSecrets.map(({ sha256 }) => sha256).toSorted()).toEqual([inFile, story.oldHash].toSorted());
  expect(granted).toHaveLength(4);
  await expectToSignIn(story, story.files.preferences);
  await expectToSignIn(story, oldFileOf(story.files.preferences));
  expect(hashOf(await secretIn(oldFileOf(story.files.preferences)))).toBe(story.oldHash);
  const record = await story.record();
  const secret = liveSecrets.find(({ sha256 }) => sha256 === inFile);
  expect(record).toMatchObject({
    secret: { keyId: secret?.keyId },
    preferences: { keyId: secret?.keyId },
    proof: { keyId: secret?.keyId },
  });
  expect(openRenewal(record)?.oldSecret.keyId).toBe(
    liveSecrets.find(({ sha256 }) => sha256 === story.oldHash)?.keyId,
  );
}
