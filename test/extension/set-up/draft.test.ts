import { expect, test, vi } from 'vitest';
import { commands, type ExtensionContext, type WorkspaceConfiguration, workspace } from 'vscode';
import { Customer } from '../../../src/core/customer/customer.ts';
import {
  customerOf,
  draftProblems,
  keepDraft,
  recallDraft,
  valuesOf,
} from '../../../src/extension/set-up/draft.ts';
import { readSettings } from '../../../src/extension/shell/settings.ts';
import { tellUnusedSettings } from '../../../src/extension/shell/unused-settings.ts';
import { person, settings } from '../../support/fake-vscode.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';
import { contributes, shown } from '../../support/manifest.ts';
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

/** The extension as its manifest describes it. */
function ours() {
  const properties = JSON.parse(JSON.stringify(contributes.configuration.properties), (_, text) =>
    typeof text === 'string' ? shown(text) : text,
  );
  const extension = { packageJSON: { contributes: { configuration: { properties } } } };
  return { extension } as unknown as Pick<ExtensionContext, 'extension'>;
}

test.each([
  ['secretLifetimeDays', 731, 90, 'Enter a whole number from 1 to 730.'],
  ['secretLifetimeDays', '90', 730, 'Enter a whole number from 1 to 730.'],
  ['receiptSeconds', 2.5, 0, 'Enter a whole number from 0 to 3600.'],
  ['folder', 'customers', '/customers', 'The full path of a folder such as C:\\Customers, or nothing.'],
  ['folder', 7, String.raw`\\server\share`, 'The full path of a folder such as C:\\Customers, or nothing.'],
  ['testRecipient', 'Robin', 'robin@contoso.com', 'One email address such as ta@contoso.com, or nothing.'],
  ['signIn.way', 'fax', 'browser', 'Enter one of these: deviceCode, browser.'],
  ['openFormAfterSetUp', 'no', false, 'Enter true or false.'],
])(
  'a value of the setting %s that does not fit (%s) is told when a page opens, and leads to the setting',
  async (key, value, fitting, wanted) => {
    const context = ours();
    const run = vi.spyOn(commands, 'executeCommand').mockResolvedValue(undefined);
    person.told = [];
    person.answers = ['Open Setting'];
    settings[key] = fitting;
    tellUnusedSettings(context);
    expect(person.told).toEqual([]);
    settings[key] = value;
    tellUnusedSettings(context);
    delete settings[key];
    const message = `The setting taExchange.${key} is not used, because its value does not fit. ${wanted}`;
    expect(person.told).toMatchObject([{ message, buttons: ['Open Setting'] }]);
    const opening = ['workbench.action.openSettings', `@id:taExchange.${key}`];
    await vi.waitFor(() => expect(run.mock.calls).toEqual([opening]));
    run.mockRestore();
  },
);

test('what a folder sets is neither used nor told', () => {
  const own = readSettings();
  const ofFolder = vi.spyOn(workspace, 'getConfiguration').mockReturnValue({
    inspect: (key: string) => ({ workspaceValue: key, workspaceFolderValue: key }),
  } as unknown as WorkspaceConfiguration);
  person.told = [];
  tellUnusedSettings(ours());
  expect([readSettings(), person.told]).toEqual([own, []]);
  ofFolder.mockRestore();
});

test('the sender is recognised as the other mailbox however it is written', () => {
  const typed = { scope: 'mailbox', fromAddress: 'ta@contoso.com' };
  const problemOf = (otherMailbox: string) =>
    draftProblems(valuesOf({ ...typed, otherMailbox }, undefined), true).otherMailbox;
  for (const own of ['ta@contoso.com', ' TA@Contoso.com', 'T&A <ta@contoso.com>', 'mailto:ta@contoso.com'])
    expect(problemOf(own)).toBe('This is the sender itself. Name another mailbox.');
  expect(problemOf('Robin <robin@contoso.com>')).toBeUndefined();
});
