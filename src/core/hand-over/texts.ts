import { defaultPermissions } from '../customer/permissions.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { rehearsal } from '../words/faces.ts';
import { daysOf } from '../words/moment.ts';
import { say, type Words } from '../words/say.ts';

type Outcome = NonNullable<CustomerRecord['verification']>['recipients'][number]['outcome'];

/** The files of a pack. */
export type PackFile = 'report.html' | 'entry-sheet.html' | 'reminders.ics';

/**
 * Every text of the pack but T&A's own words on the entry sheet. Another language is another table of this type. Dates
 * come as `2027-05-23`, instants as `2026-11-24 10:00 UTC`.
 */
export const english = {
  language: 'en',

  practice: rehearsal,

  report: {
    title: 'T&A email through Exchange Online',
    subtitle: (customer: string, date: Words) => say`Hand-over to ${customer}, written on ${date}`,
    works: (date: Words) => say`On ${date} a test email was sent as T&A sends it, and it arrived.`,
    proved: (date: Words) =>
      say`On ${date} Microsoft Entra accepted the client secret, with all permissions. No test email has been seen to arrive yet.`,
    notProved: say`Not proved: the record does not show that the client secret works. Run the set-up again; it ends with the proof.`,
    noSecret: say`There is no client secret yet: the set-up stopped before that. Run it again; it ends with the proof.`,
    expired: (date: Words) =>
      say`The client secret expired on ${date}. T&A cannot send email until it is renewed.`,
    waits: (permissions: Words) =>
      say`Not granted yet: ${permissions}. A Global or Privileged Role Administrator has to consent.`,
    asked: (date: Words) => say`The consent link was created on ${date}.`,
    scopeWaits: (mailbox: string) =>
      say`The limit to the mailbox ${mailbox} is not proved yet. Run the script for Exchange; it can take up to two hours to take effect.`,
  },

  created: {
    title: 'What was created',
    tenant: 'Tenant',
    tenantName: (name: string, domain: string) => say`${name} (${domain})`,
    tenantId: 'Tenant ID',
    cloud: 'Cloud',
    application: 'App registration',
    createdAt: 'Created',
    by: 'Administrator signed in',
    clientId: 'Client ID',
    objectId: 'Object ID of the registration',
    principal: 'Object ID of the enterprise application',
    secret: 'Client secret',
    secretName: (name: string, hint: string) => say`${name}; its value begins with ${hint}`,
    keyId: 'Secret ID',
    sender: 'Sender',
    reach: 'Mailboxes that the app can use',
    everyMailbox: say`All mailboxes of the tenant`,
    oneMailbox: (mailbox: string) => say`${mailbox} only; Exchange enforces the limit`,
    oneMailboxProved: (mailbox: string, date: Words) =>
      say`${mailbox} only; Exchange enforces the limit, proved on ${date}`,
    shut: (mailbox: string) => say`; the app was refused by ${mailbox}`,
  },

  permissions: {
    title: 'Permissions, each with its reason',
    lead: say`Application permissions of Microsoft Graph. They belong to the app itself: it uses them without a signed-in user.`,
    reason: (permission: string): Words =>
      defaultPermissions.find(({ value }) => value === permission)?.reason ??
      say`Requested in the customer file.`,
    granted: (permission: string, id: string, reason: Words) => say`${permission} (${id}): ${reason}`,
    inExchange: (permission: string, reason: Words) =>
      say`${permission}, through a role in Exchange for this one mailbox: ${reason}`,
    waiting: (permission: string, reason: Words) => say`${permission}, not granted yet: ${reason}`,
  },

  secret: {
    title: 'The client secret: where it is, when it expires, how to renew it',
    nowhere: say`It is not in this pack, and no copy is known. The person who entered it in T&A has it.`,
    noneYet: say`There is none yet: the set-up stopped before that. Run it again, then hand over again. The new report says where the client secret is, when it expires and how to renew it.`,
    byRecipient: (file: string) =>
      say`It is in this pack, encrypted: ${file}. The owner of the age key can open it with ${`age --decrypt -i KEYFILE ${file}`}.`,
    byPassphrase: (file: string) =>
      say`It is in this pack, encrypted: ${file}. Anyone who knows the passphrase can open it with ${`age --decrypt ${file}`}.`,
    withSetUp: (admin: string | undefined) =>
      say`The person who did the set-up${admin === undefined ? [] : say`, signed in as ${admin},`} has it. Ask for it in person or by phone, never by email.`,
    inVault: (uri: string) => say`It is in the customer's Azure Key Vault: ${uri}.`,
    otherCopy: (uri: string) =>
      say`Another copy, of this client secret or an earlier one, may be in a Key Vault of the customer: ${uri}. If no one needs it, delete it.`,
    ends: (date: Words, days: number) =>
      say`It expires on ${date}, ${daysOf(days)} after this report. After that T&A cannot send email, and gives no warning.`,
    endUnknown: say`The record does not say when it expires; Entra shows it. After that T&A cannot send email, and gives no warning.`,
    ended: (date: Words) => say`It expired on ${date}.`,
    renewal: say`Renew it before it expires. The old one works until then, so no email is lost:`,
    renew: (portal: string, clientId: string, keyId: string | undefined) => [
      say`Open ${portal} as an Application Administrator: App registrations, All applications, ${clientId}.`,
      say`Certificates & secrets, New client secret. Choose when it expires.`,
      say`Copy the Value immediately; Entra shows it only once. The Secret ID next to it is not the secret.`,
      say`In T&A: System, Maintain system preferences, Email (on the web: System preferences, Email), tab Connection. Enter it as Client Secret.`,
      say`Press Test, and check that the email arrives.`,
      say`In the portal, delete the old one${keyId === undefined ? [] : say`, Secret ID ${keyId}`}, and put the new expiry date in the calendar.`,
    ],
  },

  revoke: {
    title: 'How to revoke access in two minutes',
    steps: (portal: string, clientId: string) => [
      say`Open ${portal} as an Application Administrator: Enterprise applications, All applications, ${clientId}.`,
      say`Properties: set ${'Enabled for users to sign-in?'} to No, and save. The app can no longer get a token.`,
      say`To revoke it permanently: App registrations, ${clientId}, Delete. Or in a terminal: ${`az ad app delete --id ${clientId}`}.`,
    ],
    after: say`A token that was issued before stays valid for up to 90 minutes. A deleted app can be restored within 30 days.`,
  },

  proof: {
    title: 'Proof that email arrives',
    none: say`No proof is recorded.`,
    token: 'Token check',
    tokenGiven: (at: Words, roles: Words) => say`Passed on ${at}, with ${roles}`,
    sentAt: 'Test email sent',
    code: 'Receipt code',
    messageId: 'Message ID',
    sentItems: 'In Sent Items',
    recipient: 'Recipient',
    outcome: (address: string, outcome: Words) => say`${address}: ${outcome}`,
    yes: say`Yes`,
    no: say`Not seen`,
    check: say`To check it yourself, search the mailbox for the receipt code, or trace the Message ID in the Exchange admin center, Mail flow, Message trace.`,
    outcomes: {
      inbox: say`found in the inbox`,
      junk: say`found in Junk Email`,
      bounced: say`came back undelivered`,
      'ask the recipient': say`outside the tenant; ask the recipient`,
      'not seen': say`not seen`,
      'confirmed by recipient': say`confirmed by the recipient`,
    } satisfies Record<Outcome, Words>,
  },

  limits: {
    title: 'Known limits',
    fromName: (fromName: string, address: string) =>
      say`Recipients see the display name of the mailbox ${address}, not T&A's From name ${fromName}. Exchange Online decides that.`,
    mailboxName: (address: string) =>
      say`Recipients see the display name of the mailbox ${address}. Exchange Online decides that.`,
    userMode: say`T&A's web preference "Sender address from" can be User. T&A then sends from the mailbox of the employee or supervisor. That works only while the app can use every mailbox: check the setting before you limit the app.`,
    userModeNarrowed: say`T&A's web preference "Sender address from" must not be User: T&A would send from the mailboxes of employees and supervisors, which the app cannot use.`,
    everyMailbox: (permissions: Words) =>
      say`${permissions} apply to every mailbox of the tenant. Exchange can limit them to one or some (RBAC for Applications).`,
    silence: say`T&A gives no warning when the client secret has expired. The reminders in this pack warn you in time.`,
    silenceAlone: say`T&A gives no warning when the client secret has expired. This pack contains no reminders.`,
  },

  files: {
    title: 'What this pack contains',
    meaning: {
      'report.html': 'this report with its checklist, to read and print',
      'entry-sheet.html': 'the values to enter in T&A, without the client secret',
      'reminders.ics': 'calendar entries before the client secret expires',
    } satisfies Record<PackFile, string>,
    label: 'marks this folder, so that the next hand-over can replace it',
    encrypted: "T&A's email preferences with the client secret, encrypted",
    line: (file: string, meaning: Words) => say`${file}: ${meaning}`,
  },

  /** On the entry sheet, in the place of the client secret: after "left out;" or "none yet;". */
  sheet: {
    inPack: (file: string) => `it is in ${file}`,
    seeReport: 'the report says where it is',
    withSetUp: (admin: string | undefined) =>
      `ask the person who did the set-up${admin === undefined ? '' : `, signed in as ${admin}`}`,
    noneYet: 'run the set-up again to create one',
    inFile: (file: string, hint: string) => `it is in ${file} and begins with ${hint}`,
    renewed: (date: string) =>
      `The client secret was renewed; it is the only field that changes. The new one expires on ${date}. T&A continues with the old one until you enter the new one and press Test.`,
  },

  /**
   * Classic Outlook opens a file of several entries as a calendar of its own, not as entries of the person's
   * (learn.microsoft.com/office/client-developer/outlook/pia/how-to-open-and-display-the-contents-of-an-icalendar-file,
   * github.com/markuspoerschke/iCal/issues/117), and reminds of what is in the person's calendar alone (Microsoft
   * Knowledge Base Q161033). Imported, every VALARM becomes a reminder (MS-STANOICAL V0059).
   */
  calendar: {
    lead: say`At least two people should import ${'reminders.ics'} into their own calendars. Do not open it with a double-click: classic Outlook would add a separate calendar, which reminds no one.`,
    ways: [
      say`Classic Outlook: File, Open & Export, Import/Export, Import an iCalendar (.ics) or vCalendar file. Select the file, then choose Import, not Open as New.`,
      say`New Outlook and Outlook on the web: Calendar, Add calendar, Upload from file. Select the file and your own calendar, then choose Import.`,
    ],
  },

  checklist: {
    title: 'Checklist',
    tenant: say`In T&A:`,
    enter: say`Enter the values of ${'entry-sheet.html'}, from top to bottom.`,
    enterSecret: say`Enter the client secret. This report says where it is.`,
    press: say`Press Test, and check that the email arrives.`,
    mode: say`Note the value of "Sender address from": User or SMTP address.`,
    server: say`On the server where T&A runs, which sends the email:`,
    allow: (hosts: readonly string[], uploadHosts: readonly string[]) =>
      say`Allow HTTPS (port 443) to ${hosts}, and for attachments above 3 MB to ${uploadHosts}.`,
    proxy: say`If that server uses a proxy, set it for T&A's services too, and exclude these hosts from inspection.`,
    userAgents: say`If Exchange limits programs by their user agent (Get-OrganizationConfig | Format-List Ews*), allow T&A's.`,
    there: say`Press Test there: only that proves the connection from that server. If it fails, ${'npx --yes --package ./ta-exchange-VERSION.tgz ta-exchange send FILE --to ADDRESS'} names the step that fails. It needs Node 20.12 or newer, and in a new folder the file ${'ta-exchange-VERSION.tgz'} from a release of the set-up tool (${'npm pack ./dist'} makes it in a clone), and the preferences file. Delete the preferences file there afterwards, because it contains the secret.`,
    secret: say`So that email does not stop:`,
    noSecret: say`There is no client secret yet. Run the set-up again and hand over again; then continue here.`,
    calendar: say`Have at least two people import ${'reminders.ics'} into their own calendars, as this report describes.`,
    bell: say`In each of these calendars, open the first entry and check that its reminder is set.`,
    remindersLater: say`Import the reminders of the next hand-over. This one has none, because there is no client secret yet.`,
    endsTooSoon: say`Renew the client secret now, as this report describes; it expires too soon for reminders.`,
    endUnknown: say`The record does not say when the client secret expires. Look it up in Entra, and put the date in the calendars of at least two people.`,
    people: say`Name the two people who will renew the client secret. This report says how.`,
    owner: (clientId: string) =>
      say`In Entra, make one of them an owner of the app registration ${clientId}, so that they need no other role.`,
    owners: (clientId: string) =>
      say`Name two people who will renew the client secret, and in Entra make one of them an owner of the app registration ${clientId}.`,
    order: say`To leave no traces:`,
    copies: say`Delete every copy of the client secret that no one needs.`,
    signInConsent: say`If ${'Consent on behalf of your organization'} was selected at the sign-in, remove that consent: Entra admin center, Enterprise applications, Microsoft Graph Command Line Tools, Permissions. Check first that no one else uses it.`,
    roles: say`Remove the roles and guest accounts that were assigned for the set-up.`,
    keep: say`File this report with the audit records. It contains no client secret.`,
  },

  reminders: {
    title: (customer: string, days: number) =>
      `T&A email of ${customer} stops in ${daysOf(days)}: renew the secret`,
    practiceTitle: (customer: string, days: number) =>
      `PRACTICE: T&A email of ${customer} stops in ${daysOf(days)}: renew the secret`,
    text: (date: string, clientId: string) =>
      `The client secret that T&A sends email with expires on ${date}. After that T&A cannot send email, and gives no warning.\n\nApp registration: ${clientId}\nHow to renew it: see report.html of the hand-over.`,
  },
};
export type Texts = typeof english;
