import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { expectedBy } from '../../../src/core/files/read-json.ts';

const smallest = {
  version: 1,
  name: 'Contoso Ltd',
  tenant: 'contoso.com',
  mail: { fromName: 'Contoso Time & Attendance', fromAddress: 'ta@contoso.com' },
};

function firstProblem(change: object): string {
  const { error } = Customer.safeParse({ ...smallest, ...change });
  const issue = error?.issues[0];
  return `${issue?.path.join('.')}: ${issue && expectedBy(issue)}`;
}

test('fills in everything but version, name, tenant and mail', () => {
  expect(Customer.parse(smallest)).toEqual({
    ...smallest,
    cloud: 'global',
    scope: 'tenant',
    app: {
      displayName: 'Time and Attendance Exchange Online Integration',
      permissions: ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send'],
      secret: {
        description: 'Time and Attendance Exchange Online integration secret',
        lifetimeDays: 180,
        graceDays: 14,
      },
    },
  });
});

test('keeps what is given and fills in the rest around it', () => {
  const app = { permissions: ['Mail.Send'], secret: { lifetimeDays: 90 } };
  const customer = Customer.parse({ ...smallest, cloud: 'china', app });
  expect(customer.cloud).toBe('china');
  expect(customer.app.permissions).toEqual(['Mail.Send']);
  expect(customer.app.secret.lifetimeDays).toBe(90);
  expect(customer.app.displayName).toBe('Time and Attendance Exchange Online Integration');
});

test('gives every customer a permission list of its own', () => {
  Customer.parse(smallest).app.permissions.push('X.Y');
  expect(Customer.parse(smallest).app.permissions).toHaveLength(4);
});

test.each([
  ['a script', '<script>alert(1)</script>'],
  ['an image', '<img src=x onerror=alert(1)>'],
  ['a formula', "=cmd|' /C calc'!A1"],
  ['a plus', '+1'],
  ['a device', 'CON'],
  ['a dot behind', 'Contoso.'],
  ['a path', '../../x'],
  ['a Windows path', '..\\x'],
  ['a share', '\\\\h\\s'],
  ['a prototype', '__proto__'],
  ['a method', 'hasOwnProperty'],
  ['a picture sign', '$(trash)'],
  ['a link', '[x](command:y)'],
  ['a family', 'Família 👨‍👩‍👧'],
  ['120 characters', 'a'.repeat(120)],
])('takes %s for a name, as text', (_, name) => {
  expect(Customer.parse({ ...smallest, name }).name).toBe(name);
});

test('keeps names in composed form, without blanks around', () => {
  expect(Customer.parse({ ...smallest, name: ' Mu\u0308ller ' }).name).toBe('Müller');
});

test('takes an empty From name', () => {
  const mail = { fromName: '', fromAddress: 'ta@contoso.com' };
  expect(Customer.parse({ ...smallest, mail }).mail.fromName).toBe('');
});

const lineOfText = 'one line of text without control characters';
test.each([
  [
    'a version to come',
    { version: 2 },
    'version: 1 (a higher number means that a newer version of this tool wrote the file)',
  ],
  [
    'a version as text',
    { version: '1' },
    'version: 1 (a higher number means that a newer version of this tool wrote the file)',
  ],
  ['an unknown cloud', { cloud: 'germany' }, 'cloud: global, usgov, usgovdod or china'],
  ['121 characters', { name: 'a'.repeat(121) }, 'name: at most 120 characters'],
  ['a line break', { name: 'a\nb' }, `name: ${lineOfText}`],
  ['a tab', { name: 'a\tb' }, `name: ${lineOfText}`],
  ['a line separator', { name: 'a\u2028b' }, `name: ${lineOfText}`],
  ['a next line', { name: 'a\u0085b' }, `name: ${lineOfText}`],
  ['an override', { name: 'a\u202eb' }, `name: ${lineOfText}`],
  ['an isolate', { name: 'a\u2066b' }, `name: ${lineOfText}`],
  ['half a letter', { name: 'a\ud800' }, `name: ${lineOfText}`],
  [
    'a client secret',
    { name: 'Contoso Xy78Q~canary-canary.canary_canary~canary' },
    'name: a text without a client secret',
  ],
  ['blanks alone', { name: '   ' }, 'name: a name with visible characters'],
  ['nothing that can be seen', { name: '\u200b\u200d\ufeff' }, 'name: a name with visible characters'],
  [
    'a lifetime of 0',
    { app: { secret: { lifetimeDays: 0 } } },
    'app.secret.lifetimeDays: a number of days from 1 to 730',
  ],
  [
    'a lifetime below 0',
    { app: { secret: { lifetimeDays: -1 } } },
    'app.secret.lifetimeDays: a number of days from 1 to 730',
  ],
  [
    'a lifetime of three years',
    { app: { secret: { lifetimeDays: 1095 } } },
    'app.secret.lifetimeDays: a number of days from 1 to 730',
  ],
  [
    'half a day',
    { app: { secret: { lifetimeDays: 1.5 } } },
    'app.secret.lifetimeDays: a whole number of days',
  ],
  [
    'a lifetime as text',
    { app: { secret: { lifetimeDays: '180' } } },
    'app.secret.lifetimeDays: a whole number of days',
  ],
  ['no permission', { app: { permissions: [] } }, 'app.permissions: at least one Microsoft Graph permission'],
  [
    'a permission twice',
    { app: { permissions: ['Mail.Send', 'mail.send'] } },
    'app.permissions: each permission once',
  ],
  [
    'a permission with a blank',
    { app: { permissions: ['Mail Send'] } },
    'app.permissions.0: the name of a Microsoft Graph permission such as Mail.Send',
  ],
  [
    'a permission by id',
    { app: { permissions: ['b633e1c5-b582-4048-a93e-9f11b44c7e96'] } },
    'app.permissions.0: the name of a Microsoft Graph permission such as Mail.Send',
  ],
  [
    'a scope URL',
    { app: { permissions: ['https://graph.microsoft.com/Mail.Send'] } },
    'app.permissions.0: the name of a Microsoft Graph permission such as Mail.Send',
  ],
  [
    'permissions as text',
    { app: { permissions: 'Mail.Send' } },
    'app.permissions: a list of Microsoft Graph permissions',
  ],
  [
    'a From name of two lines',
    { mail: { fromName: 'a\r\nBcc: x', fromAddress: 'ta@contoso.com' } },
    `mail.fromName: ${lineOfText}`,
  ],
  [
    'no sender',
    { mail: { fromName: 'T&A', fromAddress: '' } },
    'mail.fromAddress: an email address such as ta@contoso.com',
  ],
])('refuses %s', (_, change, problem) => {
  expect(firstProblem(change)).toBe(problem);
});
