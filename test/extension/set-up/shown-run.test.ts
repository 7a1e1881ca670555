import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { customerFile } from '../../../src/extension/customers/list.ts';
import { withCustomerRun } from '../../../src/extension/set-up/shown-run.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { errorFrom } from '../../support/error-from.ts';
import { Uri } from '../../support/fake-vscode.ts';

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
