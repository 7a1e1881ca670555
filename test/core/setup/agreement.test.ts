import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { makePlan } from '../../../src/core/setup/plan.ts';
import { agreementOn, comparable, isAgreed } from '../../../src/core/setup/saved-plan.ts';
import type { Change } from '../../../src/core/setup/steps.ts';
import { contoso, now, snapshot } from '../../support/snapshot.ts';

const planned = (customer = contoso, tenant = snapshot(), at = now): readonly Change[] =>
  makePlan(customer, tenant.existing, at).changes;

test('what is left of agreed changes is agreed to, another day and for another admin too', () => {
  const agreed = agreementOn(planned().map(comparable));
  const left = snapshot().withApplication().as('applicationAdministrator');
  const rest = planned(contoso, left, now + 86_400_000).filter(({ kind }) => kind !== 'register-application');
  expect(rest.length).toBeGreaterThan(2);
  expect(isAgreed(rest, agreed)).toBe(true);
});

test('a change that nobody saw, or that is another now, is not agreed to', () => {
  const { app } = contoso;
  const longer = Customer.parse({
    ...contoso,
    app: { ...app, secret: { ...app.secret, lifetimeDays: 365 } },
  });
  const wider = Customer.parse({ ...contoso, app: { ...app, permissions: ['Mail.Send', 'Files.Read.All'] } });
  const agreed = agreementOn(planned().map(comparable));
  expect(isAgreed(planned(), agreed)).toBe(true);
  expect(isAgreed(planned(longer), agreed)).toBe(false);
  expect(isAgreed(planned(wider), agreed)).toBe(false);
  expect(isAgreed(planned(), agreed.slice(1))).toBe(false);
  expect(isAgreed(planned(), [])).toBe(false);
});
