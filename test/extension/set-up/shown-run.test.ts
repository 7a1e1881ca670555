import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { customerFile } from '../../../src/extension/customers/list.ts';
import { withCustomerRun } from '../../../src/extension/set-up/shown-run.ts';
import { createRuns } from '../../../src/extension/shell/runs.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { errorFrom } from '../../support/error-from.ts';
import { Uri } from '../../support/fake-vscode.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';

test('who presses "Sign In by Browser" while the tenant is looked up goes that way, without a second press', async () => {
  const runs = createRuns();
  const shell = {
    ...{ runs, context: forgetfulContext(), practice: { running: undefined }, log: { error: expect.fail } },
    sessions: { dropAfter: () => false },
    customers: { changed: () => undefined },
  };
  const file = customerFile(Uri.file('/customers/contoso.ta-customer.json') as never);
  const ways = await withCustomerRun(
    { file, record: undefined, customer: Customer.parse(contosoCustomer) },
    shell as unknown as Shell,
    { title: 'Set-up', command: 'resumeSetUp' },
    async ({ desk, state }) => {
      runs.of(file.uri)?.press('signInByBrowser');
      expect(state().wantsBrowser).toBe(true);
      const first = await desk.otherWay();
      const second = desk.otherWay();
      runs.of(file.uri)?.press('signInByCode');
      return [first, await second];
    },
  );
  expect(ways).toEqual(['browser', 'device code']);
});

test('the practice tenant hears whose cloud is asked next, and nothing of a customer is changed for it', async () => {
  const expected: string[] = [];
  const running = { expect: (cloud: string) => void expected.push(cloud) };
  const shell = { runs: { of: () => ({ isLive: () => true }) }, practice: { running } };
  const customer = Customer.parse({ ...contosoCustomer, cloud: 'usgovdod' });
  const file = customerFile(Uri.file('/customers/contoso.ta-customer.json') as never);
  const run = withCustomerRun(
    { file, record: undefined, customer },
    shell as unknown as Shell,
    { title: 'Set-up', command: 'resumeSetUp' },
    () => expect.fail('nothing is to be done'),
  );
  await errorFrom(run);
  expect(expected).toEqual(['usgovdod']);
});
