import * as z from 'zod/mini';
import { CloudName, cloudNames } from '../cloud/clouds.ts';
import { readJson } from '../files/read-json.ts';
import { say } from '../words/say.ts';
import { Address } from './address.ts';
import { defaultPermissions } from './permissions.ts';
import { TenantName } from './tenant-name.ts';
import { line, name, withoutSecret } from './text.ts';

const PermissionName = z
  .string(say`the name of a Microsoft Graph permission such as Mail.Send`.pattern)
  .check(
    withoutSecret,
    z.maxLength(120),
    z.regex(
      /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
      say`the name of a Microsoft Graph permission such as Mail.Send`.pattern,
    ),
  );

const Permissions = z.array(PermissionName, say`a list of Microsoft Graph permissions`.pattern).check(
  z.minLength(1, say`at least one Microsoft Graph permission`.pattern),
  // As many as one registration may ask for (learn.microsoft.com/graph/api/resources/application).
  z.maxLength(400, say`at most 400 Microsoft Graph permissions`.pattern),
  z.refine(
    (names) => new Set(names.map((value) => value.toLowerCase())).size === names.length,
    say`each permission once`.pattern,
  ),
  z.describe('Microsoft Graph application permissions that the app asks for and is granted.'),
);

const SecretWish = z.strictObject(
  {
    description: z
      ._default(name(120), 'Time and Attendance Exchange Online integration secret')
      .check(z.describe("Beginning of the client secret's name in Entra.")),
    lifetimeDays: z._default(
      z
        .int(say`a whole number of days`.pattern)
        .check(
          z.minimum(1, say`a number of days from 1 to 730`.pattern),
          z.maximum(730, say`a number of days from 1 to 730`.pattern),
          z.describe('Days until the client secret expires. T&A cannot send email after that.'),
        ),
      180,
    ),
    graceDays: z._default(
      z
        .int(say`a whole number of days`.pattern)
        .check(
          z.minimum(0, say`a number of days from 0 to 365`.pattern),
          z.maximum(365, say`a number of days from 0 to 365`.pattern),
          z.describe(
            'Days after a renewal in which the new secret is to be entered in T&A. After that "check" asks to finish the renewal.',
          ),
        ),
      14,
    ),
  },
  say`an object`.pattern,
);

const App = z.strictObject(
  {
    displayName: z
      ._default(name(120), 'Time and Attendance Exchange Online Integration')
      .check(z.describe('Name of the app registration in Entra.')),
    permissions: z._default(Permissions, () => defaultPermissions.map(({ value }) => value)),
    secret: z.prefault(SecretWish, {}).check(z.describe('The client secret that T&A signs in with.')),
  },
  say`an object`.pattern,
);

const Mail = z.strictObject(
  {
    fromName: line(120).check(
      z.describe(
        "T&A's From name. Exchange Online shows the mailbox's own display name to recipients, whatever you enter here.",
      ),
    ),
    fromAddress: Address.check(
      z.describe('User principal name of the mailbox that T&A sends from; an alias is not found.'),
    ),
    otherMailbox: z
      .optional(Address)
      .check(
        z.describe(
          'With the scope "mailbox": user principal name of another mailbox of the tenant, to prove that the app cannot read it.',
        ),
      ),
    senderAddressFrom: z
      .optional(z.enum(['SMTP address', 'User'], say`SMTP address or User`.pattern))
      .check(
        z.describe(
          'T&A\'s web preference "Sender address from". With User, T&A sends from the mailboxes of employees and supervisors, which the scope "mailbox" would break.',
        ),
      ),
  },
  say`an object`.pattern,
);

/** What we want for one customer, as in `NAME.ta-customer.json`. Holds no secret. */
export const Customer = z.strictObject(
  {
    version: z
      .literal(1, say`1 (a higher number means that a newer version of this tool wrote the file)`.pattern)
      .check(z.describe('Version of this file format.')),
    name: name(120).check(z.describe("The customer's name, as your colleagues know it.")),
    cloud: z
      ._default(z.enum(CloudName.def.entries, cloudNames.pattern), 'global')
      .check(z.describe("The Microsoft cloud of the customer's tenant.")),
    scope: z
      ._default(z.enum(['tenant', 'mailbox'], say`tenant or mailbox`.pattern), 'tenant')
      .check(
        z.describe(
          'Which mailboxes the app can use: all in the tenant, or only the sender. Exchange enforces the latter (RBAC for Applications); an Exchange administrator runs a script for it.',
        ),
      ),
    tenant: TenantName.check(
      z.describe("The customer's tenant: one of its verified domains, such as contoso.com, or its id."),
    ),
    app: z.prefault(App, {}).check(z.describe('The app registration that T&A uses.')),
    mail: Mail.check(z.describe("The sender of T&A's email.")),
  },
  say`an object`.pattern,
);
export type Customer = z.infer<typeof Customer>;

/** `NAME.ta-customer.json` as it may be written. */
export const CustomerFile = z.extend(Customer, {
  $schema: z
    .optional(z.string(say`the address of a JSON Schema`.pattern).check(withoutSecret))
    .check(z.describe('The JSON Schema that an editor checks this file with. It changes nothing else.')),
});

/** Reads `NAME.ta-customer.json`. Throws a Failure with exit code 3 and one sentence: file, place, what was expected. */
export async function readCustomer(path: string): Promise<Customer> {
  const { $schema: _, ...customer } = await readJson(path, CustomerFile);
  return customer;
}
