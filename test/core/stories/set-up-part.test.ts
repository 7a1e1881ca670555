import { expect, test } from 'vitest';
import { isBusy } from '../../../src/core/customer/lock.ts';
import type { PartName } from '../../../src/core/setup/step.ts';
import { type PartPorts, setUpPart } from '../../../src/core/stories/set-up-part.ts';
import { drain } from '../../../src/core/waiting.ts';
import { expectInvariants, heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';

function makePart(story: Onboarding, part: PartName, made?: PartName, ports: Partial<PartPorts> = {}) {
  const { customer, files, http, clock, signInOnce: signIn } = story;
  const job = { customer, files, kind: 'practice', part, made, by: 'test' } as const;
  const usual = { http, clock, signIn, signal: undefined, random: () => 0, confirm: async () => true };
  return drain(setUpPart(job, { ...usual, ...ports }));
}

test('parts one after the other make what the whole set-up makes', async () => {
  const story = await onboarding();
  expect(await makePart(story, 'secret')).toEqual({ kind: 'needs', first: 'registration' });
  expect(await makePart(story, 'registration')).toEqual({ kind: 'made' });
  expect(await makePart(story, 'permissions', 'registration')).toEqual({ kind: 'made' });
  expect(await makePart(story, 'secret', 'permissions')).toEqual({ kind: 'made' });
  expect(await makePart(story, 'secret')).toEqual({ kind: 'nothing to do' });
  expect((await story.run({ signIn: story.signInOnce })).done?.prepared.plan.changes).toEqual([]);
  await expectInvariants(story);
});

test('a part that fails half-way says what exists', async () => {
  const story = await onboarding();
  const denied = {
    kind: 'status',
    status: 403,
    body: { error: { code: 'Authorization_RequestDenied' } },
  } as const;
  story.state.faults.rules = [{ method: 'PATCH', path: '/v1.0/servicePrincipals(', answer: denied }];
  await expect(makePart(story, 'registration')).rejects.toMatchObject({
    code: 'Authorization_RequestDenied',
    message: expect.stringMatching(/Created so far: the application \(client id [-\w]+\)\. Run it again to/),
  });
  expect(heldIn(story.state).applications).toHaveLength(1);
});

test('a part holds the lock of the customer while it works, and only then', async () => {
  const story = await onboarding();
  const busy: boolean[] = [];
  const confirm = async (): Promise<boolean> => {
    busy.push(await isBusy(story.files.record));
    await expect(makePart(story, 'registration')).rejects.toMatchObject({ code: 'TA-BUSY' });
    return false;
  };
  await expect(makePart(story, 'registration', undefined, { confirm })).rejects.toMatchObject({
    code: 'TA-CANCELLED',
  });
  expect([...busy, await isBusy(story.files.record)]).toEqual([true, false]);
});
