import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import {
  customerOf,
  draftProblems,
  keepDraft,
  recallDraft,
  valuesOf,
} from '../../../src/extension/set-up/draft.ts';
import { readSettings } from '../../../src/extension/shell/settings.ts';
import { settings } from '../../support/fake-vscode.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';
import { contoso } from '../../support/snapshot.ts';

const secret = 'Xy78Q~canary-canary.canary_canary~canary';

test('a client secret that was pasted into a field is not kept with the draft', async () => {
  const { globalState } = forgetfulContext();
  await keepDraft(globalState, 'new', { name: `Contoso ${secret}`, tenant: secret, fromName: 'Contoso' });
  expect(recallDraft(globalState, 'new')).toEqual({ fromName: 'Contoso' });
  await keepDraft(globalState, 'new', { tenant: secret });
  expect(globalState.get('setUpDrafts')).toBeUndefined();
});

/** `.mail.fromName=T&A`, for each value in it. */
const leavesOf = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) => leavesOf(each, `${path}.${key}`))
    : [`${path}=${String(value)}`];

test('whatever a customer file says can be changed on the page', () => {
  const wanted = Customer.parse({
    version: 1,
    name: 'Fabrikam',
    cloud: 'usgov',
    scope: 'mailbox',
    tenant: 'fabrikam.com',
    app: {
      displayName: 'T&A of Fabrikam',
      permissions: ['Mail.Send', 'Calendars.Read'],
      secret: { description: 'T&A', lifetimeDays: 90, graceDays: 30 },
    },
    mail: {
      fromName: 'Working time',
      fromAddress: 'ta@fabrikam.com',
      otherMailbox: 'payroll@fabrikam.com',
      senderAddressFrom: 'SMTP address',
    },
  });
  // Nothing comes from the customer before, nor from a default.
  const before = leavesOf(contoso);
  expect(leavesOf(wanted).filter((leaf) => before.includes(leaf))).toEqual(['.version=1']);
  expect(customerOf(valuesOf({}, wanted), contoso, '/c')).toEqual(wanted);
});

const typedFields = [
  'name',
  'tenant',
  'fromAddress',
  'fromName',
  'appName',
  'otherPermissions',
  'lifetimeDays',
  'secretName',
  'graceDays',
] as const;
test.each(typedFields)('a client secret in the field %s is refused and not quoted', (field) => {
  const { [field]: problem } = draftProblems(valuesOf({ [field]: secret }, undefined), true);
  expect(problem).toMatch(/^Enter (a|one) /);
  expect(problem).not.toContain(secret);
});

test('the secret of a new customer lasts as long as the settings say, where that is a number of days', () => {
  const lifetimes = [90, undefined, 'long', 731].map((secretLifetimeDays) => {
    Object.assign(settings, { secretLifetimeDays });
    const days = readSettings().secretLifetimeDays;
    return [undefined, contoso].map((before) => valuesOf({}, before, days).lifetimeDays);
  });
  delete settings.secretLifetimeDays;
  expect(lifetimes).toEqual([['90', '180'], ...[1, 2, 3].map(() => ['180', '180'])]);
});
