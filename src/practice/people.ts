import { graphTime } from './clock.ts';
import { type EntraRole, entraRoles } from './directory-roles.ts';
import type { Json, Mailbox, Person, PersonKind, State } from './state.ts';

export interface PersonSeed {
  /** Before the @ of the userPrincipalName. */
  readonly name: string;
  readonly displayName: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly jobTitle?: string;
  readonly role?: EntraRole;
  readonly kind?: PersonKind;
  /** The whole userPrincipalName, where it is not `name@contoso.com`. */
  readonly userPrincipalName?: string;
  readonly mail?: string | null;
  readonly aliases?: readonly string[];
  /** An Exchange Online licence. */
  readonly licensed: boolean;
  readonly mailbox: boolean;
}

export const senderAddress = 'ta@contoso.com';

/** The mailbox that T&A sends from. Its directory name differs from any "From name", as it does with most customers. */
export const sender: PersonSeed = {
  name: 'ta',
  displayName: 'Time Recording (Contoso)',
  kind: 'shared mailbox',
  aliases: ['time@contoso.com'],
  licensed: false,
  mailbox: true,
};

const member = { licensed: true, mailbox: true } as const;

export const peopleOfContoso: readonly PersonSeed[] = [
  {
    ...member,
    name: 'grace',
    displayName: 'Grace Admin',
    givenName: 'Grace',
    surname: 'Admin',
    role: 'Global Administrator',
  },
  { ...member, name: 'petra', displayName: 'Petra Privilege', role: 'Privileged Role Administrator' },
  { ...member, name: 'anton', displayName: 'Anton Apps', role: 'Application Administrator' },
  { ...member, name: 'clara', displayName: 'Clara Cloud', role: 'Cloud Application Administrator' },
  { ...member, name: 'rita', displayName: 'Rita Reader', role: 'Global Reader' },
  { ...member, name: 'uwe', displayName: 'Uwe User', jobTitle: 'Accountant' },
  {
    ...member,
    name: 'robin',
    displayName: 'Robin Recipient',
    givenName: 'Robin',
    surname: 'Recipient',
    jobTitle: 'Supervisor',
  },
  { ...member, name: 'payroll', displayName: 'Payroll Office' },
  sender,
  { name: 'nils', displayName: 'Nils Nolicence', licensed: false, mailbox: false },
  {
    name: 'all-staff',
    displayName: 'All Staff',
    kind: 'distribution list',
    licensed: false,
    mailbox: false,
  },
  {
    name: 'gina',
    displayName: 'Gina Guest',
    kind: 'guest',
    userPrincipalName: 'gina_fabrikam.com#EXT#@contoso.onmicrosoft.com',
    mail: 'gina@fabrikam.com',
    licensed: false,
    mailbox: false,
  },
  {
    ...member,
    name: 'olga',
    displayName: 'Olga Onmicrosoft',
    userPrincipalName: 'olga@contoso.onmicrosoft.com',
    mail: 'olga@contoso.com',
  },
];

/** Puts a person, and the mailbox if there is one, into the tenant. */
export function addPerson(state: State, seed: PersonSeed): Person {
  const id = state.ids.guid();
  const userPrincipalName = seed.userPrincipalName ?? `${seed.name}@${state.organization.defaultDomain}`;
  const mail = mailOf(seed, userPrincipalName);
  const person: Person = {
    id,
    userPrincipalName,
    displayName: seed.displayName,
    mail,
    kind: seed.kind ?? 'member',
    roles: seed.role ? [entraRoles[seed.role]] : [],
    graph: graphUser(seed, { id, userPrincipalName, mail, at: state.clock.now() }),
  };
  state.people.push(person);
  if (seed.mailbox) addMailbox(state, person, seed.aliases);
  return person;
}

/** Gives a person a mailbox (35 MB per message, Exchange Online's default). */
export function addMailbox(state: State, person: Person, aliases: readonly string[] = []): Mailbox {
  const mailbox: Mailbox = {
    ownerId: person.id,
    addresses: [person.mail ?? person.userPrincipalName, ...aliases].map((address) => address.toLowerCase()),
    displayName: person.displayName,
    language: 'en',
    sendLimit: 35 * 1024 * 1024,
    mails: [],
  };
  state.mailboxes.push(mailbox);
  return mailbox;
}

/** By userPrincipalName, whatever its case. */
export function findPerson(state: State, userPrincipalName: string): Person | undefined {
  const wanted = userPrincipalName.toLowerCase();
  return state.people.find((person) => person.userPrincipalName.toLowerCase() === wanted);
}

export function mailboxOf(state: State, userPrincipalName: string): Mailbox | undefined {
  const owner = findPerson(state, userPrincipalName);
  return state.mailboxes.find(({ ownerId }) => ownerId === owner?.id);
}

function mailOf(seed: PersonSeed, userPrincipalName: string): string | null {
  if (seed.mail !== undefined) return seed.mail;
  return seed.mailbox || seed.kind === 'distribution list' ? userPrincipalName : null;
}

function graphUser(
  seed: PersonSeed,
  known: { id: string; userPrincipalName: string; mail: string | null; at: number },
): Json {
  const aliases = (seed.aliases ?? []).map((alias) => `smtp:${alias}`);
  return {
    id: known.id,
    displayName: seed.displayName,
    givenName: seed.givenName ?? null,
    surname: seed.surname ?? null,
    mail: known.mail,
    userPrincipalName: known.userPrincipalName,
    userType: seed.kind === 'guest' ? 'Guest' : 'Member',
    // A shared mailbox's account may not sign in: learn.microsoft.com/microsoft-365/admin/email/about-shared-mailboxes
    accountEnabled: seed.kind !== 'shared mailbox',
    proxyAddresses: known.mail ? [`SMTP:${known.mail}`, ...aliases] : [],
    assignedLicenses: seed.licensed ? [exchangeLicence] : [],
    assignedPlans: seed.licensed ? [{ ...exchangePlan, assignedDateTime: graphTime(known.at) }] : [],
    jobTitle: seed.jobTitle ?? null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    businessPhones: [],
  };
}

/** Microsoft 365 Business Basic and its Exchange plan: learn.microsoft.com/entra/identity/users/licensing-service-plan-reference */
const exchangeLicence = { skuId: '3b555118-da6a-4418-894f-7df1e2096870', disabledPlans: [] };
const exchangePlan = {
  service: 'exchange',
  servicePlanId: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
  capabilityStatus: 'Enabled',
};

/** Who approves by themself; else everyone who has a role, since any of them may be picked on the login page. */
export function demoteTo(state: State, roles: readonly EntraRole[]): void {
  const approver = state.approveAs === undefined ? undefined : findPerson(state, state.approveAs);
  const affected = approver ? [approver] : state.people.filter((person) => person.roles.length > 0);
  for (const person of affected) person.roles = roles.map((role) => entraRoles[role]);
}

export function removePerson(state: State, person: Person | undefined): void {
  removeMailbox(state, person);
  remove(state.people, (one) => one === person);
}

export function removeMailbox(state: State, owner: Person | undefined): void {
  remove(state.mailboxes, ({ ownerId }) => ownerId === owner?.id);
}

function remove<T>(list: T[], which: (entry: T) => boolean): void {
  const at = list.findIndex(which);
  if (at >= 0) list.splice(at, 1);
}
