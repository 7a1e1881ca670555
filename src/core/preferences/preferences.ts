import * as z from 'zod/mini';
import { Address } from '../customer/address.ts';
import { EntraId } from '../customer/tenant-name.ts';
import { isPlainLine, line } from '../customer/text.ts';
import { expectedBy } from '../files/read-json.ts';
import { holdsMoreThanSecret, Secret } from '../secret.ts';
import { say, type Words } from '../words/say.ts';
import { isLeftOut, isMasked } from './left-out.ts';

const guid = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

const secretText = z.string(say`the value of the client secret`.pattern).check(
  z.minLength(8, say`the value of the client secret, at least 8 characters`.pattern),
  z.maxLength(1024, say`the value of the client secret, at most 1024 characters`.pattern),
  z.refine(isPlainLine, say`the value of the client secret on one line`.pattern),
  z.refine(
    (text) => !guid.test(text),
    say`the secret's value; a GUID is the secret ID, which Entra shows beside it`.pattern,
  ),
  z.refine((text) => !isMasked(text), say`the secret's value; these are the dots shown in its place`.pattern),
  z.refine((text) => !isLeftOut(text), say`the secret's value; this file leaves it out`.pattern),
  z.refine((text) => !/^eyJ[\w-]+\.eyJ/.test(text), say`the secret's value; this is an access token`.pattern),
  z.refine((text) => !holdsMoreThanSecret(text), say`the secret's value and nothing else`.pattern),
  z.describe(
    "Client Secret: the secret's value, in clear. Anyone who reads this file can send email as T&A.",
  ),
);

const ClientSecret = z.pipe(
  secretText,
  z.transform((text) => new Secret(text)),
);

/** As a person enters it: other text that was pasted has blanks, which Entra never uses. */
const TypedSecret = secretText.check(
  z.refine((text) => !/\s/.test(text), say`the value of the client secret, without spaces`.pattern),
);

/** What is expected where what was typed cannot be a client secret. */
export function secretFault(typed: string): Words | undefined {
  const [issue] = TypedSecret.safeParse(typed).error?.issues ?? [];
  return issue && expectedBy(issue);
}

const Connection = z.strictObject(
  {
    tenantId: EntraId.check(z.describe('Tenant ID (Directory ID).')),
    clientId: EntraId.check(
      z.refine(
        (id) => id !== '00000003-0000-0000-c000-000000000000',
        say`the app's own client id; this is Microsoft Graph's`.pattern,
      ),
      z.describe('Client ID (Application ID) of the app registration.'),
    ),
    fromName: line(120).check(
      z.describe('From name. Exchange Online shows the display name of the mailbox instead.'),
    ),
    fromEmailAddress: Address.check(z.describe('From email address: user principal name of the sender.')),
    clientSecret: ClientSecret,
  },
  say`an object`.pattern,
);

const template = z
  .string(say`text`.pattern)
  .check(z.minLength(1, say`text`.pattern), z.maxLength(300, say`at most 300 characters`.pattern));

const ApiEndpoints = z.strictObject(
  {
    tokenEndpoint: template.check(z.describe('Token Endpoint.')),
    defaultScope: template.check(z.describe('Default Scope.')),
    graphApiEndpoint: template.check(z.describe('Graph API Endpoint.')),
    userEndpoint: template.check(z.describe('User Endpoint, below the Graph API Endpoint.')),
    userMessagesEndpoint: template.check(z.describe('User Messages Endpoint, below the Graph API Endpoint.')),
    draftUserMessageEndpoint: template.check(
      z.describe('Draft User Message Endpoint, below the User Messages Endpoint.'),
    ),
    draftAddAttachmentEndpoint: template.check(
      z.describe('Draft Add Attachment Endpoint, below the User Messages Endpoint.'),
    ),
    createUploadSessionEndpoint: template.check(
      z.describe('Create Upload Session Endpoint, below the Graph API Endpoint.'),
    ),
  },
  say`an object`.pattern,
);
export type ApiEndpoints = Readonly<z.infer<typeof ApiEndpoints>>;

/** T&A's email preferences, field names in T&A's own words, as in `NAME.ta-email.json`. In memory the secret is a `Secret`. */
export const Preferences = z.strictObject(
  {
    version: z
      .literal(1, say`1 (a higher number means that a newer version of this tool wrote the file)`.pattern)
      .check(z.describe('Version of this file format.')),
    component: z.literal('EXCH', 'EXCH').check(z.describe('Email component: Exchange Online.')),
    connection: Connection.check(z.describe("T&A's Connection tab.")),
    apiEndpoints: ApiEndpoints.check(z.describe("T&A's API Endpoints tab.")),
  },
  say`an object`.pattern,
);
export type Preferences = z.infer<typeof Preferences>;
/** As written down, the secret in clear. */
export type PlainPreferences = z.input<typeof Preferences>;

/** Preferences on their way in: where the secret is left out or hidden behind dots, there is none. */
export const IncomingPreferences = z.extend(Preferences, {
  connection: z.extend(Connection, { clientSecret: z.optional(ClientSecret) }),
});

/** The same from T&A's screen, of which any part may not have been copied. */
export const PastedPreferences = z.extend(Preferences, {
  component: z.optional(Preferences.shape.component),
  connection: z.partial(Connection),
  apiEndpoints: z.partial(ApiEndpoints),
});
export type PastedPreferences = z.infer<typeof PastedPreferences>;
