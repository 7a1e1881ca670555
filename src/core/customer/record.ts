import * as z from 'zod/mini';
import { CloudName, cloudNames } from '../cloud/clouds.ts';
import type { Secret } from '../secret.ts';
import { say } from '../words/say.ts';
import { withoutSecret } from './text.ts';

const text = z.string(say`text`.pattern).check(withoutSecret);
const instantWords = say`a date and time such as 2026-11-24T10:00:00Z`.pattern;
const instantForm = z.regex(/^\d{4}-\d{2}-\d{2}T[\d:.]{5,20}Z$/, instantWords);
const onCalendar = z.refine<string>(isOnCalendar, instantWords);
/** A point in time as our files have it: UTC, `2026-11-24T10:00:00Z`. */
export const Instant = z.string(say`a date and time`.pattern).check(instantForm, onCalendar);

/** JavaScript takes 30 February for 2 March, and of a 13th month it knows nothing. */
function isOnCalendar(instant: string): boolean {
  const at = new Date(instant);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(instant.slice(0, 10));
}

const JournalEntry = z.strictObject({
  at: Instant,
  /** Ties an intent to its outcome. For a secret it is part of the secret's display name, where the tenant shows it back. */
  operation: text,
  step: text,
  state: z.enum(['intent', 'done', 'failed'], say`intent, done or failed`.pattern),
  note: z.optional(text),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

const Application = z.strictObject({
  uniqueName: z
    .optional(text)
    .check(z.describe('Missing until this tool has given it one: the app registration was created by hand.')),
  objectId: text,
  clientId: text,
  createdAt: Instant,
});

const RecordedSecret = z.strictObject({
  keyId: text,
  hint: text.check(z.describe("The secret's first characters, as Entra shows them.")),
  displayName: text,
  expiresAt: Instant,
});

const Renewal = z.strictObject({
  since: Instant.check(z.describe('When the new secret was asked for.')),
  oldSecret: RecordedSecret.check(
    z.describe('The secret that T&A may still use, until "renew --finish" removes it.'),
  ),
  lostSecrets: z
    .optional(z.array(RecordedSecret, say`a list`.pattern))
    .check(
      z.describe(
        'Secrets that this renewal added and that the preferences file no longer contains. T&A may use one, until "renew --finish" removes them.',
      ),
    ),
  ownSignIns: z
    .array(Instant, say`a list`.pattern)
    .check(z.describe('When this tool itself used the new secret; other uses of it are those of T&A.')),
  newSecretSeen: z
    .optional(Instant)
    .check(z.describe('When Microsoft Entra first saw T&A use the new secret.')),
});
export type Renewal = z.infer<typeof Renewal>;

const Escrow = z.strictObject({
  resourceId: text.check(z.describe("The secret's resource id in Azure.")),
  uri: text.check(z.describe('The address of this version of it, to read it from Key Vault.')),
  keyId: text,
  expiresAt: Instant,
  writtenAt: Instant,
});

const OtherCopy = z.extend(Escrow, {
  disabled: z
    .optional(z.literal(true, say`true`.pattern))
    .check(z.describe('Its newest version cannot be read; older ones may be.')),
  deleted: z
    .optional(z.strictObject({ recoverableUntil: z.optional(Instant) }))
    .check(z.describe('It can be recovered until then, where that is known.')),
});

const MailboxScope = z.strictObject({
  state: z.enum(['waiting for Exchange', 'proved'], say`waiting for Exchange or proved`.pattern),
  at: Instant.check(z.describe('Since when.')),
  mailbox: text.check(z.describe('The mailbox that the app can use.')),
  otherMailbox: z.optional(text).check(z.describe('A mailbox that the app was refused.')),
});

const Removal = z.strictObject({
  startedAt: Instant,
  finishedAt: z.optional(Instant),
  application: Application.check(z.describe('The app registration that is removed.')),
  servicePrincipal: z.optional(z.strictObject({ objectId: text })),
  exchangeScript: z
    .optional(text)
    .check(z.describe("The script that removes Exchange's role assignments, seen from this file's folder.")),
  permanent: z
    .optional(z.boolean(say`true or false`.pattern))
    .check(z.describe('Whether the app registration was deleted permanently; otherwise it can be restored.')),
});

const outcomes = [
  'inbox',
  'junk',
  'bounced',
  'ask the recipient',
  'not seen',
  'confirmed by recipient',
] as const;
const Outcome = z.enum(
  outcomes,
  say`inbox, junk, bounced, ask the recipient, not seen or confirmed by recipient`.pattern,
);

const Verification = z.strictObject({
  at: Instant,
  code: text.check(z.describe('The receipt code in the test email.')),
  internetMessageId: text,
  keyId: z
    .optional(text)
    .check(z.describe('The secret that the email was sent with; missing where that is not known.')),
  inSentItems: z.boolean(say`true or false`.pattern),
  recipients: z.array(z.strictObject({ address: text, outcome: Outcome }), say`a list`.pattern),
});

/** What exists because of us, as in `NAME.ta-record.json`; also the journal. Holds no secret. Instants are ISO 8601, UTC. */
export const CustomerRecord = z.strictObject(
  {
    version: z
      .literal(1, say`1 (a higher number means that a newer version of this tool wrote the file)`.pattern)
      .check(z.describe('Version of this file format.')),
    customer: text.check(z.describe("The customer's name.")),
    cloud: z.enum(CloudName.def.entries, cloudNames.pattern),
    /** `practice` where the tenant was a practice tenant, so that no one takes it for a customer's. */
    kind: z.enum(['production', 'practice'], say`production or practice`.pattern),
    tenant: z.strictObject({ id: text, displayName: text, domain: text }),
    admin: z
      .optional(z.strictObject({ objectId: text, userPrincipalName: text }))
      .check(z.describe('Who was signed in.')),
    earlierAdmins: z
      .optional(z.array(z.strictObject({ objectId: text, userPrincipalName: text }), say`a list`.pattern))
      .check(z.describe('Who was signed in before.')),
    application: z.optional(Application).check(z.describe('The app registration.')),
    servicePrincipal: z
      .optional(z.strictObject({ objectId: text }))
      .check(z.describe('The enterprise application.')),
    grants: z
      .array(z.strictObject({ permission: text, appRoleId: text }), say`a list`.pattern)
      .check(z.describe('The permissions with admin consent.')),
    consent: z
      .optional(z.strictObject({ askedAt: Instant }))
      .check(
        z.describe('When an administrator with more rights was asked, by a link, to grant the permissions.'),
      ),
    secret: z.optional(RecordedSecret).check(z.describe('The client secret, without its value.')),
    renewal: z
      .optional(Renewal)
      .check(z.describe('A renewal that is not finished: the old secret works beside the new one.')),
    preferences: z
      .optional(z.strictObject({ file: text, keyId: text, writtenAt: Instant }))
      .check(
        z.describe(
          "The file with T&A's email preferences, seen from this file's folder, and which secret it contains.",
        ),
      ),
    proof: z
      .optional(z.strictObject({ at: Instant, keyId: text, roles: z.array(text, say`a list`.pattern) }))
      .check(z.describe('The last token that was issued for the secret, and the permissions in it.')),
    mailboxScope: z
      .optional(MailboxScope)
      .check(z.describe('How far the limit to one mailbox is; Exchange enforces it.')),
    escrow: z
      .optional(Escrow)
      .check(z.describe("Where the client secret is kept in the customer's own Azure Key Vault.")),
    otherCopies: z
      .optional(z.array(OtherCopy, say`a list`.pattern))
      .check(
        z.describe(
          'Other copies of a client secret in Key Vaults, each until it is known to be gone: of an earlier secret, in an earlier vault, or one whose writing was not answered.',
        ),
      ),
    removal: z
      .optional(Removal)
      .check(z.describe('What was removed from the tenant, by which it can be restored.')),
    verification: z.optional(Verification).check(z.describe('The last test email.')),
    journal: z
      .array(JournalEntry, say`a list`.pattern)
      .check(
        z.describe(
          'What was tried and the results, oldest first; the last 200 entries, and older ones without a result.',
        ),
      ),
  },
  say`an object`.pattern,
);
export type CustomerRecord = z.infer<typeof CustomerRecord>;
export type Verified = NonNullable<CustomerRecord['verification']>;

/**
 * Which of the record's secrets this one is, as far as the record tells: by what was written into the preferences file last,
 * and by how the secret begins. A file can be changed by hand.
 */
export function keyIdOf({ secret, preferences }: CustomerRecord, found: Secret): string | undefined {
  const written = preferences?.keyId ?? secret?.keyId;
  if (!secret || written !== secret.keyId) return written;
  return found.hint.startsWith(secret.hint) ? secret.keyId : undefined;
}

/** Of the application that is registered, or that a removal has taken: whatever is kept by it elsewhere. */
export const clientIdIn = ({ application, removal }: CustomerRecord): string | undefined =>
  (application ?? removal?.application)?.clientId;

/**
 * An instant as a service writes it, in the form that the record has: an answer that does not fit into our files is refused
 * before anything of it is kept.
 */
export const AnswerInstant = z
  .string(say`a date and time`.pattern)
  .check(z.overwrite(inUtc), onCalendar, instantForm);

function inUtc(text: string): string {
  const at = Date.parse(text);
  return text.endsWith('Z') || Number.isNaN(at) ? text : new Date(at).toISOString();
}
