import { expect, test } from 'vitest';
import { CustomerRecord } from '../../src/core/customer/record.ts';
import { contoso, customerFolder, customerName, recordName } from '../support/customer-folder.ts';
import { limitAppsToSender } from '../support/exchange-admin.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { runCli } from '../support/run-cli.ts';
import { scopedCustomer } from '../support/scoped-customer.ts';
import { inboxOf, type ServedPractice, servedPractice, whatIsLeft } from '../support/served-practice.ts';

const recordOf = async ({ folder }: ServedPractice): Promise<CustomerRecord> =>
  CustomerRecord.parse(JSON.parse(await folder.read(recordName)));

test('from a customer file to a received mail and a refused mailbox', async () => {
  const clock = fakeClock();
  await using practice = await servedPractice({ customer: scopedCustomer, clock });
  const first = await practice.onboard();
  expect(first.code).toBe(1);
  expect(first.stderr).toContain('Waiting for Exchange: it does not let the app into ta@contoso.com yet.');
  expect(whatIsLeft(practice.state)).toMatchObject({ applications: 1, secrets: 1, grants: 2, mails: 0 });
  expect((await recordOf(practice)).mailboxScope?.state).toBe('waiting for Exchange');

  const written = await practice.cli('scope', customerName, '--out', 'scope.ps1');
  expect(written).toMatchObject({ code: 0, stderr: '' });
  expect(written.stdout).toContain('An Exchange administrator of the customer runs it in PowerShell.');
  expect(await practice.folder.read('scope.ps1')).toContain('New-ManagementRoleAssignment');
  limitAppsToSender(practice.state);

  const proved = await practice.cli('scope', customerName, '--prove', '--to', 'robin@contoso.com');
  expect(proved).toMatchObject({ code: 0, stderr: '' });
  expect(proved.stdout).toContain('The app can use ta@contoso.com, and is kept out of robin@contoso.com.');
  clock.advance(60_000);
  expect(inboxOf(practice.state, 'robin')).toHaveLength(1);
  expect((await recordOf(practice)).mailboxScope).toMatchObject({
    state: 'proved',
    otherMailbox: 'robin@contoso.com',
  });

  const again = await practice.onboard();
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain('Everything is set up correctly. Nothing to do.');
});

test('a customer of the whole tenant becomes one of one mailbox', async () => {
  const clock = fakeClock();
  await using practice = await servedPractice({ clock });
  await practice.onboard();
  await practice.folder.write(customerName, JSON.stringify(scopedCustomer));
  limitAppsToSender(practice.state);
  const early = await practice.cli('scope', customerName, '--prove');
  expect(early.code).toBe(1);
  expect(early.stderr).toContain('it has Mail.ReadWrite, Mail.Send');

  const plan = await practice.cli('plan', customerName);
  expect(plan.code).toBe(2);
  expect(plan.stdout).toMatch(
    /Remove the grants that open every mailbox\s+Mail\.ReadWrite\s+Mail\.Send\s+Run the script for Exchange first\./,
  );
  const narrowed = await practice.onboard('--wait-for-exchange', '2');
  expect(narrowed).toMatchObject({ code: 0, stderr: '' });
  expect(narrowed.stdout).toContain('Kept out of robin@contoso.com');
  clock.advance(60_000);
  expect(whatIsLeft(practice.state)).toMatchObject({ grants: 2, mails: 2 });
});

const notSetUp = 'This customer is not set up yet, so there is no app to limit.';
const wholeTenant = 'The customer file does not ask for one mailbox only.';

test.each([
  ['a script before the app exists', scopedCustomer, ['--out', 'scope.ps1'], notSetUp],
  ['a proof before the app exists', scopedCustomer, ['--prove'], notSetUp],
  ['a script for the whole tenant', contoso, ['--out', 'scope.ps1'], wholeTenant],
  ['a proof for the whole tenant', contoso, ['--prove'], wholeTenant],
  [
    'a script over another file',
    scopedCustomer,
    ['--out', customerName],
    '--out takes a file that ends in .ps1',
  ],
  ['neither of the two', scopedCustomer, [], 'Name one of the two: --out FILE writes the script'],
  [
    'another mailbox that is no address',
    scopedCustomer,
    ['--prove', '--other', 'robin'],
    '--other takes one',
  ],
  [
    'minutes that are none',
    scopedCustomer,
    ['--prove', '--wait-for-exchange', 'long'],
    '--wait-for-exchange takes whole minutes',
  ],
])('refuses %s', async (_what, customer, args, said) => {
  await using folder = await customerFolder(customer);
  const run = await runCli(['scope', customerName, ...args, '--practice'], { cwd: folder.path });
  expect(run.code).toBe(3);
  expect(run.stderr).toContain(said);
  expect(await folder.names()).toEqual([customerName]);
});
