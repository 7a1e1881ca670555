import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { customerFile } from '../../../src/extension/customers/list.ts';
import { withCustomerRun } from '../../../src/extension/set-up/shown-run.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { errorFrom } from '../../support/error-from.ts';
import { Uri } from '../../support/fake-vscode.ts';

test('a customer of another cloud is not rehearsed in the worldwide one, and its file is right as it is', async () => {
  const shell = { runs: { of: () => undefined, put: () => undefined }, practice: { running: {} } };
  const customer = Customer.parse({ ...contosoCustomer, cloud: 'usgov' });
  const file = customerFile(Uri.file('/customers/contoso.ta-customer.json') as never);
  const work = () => expect.fail('nothing is to be done');
  const run = withCustomerRun(
    { file, record: undefined, customer },
    shell as unknown as Shell,
    { title: 'Set-up', command: 'resumeSetUp' },
    work,
  );
  expect(await errorFrom(run)).toMatchObject({ code: 'TA-PRACTICE-CLOUD' });
});
