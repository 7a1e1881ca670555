import { expect } from 'vitest';
import { exchangeRemovalFileOf } from '../../src/core/customer/file-names.ts';
import {
  type Removed,
  type RemovePorts,
  type RemoveProgress,
  remove,
} from '../../src/core/stories/remove.ts';
import { heldIn } from './invariants.ts';
import { type Onboarding, type StoryEnd, toItsEnd } from './onboarding.ts';

type Removable = Pick<Onboarding, 'customer' | 'files' | 'http' | 'clock' | 'signInOnce'>;

export interface RemovalOptions {
  readonly purge?: boolean;
  readonly preferences?: boolean;
  readonly vault?: boolean;
}

/** Removes the customer of a story; the person enters the right name, and agrees to all. */
export async function removal(
  { customer, files, http, clock, signInOnce }: Removable,
  { purge = false, preferences = false, vault = false }: RemovalOptions = {},
  ports: Partial<RemovePorts> = {},
  watch: (progress: RemoveProgress) => void = () => undefined,
): Promise<StoryEnd<RemoveProgress, Removed>> {
  const wish = { preferences, vault, exchangeScript: exchangeRemovalFileOf(files.record) };
  const job = { customer, files, kind: 'practice', by: 'test', wish, purge } as const;
  const story = remove(job, {
    http,
    clock,
    random: () => 0,
    signal: undefined,
    signIn: signInOnce,
    askName: async () => customer.name,
    confirmPurge: async () => true,
    signInToAzure: () => Promise.reject(new Error('no one signs in to Azure')),
    ...ports,
  });
  return await toItsEnd(story, watch);
}

/** The tenant and the record after a removal that ended well. */
export async function expectRemoved(story: Onboarding): Promise<void> {
  const { applications, servicePrincipals, granted } = heldIn(story.state);
  expect({ applications, servicePrincipals, granted }).toEqual({
    applications: [],
    servicePrincipals: [],
    granted: [],
  });
  const record = await story.record();
  expect(record).toMatchObject({ grants: [], removal: { finishedAt: expect.any(String) } });
  for (const name of ['application', 'servicePrincipal', 'secret'] as const)
    expect(record[name], name).toBeUndefined();
}
