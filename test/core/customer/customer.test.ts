import { expect, test } from 'vitest';
import { Customer, readCustomer } from '../../../src/core/customer/customer.ts';
import { expectedBy } from '../../../src/core/files/read-json.ts';
import { errorFrom } from '../../support/error-from.ts';
import { tempFile } from '../../support/temp-folder.ts';
import { textPlaces, withTextAt } from '../../support/text-places.ts';

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

// More names are rows of test/reliability/bad-values.ts.
test.each([
  ['a device', 'CON'],
  ['a dot behind', 'Contoso.'],
  ['a path', '../../x'],
  ['a Windows path', '..\\x'],
  ['a share', '\\\\h\\s'],
  ['a family', 'Família 👨‍👩‍👧'],
])('takes %s for a name, as text', (_, name) => {
  expect(Customer.parse({ ...smallest, name }).name).toBe(name);
});

test('keeps names in composed form, without blanks around', () => {
  expect(Customer.parse({ ...smallest, name: ' Mu\u0308ller ' }).name).toBe('Müller');
});

const lineOfText = 'one line of text without control characters';
test.each([
  [
    'a version to come',
    { version: 2 },
    'version: 1 (a higher number means that a newer version of this tool wrote the file)',
  ],
  ['an unknown cloud', { cloud: 'germany' }, 'cloud: global, usgov, usgovdod or china'],
  ['a line break', { name: 'a\nb' }, `name: ${lineOfText}`],
  ['half a letter', { name: 'a\ud800' }, `name: ${lineOfText}`],
  [
    'a client secret',
    { name: 'Contoso Xy78Q~canary-canary.canary_canary~canary' },
    'name: a text without a client secret',
  ],
  ['nothing that can be seen', { name: '\u200b\u200d\ufeff' }, 'name: a name with visible characters'],
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

const misplaced = [
  'Xy78Q~canary-canary.canary_canary~canary',
  'Xy78Q~canary-canary',
  'eyJ0eXAiOiJKV1Qi.eyJhdWQiOiJodHRw.c2lnbmF0',
  `AGE-SECRET-KEY-1${'Q'.repeat(58)}`,
];
const allFields = {
  ...smallest,
  app: { displayName: 'A', permissions: ['Mail.Send'], secret: { description: 'B' } },
  mail: { ...smallest.mail, otherMailbox: 'other@contoso.com', senderAddressFrom: 'User' },
  cloud: 'global',
  scope: 'tenant',
};

test.each(textPlaces(allFields))(
  'a secret or token in the field %s is refused, and not quoted',
  async (place) => {
    for (const secret of misplaced)
      for (const text of [secret, `${secret}@contoso.com`, `${secret}.example.com`]) {
        const file = await tempFile('a.ta-customer.json', withTextAt(allFields, place, text));
        const failure = await errorFrom(readCustomer(file));
        expect(failure).toMatchObject({ exitCode: 3 });
        expect(JSON.stringify(failure).toLowerCase()).not.toContain(secret.slice(4, 16).toLowerCase());
      }
  },
);

test('a JSON Schema for editors may be named; it is no part of the customer', async () => {
  const withSchema = ($schema: unknown) =>
    tempFile('a.ta-customer.json', JSON.stringify({ $schema, ...smallest }));
  const named = await withSchema('https://example.com/a.schema.json');
  expect(await readCustomer(named)).toEqual(Customer.parse(smallest));
  expect(await errorFrom(readCustomer(await withSchema(1)))).toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('$schema: expected the address of a JSON Schema'),
  });
});

test('names the field that was meant below one that may be missing', async () => {
  const misspelt = { ...smallest, app: { secret: { lifetimeDay: 90 } } };
  const path = await tempFile('contoso.ta-customer.json', JSON.stringify(misspelt));
  await expect(readCustomer(path)).rejects.toThrow(
    'app.secret.lifetimeDay: expected the field "lifetimeDays", found an unknown field.',
  );
});
