import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { graphPermissions } from '../../../src/practice/graph-permissions.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { heldIn } from '../../support/invariants.ts';
import { type Onboarding, onboarding, practiceSocket } from '../../support/onboarding.ts';

/** Some dozens of tenants. */
vi.setConfig({ testTimeout: 120_000 });

const socket = await practiceSocket();
afterAll(() => socket.served.close());

const names = graphPermissions.filter(({ role }) => role !== undefined).map(({ value }) => value);
const many = fc.integer({ min: 1, max: 60 }).map((count) => names.slice(0, count));

async function wanting(permissions: readonly string[], options = {}): Promise<Onboarding> {
  // Without lags, so that the round trips can be counted.
  const story = await onboarding({ lagFactor: 0, ...options }, socket);
  story.customer = Customer.parse({ ...contosoCustomer, app: { permissions: [...permissions] } });
  return story;
}

test('any number of permissions is granted once each, and the secret comes after all of them', async () => {
  await fc.assert(
    fc.asyncProperty(many, async (permissions) => {
      const story = await wanting(permissions);
      const { failure, done } = await story.run();
      expect(failure).toBeUndefined();
      const { granted, liveSecrets } = heldIn(story.state);
      expect([granted.length, new Set(granted).size]).toEqual([permissions.length, permissions.length]);
      expect(liveSecrets).toHaveLength(1);
      expect(done?.trips.afterGo).toBe(2 + Math.ceil((permissions.length + 1) / 20));
      const made = story.state.requests.filter(({ path }) => /appRoleAssignedTo$|addPassword$/.test(path));
      expect(made).toHaveLength(permissions.length + 1);
      expect(made.at(-1)?.path).toMatch(/addPassword$/);
      story.clock.advance(60_000);
      expect((await story.run()).done?.prepared.plan.changes).toEqual([]);
    }),
    { numRuns: 6, examples: [[names.slice(0, 19)], [names.slice(0, 20)], [names.slice(0, 60)]] },
  );
});

test('a grant that is refused leaves no secret, whichever it is; the next run grants the rest', async () => {
  const denied = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } };
  const refusal = { kind: 'status', status: 403, body: denied } as const;
  const one = many.chain((permissions) =>
    fc.tuple(fc.constant(permissions), fc.integer({ min: 1, max: permissions.length })),
  );
  await fc.assert(
    fc.asyncProperty(one, async ([permissions, nth]) => {
      const rule = { method: 'POST', path: /\/appRoleAssignedTo$/, nth, answer: refusal } as const;
      const story = await wanting(permissions, { faults: [rule] });
      expect((await story.run()).failure).toMatchObject({ code: 'TA-CONSENT-NEEDED' });
      expect(heldIn(story.state).liveSecrets).toEqual([]);
      expect(heldIn(story.state).granted).toHaveLength(nth - 1);
      expect((await story.record()).grants).toHaveLength(nth - 1);
      story.state.faults.rules = [];
      expect((await story.run()).failure).toBeUndefined();
      expect(new Set(heldIn(story.state).granted).size).toBe(permissions.length);
      expect(heldIn(story.state).granted).toHaveLength(permissions.length);
    }),
    { numRuns: 6, examples: [[[names.slice(0, 60), 41]]] },
  );
});

test('the answer to any one of the batches may be lost, and nothing is made twice', async () => {
  for (const nth of [2, 3, 4]) {
    const lost = { method: 'POST', path: '/v1.0/$batch', nth, answer: { kind: 'reset-after' } } as const;
    const story = await wanting(names.slice(0, 45), { faults: [lost] });
    expect((await story.run()).failure).toBeUndefined();
    const { granted, liveSecrets } = heldIn(story.state);
    expect([granted.length, new Set(granted).size, liveSecrets.length]).toEqual([45, 45, 1]);
  }
});
