import { defaultPermissions } from '../customer/permissions.ts';
import type { CustomerRecord } from '../customer/record.ts';
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

  practice: say`PRACTICE: this is a rehearsal. Nothing named here exists at Microsoft.`,

  report: {
    title: 'T&A mail through Exchange Online',
    subtitle: (customer: string, date: Words) => say`Hand-over to ${customer}, written on ${date}`,
    works: (date: Words) => say`On ${date} a test mail was sent as T&A sends, and arrived.`,
    proved: (date: Words) =>
      say`On ${date} Microsoft Entra accepted the client secret, with all permissions. No test mail was seen to arrive yet.`,
    notProved: say`Not proved: nothing on record shows that the client secret works. Run the set-up again; it ends with the proof.`,
    noSecret: say`There is no client secret yet: the set-up did not come that far. Run it again; it ends with the proof.`,
    expired: (date: Words) =>
      say`The client secret expired on ${date}. T&A sends no mail until it is renewed.`,
    waits: (permissions: Words) =>
      say`Not granted yet: ${permissions}. A Global or Privileged Role Administrator must consent.`,
    asked: (date: Words) => say`The link for the consent was made on ${date}.`,
    scopeWaits: (mailbox: string) =>
      say`The limit to the mailbox ${mailbox} is not proved yet: the script for Exchange has to be run, and takes up to two hours to act.`,
  },

  created: {
    title: 'What was created',
    tenant: 'Tenant',
    tenantName: (name: string, domain: string) => say`${name} (${domain})`,
    tenantId: 'Tenant ID',
    cloud: 'Cloud',
    application: 'App registration',
    createdAt: 'Created',
    by: 'Admin signed in',
    clientId: 'Client ID',
    objectId: 'Object ID of the registration',
    principal: 'Object ID of the enterprise application',
    secret: 'Client secret',
    secretName: (name: string, hint: string) => say`${name}; its value begins with ${hint}`,
    keyId: 'Secret ID',
    sender: 'Sender',
    reach: 'Mailboxes that the app may use',
    everyMailbox: say`All of the tenant`,
    oneMailbox: (mailbox: string) => say`${mailbox} alone; Exchange keeps the limit`,
    oneMailboxProved: (mailbox: string, date: Words) =>
      say`${mailbox} alone; Exchange keeps the limit, proved on ${date}`,
    shut: (mailbox: string) => say`, with ${mailbox} seen closed to the app`,
  },

  permissions: {
    title: 'Permissions, each with its reason',
    lead: say`Application permissions of Microsoft Graph. They hold for the app alone, without anybody signed in.`,
    reason: (permission: string): Words =>
      defaultPermissions.find(({ value }) => value === permission)?.reason ??
      say`Requested in the customer file.`,
    granted: (permission: string, id: string, reason: Words) => say`${permission} (${id}): ${reason}`,
    inExchange: (permission: string, reason: Words) =>
      say`${permission}, by a role in Exchange for the one mailbox: ${reason}`,
    waiting: (permission: string, reason: Words) => say`${permission}, not granted yet: ${reason}`,
  },

  secret: {
    title: 'The client secret: where it is, when it ends, how to renew it',
    nowhere: say`It is not in this pack, and we know of no copy. Whoever entered it in T&A has it.`,
    noneYet: say`There is none yet: the set-up did not come that far. Run it again, then hand over again. The new report says where the client secret is, when it ends and how to renew it.`,
    byRecipient: (file: string) =>
      say`It is in this pack, encrypted: ${file}. The holder of the age key opens it with ${`age --decrypt -i KEYFILE ${file}`}.`,
    byPassphrase: (file: string) =>
      say`It is in this pack, encrypted: ${file}. Whoever knows the passphrase opens it with ${`age --decrypt ${file}`}.`,
    withSetUp: (admin: string | undefined) =>
      say`Whoever did the set-up${admin === undefined ? [] : say`, signed in as ${admin},`} has it. Ask for it in person or by phone, never by mail.`,
    inVault: (uri: string) => say`It is kept in the Azure Key Vault of the customer: ${uri}.`,
    ends: (date: Words, days: number) =>
      say`It expires on ${date}, ${days} days after this report. From then on T&A sends no mail, and nobody is told.`,
    endUnknown: say`When it expires is not on record; Entra shows it. From then on T&A sends no mail, and nobody is told.`,
    ended: (date: Words) => say`It expired on ${date}.`,
    renewal: say`To renew it, at any time before; the old one works until it ends, so no mail is lost:`,
    renew: (portal: string, clientId: string, keyId: string | undefined) => [
      say`Open ${portal} as an Application Administrator: App registrations, All applications, ${clientId}.`,
      say`Certificates & secrets, New client secret. Choose how long it shall last.`,
      say`Copy the Value at once; it is shown only now. The Secret ID beside it is something else.`,
      say`In T&A: System, Maintain system preferences, Email (on the web: System preferences, Email), tab Connection. Enter it as Client Secret.`,
      say`Press Test, and see that the mail arrives.`,
      say`Back in the portal delete the old one${keyId === undefined ? [] : say`, Secret ID ${keyId}`}, and note the new end in the calendar.`,
    ],
  },

  revoke: {
    title: 'How to revoke it in two minutes',
    steps: (portal: string, clientId: string) => [
      say`Open ${portal} as an Application Administrator: Enterprise applications, All applications, ${clientId}.`,
      say`Properties: set ${'Enabled for users to sign-in?'} to No, and save. The app gets no token any more.`,
      say`To end it for good: App registrations, ${clientId}, Delete. Or in a terminal: ${`az ad app delete --id ${clientId}`}.`,
    ],
    after: say`A token that was given out before stays good for up to 90 minutes. A deleted app can be restored for 30 days.`,
  },

  proof: {
    title: 'Proof that mail arrives',
    none: say`None on record.`,
    token: 'Token',
    tokenGiven: (at: Words, roles: Words) => say`Given on ${at}, with ${roles}`,
    sentAt: 'Test mail sent',
    code: 'Receipt code',
    messageId: 'Message ID',
    sentItems: 'In Sent Items',
    recipient: 'Recipient',
    outcome: (address: string, outcome: Words) => say`${address}: ${outcome}`,
    yes: say`Yes`,
    no: say`Not seen`,
    check: say`To check it yourself: search the mailbox for the receipt code, or trace the Message ID in the Exchange admin center, Mail flow, Message trace.`,
    outcomes: {
      inbox: say`found in the inbox`,
      junk: say`found in Junk Email`,
      bounced: say`came back undelivered`,
      'ask the recipient': say`outside the tenant, ask the recipient`,
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
    userMode: say`T&A's web preference "Sender address from" has a mode User. In it mails go out of the mailbox of the employee or supervisor. That works as long as the app may use every mailbox; find out which mode is on before that is narrowed.`,
    userModeNarrowed: say`T&A's web preference "Sender address from" must not be User: mails would go out of mailboxes of employees and supervisors, which are closed to the app.`,
    everyMailbox: (permissions: Words) =>
      say`${permissions} hold for every mailbox of the tenant. Exchange can narrow them to one or some (RBAC for Applications).`,
    silence: say`T&A does not say when the client secret has expired. The reminders in this pack do it beforehand.`,
    silenceAlone: say`T&A does not say when the client secret has expired. There are no reminders in this pack.`,
  },

  files: {
    title: 'What is in this pack',
    meaning: {
      'report.html': 'this report with its checklist, to read and to print',
      'entry-sheet.html': "T&A's form, to copy from; the client secret is left out",
      'reminders.ics': 'calendar entries before the client secret expires',
    } satisfies Record<PackFile, string>,
    label: 'names this folder, so that the next hand-over renews it',
    encrypted: "T&A's e-mail preferences with the client secret, encrypted",
    line: (file: string, meaning: Words) => say`${file}: ${meaning}`,
  },

  /** On the entry sheet, in the place of the client secret: after "left out;" or "none yet;". */
  sheet: {
    inPack: (file: string) => `it is in ${file}`,
    seeReport: 'the report says where it is',
    withSetUp: (admin: string | undefined) =>
      `ask whoever did the set-up${admin === undefined ? '' : `, signed in as ${admin}`}`,
    noneYet: 'the set-up makes one when it is run again',
    inFile: (file: string, hint: string) => `it begins with ${hint} and is in ${file}`,
    renewed: (date: string) =>
      `The client secret was renewed, and is the only field that changes. The new one expires on ${date}. Email goes on with the old one until you press Test with the new one.`,
  },

  /**
   * Classic Outlook opens a file of several entries as a calendar of its own, not as entries of the person's
   * (learn.microsoft.com/office/client-developer/outlook/pia/how-to-open-and-display-the-contents-of-an-icalendar-file,
   * github.com/markuspoerschke/iCal/issues/117), and reminds of what is in the person's calendar alone (Microsoft
   * Knowledge Base Q161033). Imported, every VALARM becomes a reminder (MS-STANOICAL V0059).
   */
  calendar: {
    lead: say`Two people or more import ${'reminders.ics'} into their own calendar. Opened by a double-click it becomes a calendar of its own in classic Outlook, and reminds nobody.`,
    ways: [
      say`Classic Outlook: File, Open & Export, Import/Export, Import an iCalendar (.ics) or vCalendar file. Pick the file, then press Import, not Open as New.`,
      say`New Outlook and Outlook on the web: Calendar, Add calendar, Upload from file. Pick the file and your own calendar, then press Import.`,
    ],
  },

  checklist: {
    title: 'Checklist',
    tenant: say`In T&A:`,
    enter: say`Enter the values of ${'entry-sheet.html'}, from top to bottom.`,
    enterSecret: say`Enter the client secret. This report says where it is.`,
    press: say`Press Test, and see that the mail arrives.`,
    mode: say`Note which mode "Sender address from" has: User or SMTP address.`,
    server: say`On the server where T&A runs, which sends the email:`,
    allow: (hosts: readonly string[], uploadHosts: readonly string[]) =>
      say`Allow HTTPS (port 443) to ${hosts}, and for attachments above 3 MB to ${uploadHosts}.`,
    proxy: say`If that server goes through a proxy, set the proxy up for the services of T&A too, and let it pass these hosts without inspection.`,
    userAgents: say`If Exchange limits programs by their user agent (Get-OrganizationConfig | Format-List Ews*), allow the one of T&A.`,
    there: say`Press Test there: only that proves the way from that server. If it fails, ${'npx --yes ./ta-exchange-setup-VERSION.tgz send FILE --to ADDRESS'} names the step that fails. It needs Node 20.12 or newer, the package that npm pack makes of the set-up tool, and the preferences file. Delete that file there afterwards, for it contains the secret.`,
    secret: say`So that mail does not stop:`,
    noSecret: say`There is no client secret yet. Have the set-up run again, and the customer handed over again; then go on here.`,
    calendar: say`At least two people import ${'reminders.ics'} into their own calendars, as this report says.`,
    bell: say`In each of these calendars open the first entry, and see that its reminder is set.`,
    remindersLater: say`Import the reminders of the new hand-over. This one has none, for no client secret exists that could expire.`,
    endsTooSoon: say`Renew the client secret now, as this report says; it ends too soon for reminders.`,
    endUnknown: say`Look up in Entra when the client secret expires, and note it in the calendar of at least two people; it is not on record.`,
    people: say`Name the two people who will renew the client secret. This report says how.`,
    owner: (clientId: string) =>
      say`In Entra make one of them owner of the app registration ${clientId}, so that no other role is needed.`,
    owners: (clientId: string) =>
      say`Name two people who will renew the client secret, and in Entra make one of them owner of the app registration ${clientId}.`,
    order: say`So that no traces are left:`,
    copies: say`Delete every copy of the client secret that nobody needs any more.`,
    signInConsent: say`If ${'Consent on behalf of your organization'} was ticked at the sign-in, remove that consent: Entra admin center, Enterprise applications, Microsoft Graph Command Line Tools, Permissions. Check first that no one else uses it.`,
    roles: say`Take back the roles and guest accounts that were given for the set-up.`,
    keep: say`File this report with the audit records. It contains no client secret.`,
  },

  reminders: {
    title: (customer: string, days: number) =>
      `T&A mail of ${customer} stops in ${days} days: renew the secret`,
    practiceTitle: (customer: string, days: number) =>
      `PRACTICE: T&A mail of ${customer} stops in ${days} days: renew the secret`,
    text: (date: string, clientId: string) =>
      `The client secret that T&A sends mail with expires on ${date}. From then on T&A sends no mail, and nobody is told.\n\nApp registration: ${clientId}\nHow to renew it: see report.html of the hand-over.`,
  },
};
export type Texts = typeof english;
