import * as z from 'zod/mini';
import { CloudName } from '../cloud/clouds.ts';
import { Address } from './address.ts';
import { defaultPermissions } from './permissions.ts';
import { TenantName } from './tenant-name.ts';
import { line, name } from './text.ts';

const PermissionName = z
  .string('the name of a Microsoft Graph permission such as Mail.Send')
  .check(
    z.maxLength(120),
    z.regex(
      /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
      'the name of a Microsoft Graph permission such as Mail.Send',
    ),
  );

const Permissions = z.array(PermissionName, 'a list of Microsoft Graph permissions').check(
  z.minLength(1, 'at least one Microsoft Graph permission'),
  // As many as one registration may ask for (learn.microsoft.com/graph/api/resources/application).
  z.maxLength(400, 'at most 400 Microsoft Graph permissions'),
  z.refine(
    (names) => new Set(names.map((value) => value.toLowerCase())).size === names.length,
    'each permission once',
  ),
  z.describe('Microsoft Graph application permissions that the app asks for and is granted.'),
);

const SecretWish = z.strictObject(
  {
    description: z
      ._default(name(120), 'Time and Attendance Exchange Online integration secret')
      .check(z.describe("Begin of the client secret's name in Entra.")),
    lifetimeDays: z._default(
      z
        .int('a whole number of days')
        .check(
          z.minimum(1, 'a number of days from 1 to 730'),
          z.maximum(730, 'a number of days from 1 to 730'),
          z.describe('Days until the client secret expires. T&A sends no mail after that.'),
        ),
      180,
    ),
  },
  'an object',
);

const App = z.strictObject(
  {
    displayName: z
      ._default(name(120), 'Time and Attendance Exchange Online Integration')
      .check(z.describe('Name of the app registration in Entra.')),
    permissions: z._default(Permissions, () => defaultPermissions.map(({ value }) => value)),
    secret: z.prefault(SecretWish, {}).check(z.describe('The client secret that T&A signs in with.')),
  },
  'an object',
);

const Mail = z.strictObject(
  {
    fromName: line(120).check(
      z.describe(
        "T&A's From name. Exchange Online shows the mailbox's own display name to recipients, whatever stands here.",
      ),
    ),
    fromAddress: Address.check(
      z.describe('User principal name of the mailbox that T&A sends from; an alias is not found.'),
    ),
    otherMailbox: z
      .optional(Address)
      .check(
        z.describe(
          'With the scope "mailbox": user principal name of another mailbox of the tenant, to show that the app may not read it.',
        ),
      ),
    senderAddressFrom: z
      .optional(z.enum(['SMTP address', 'User'], 'SMTP address or User'))
      .check(
        z.describe(
          'T&A\'s web preference "Sender address from". With User, mails go out of the mailboxes of employees and supervisors, which the scope "mailbox" would break.',
        ),
      ),
  },
  'an object',
);

/** What we want for one customer, as in `NAME.ta-customer.json`. Holds no secret. */
export const Customer = z.strictObject(
  {
    version: z
      .literal(1, '1 (a higher number means that a newer version of this program wrote the file)')
      .check(z.describe('Version of this file format.')),
    name: name(120).check(z.describe("The customer's name, as your own people call it.")),
    cloud: z
      ._default(z.enum(CloudName.def.entries, 'global, usgov, usgovdod or china'), 'global')
      .check(z.describe("The Microsoft cloud that holds the customer's tenant.")),
    scope: z
      ._default(z.enum(['tenant', 'mailbox'], 'tenant or mailbox'), 'tenant')
      .check(
        z.describe(
          'Which mailboxes the app may use: all of the tenant, or the sender alone. The latter is kept by Exchange (RBAC for Applications); an Exchange administrator runs a script for it.',
        ),
      ),
    tenant: TenantName.check(
      z.describe("The customer's tenant: one of its verified domains, such as contoso.com, or its id."),
    ),
    app: z.prefault(App, {}).check(z.describe('The app registration that T&A uses.')),
    mail: Mail.check(z.describe('The sender of the mails.')),
  },
  'an object',
);
export type Customer = z.infer<typeof Customer>;
