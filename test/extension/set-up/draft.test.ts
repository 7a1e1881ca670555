import { expect, test } from 'vitest';
import { draftProblems, keepDraft, recallDraft, valuesOf } from '../../../src/extension/set-up/draft.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';

const secret = 'Xy78Q~canary-canary.canary_canary~canary';

test('a client secret that was pasted into a field is not kept with the draft', async () => {
  const { globalState } = forgetfulContext();
  await keepDraft(globalState, 'new', { name: `Contoso ${secret}`, tenant: secret, fromName: 'Contoso' });
  expect(recallDraft(globalState, 'new')).toEqual({ fromName: 'Contoso' });
  await keepDraft(globalState, 'new', { tenant: secret });
  expect(globalState.get('setUpDrafts')).toBeUndefined();
});

test.each(['name', 'tenant', 'fromAddress', 'fromName', 'otherPermissions', 'lifetimeDays'] as const)(
  'a client secret in the field %s is refused and not quoted',
  (field) => {
    const { [field]: problem } = draftProblems(valuesOf({ [field]: secret }, undefined), true);
    expect(problem).toMatch(/^Expected: /);
    expect(problem).not.toContain(secret);
  },
);
