import type { Customer } from './customer.ts';
import type { CustomerRecord } from './record.ts';

type Wish = Pick<Customer, 'scope' | 'app'>;

/**
 * Permissions that Exchange can grant for some mailboxes alone; its role is named `Application` and the permission
 * (learn.microsoft.com/exchange/permissions-exo/application-rbac).
 */
const scopable: readonly string[] = [
  'Mail.Read',
  'Mail.ReadBasic',
  'Mail.ReadWrite',
  'Mail.Send',
  'MailboxSettings.Read',
  'MailboxSettings.ReadWrite',
  'Calendars.Read',
  'Calendars.ReadWrite',
  'Contacts.Read',
  'Contacts.ReadWrite',
];

/** The API of Exchange beside Graph. What it grants, `full_access_as_app` above all, opens mailboxes too. */
export const exchangeApi = 'Office 365 Exchange Online';

/**
 * By the first word of their names: items and folders, mailboxes of groups, and what searches, restores or exports mailboxes. The
 * last one may change Exchange's roles and scopes, so an app that has it can lift its own limit.
 */
const mailboxFamilies =
  /^(?:Mail|Mail-Advanced|Mailbox[a-z]+|Calendars|Contacts|Tasks|ShortNotes|Group-Conversation|eDiscovery|BackupRestore-(?:Restore|Search)|RoleManagement(?=\.ReadWrite\.Exchange$))\./i;

/**
 * Granted in Entra it opens every mailbox of the tenant, whatever Exchange says: access is the union of both. Graph gets
 * new ones of a family, such as MailboxItem and MailboxFolder; of User-Mail, which sets addresses, none opens a mailbox.
 */
export function opensMailboxes(permission: string): boolean {
  return mailboxFamilies.test(permission) || permission.endsWith(` on ${exchangeApi}`);
}

/** What Entra has to grant. With the scope `mailbox` nothing that opens mailboxes. */
export function entraPermissions({ scope, app }: Wish): readonly string[] {
  return scope === 'mailbox' ? app.permissions.filter((value) => !opensMailboxes(value)) : app.permissions;
}

export interface RoleGap {
  readonly missing: readonly string[];
  /** Opens every mailbox where the app is meant for one. */
  readonly tooMuch: readonly string[];
}

/** Between the roles in a token of the app and what Entra has to grant; the case of a name does not matter. */
export function roleGap(roles: readonly string[], wish: Wish): RoleGap {
  const held = new Set(roles.map((role) => role.toLowerCase()));
  const missing = entraPermissions(wish).filter((permission) => !held.has(permission.toLowerCase()));
  return { missing, tooMuch: wish.scope === 'mailbox' ? roles.filter(opensMailboxes) : [] };
}

export function holdsAll(roles: readonly string[], wish: Wish): boolean {
  const { missing, tooMuch } = roleGap(roles, wish);
  return missing.length === 0 && tooMuch.length === 0;
}

/** What Exchange has to grant for the one mailbox: names of its roles. */
export function exchangeRoles({ app }: Wish): readonly string[] {
  return app.permissions.filter((value) => scopable.includes(value)).map((value) => `Application ${value}`);
}

/** Permissions that open mailboxes, but for which Exchange has no role. */
export function unscopable({ scope, app }: Wish): readonly string[] {
  if (scope === 'tenant') return [];
  return app.permissions.filter((value) => opensMailboxes(value) && !scopable.includes(value));
}

/** Whether the limit to the customer's mailbox was shown to hold, with the other mailbox that the customer names now. */
export function isScopeProved({ mail }: Pick<Customer, 'mail'>, { mailboxScope }: CustomerRecord): boolean {
  return (
    mailboxScope?.state === 'proved' &&
    mailboxScope.mailbox === mail.fromAddress &&
    (mail.otherMailbox === undefined || mailboxScope.otherMailbox === mail.otherMailbox)
  );
}
