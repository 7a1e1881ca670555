import type { Customer } from '../customer/customer.ts';
import { withOutcomes } from '../customer/journal.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { tieNames } from '../tenant/ties.ts';
import { dayMs, dayOf } from '../words/moment.ts';
import { inTerminal, joined, say, type Words } from '../words/say.ts';
import type { Existing } from './existing.ts';
import type { Finding } from './finding.ts';
import { adminFindings } from './findings/admin.ts';
import { isOurUniqueName } from './keys.ts';
import { copyFindings, copyWords } from './removal-copies.ts';
import { withoutApplication } from './steps/delete-application.ts';
import { removalSteps } from './steps.ts';
import { strangersOn } from './strangers.ts';

type Removal = NonNullable<CustomerRecord['removal']>;

/** What speaks against a removal. Pure. */
export function removalFindings(customer: Customer, existing: Existing, now: number): Finding[] {
  return [
    ...otherCustomerFindings(customer, existing),
    applicationFinding(customer, existing, now),
    ...unseenFindings(existing),
    ...adminFindings(customer, existing, now),
    ...copyFindings(existing),
  ];
}

/** The name that is entered is that of the customer file; what goes is that of the record. One of the same tenant fits in all else. */
function otherCustomerFindings({ name }: Customer, { record }: Existing): Finding[] {
  if (plainName(record.customer) === plainName(name)) return [];
  return [
    {
      id: 'removal-other-customer',
      level: 'blocks',
      what: say`The record next to the customer file is of the customer "${record.customer}", not of "${name}".`,
      who: 'you',
      next: say`If this customer was renamed, give it the name "${record.customer}" again until it is removed. Otherwise the record was copied here: put the right one back.`,
    },
  ];
}

export const plainName = (name: string): string => name.normalize('NFC').trim();

/**
 * A record may have been sent along, so it alone makes no application ours: that has the name that only this tool gives, and
 * nothing on it by which anyone else works with it.
 */
function applicationFinding(customer: Customer, existing: Existing, now: number): Finding {
  const { application } = existing.snapshot;
  if (!application)
    return {
      id: 'removal-gone',
      level: 'note',
      what: say`The application of this customer is not in the tenant.`,
      who: 'you',
      next: say`Nothing is left to remove in Microsoft Entra.`,
    };
  const { clientId, displayName } = application;
  const name = say`The application "${displayName}" (client id ${clientId})`;
  if (!isOurUniqueName(application.uniqueName))
    return {
      id: 'removal-foreign',
      level: 'blocks',
      what: say`${name} was not registered by this tool.`,
      who: "the customer's admin",
      next: say`If no one needs it, delete it in the Entra admin center > App registrations > All applications.`,
    };
  const strangers = strangersOn(customer, existing, now);
  if (strangers.length > 0)
    return {
      id: 'removal-shared',
      level: 'blocks',
      what: say`${name} contains what this tool did not add: ${joined(strangers, '; ')}. Someone else may be using it.`,
      who: "the customer's admin",
      next: say`Ask about each of these. Remove what no one needs in the Entra admin center > App registrations > All applications (permissions that were granted: Enterprise applications > the application > Permissions). Then run this again.`,
    };
  return {
    id: 'removal-ours',
    level: 'good',
    what: say`${name} was registered by this tool, and no one else added anything to it.`,
  };
}

/** What cannot be seen is said, so that someone asks. */
function unseenFindings({ snapshot: { application, ties, delegatedGrants } }: Existing): Finding[] {
  if (!application || !ties) return [];
  const unread = [
    ...(['memberships', 'assigned', 'offered'] as const)
      .filter((tie) => !ties[tie])
      .map((tie) => tieNames[tie]),
    ...(delegatedGrants ? [] : [say`which delegated permissions it has`]),
  ];
  return [
    {
      id: 'removal-unseen',
      level: 'note',
      what: say`Not visible from here: roles of the application in Azure and Exchange, Conditional Access policies and access packages that name it${unread.length > 0 ? say`, ${unread}` : []}.`,
      who: "the customer's admin",
      next: say`If one of these may exist, ask before the removal.`,
    },
  ];
}

/** What is known of the application is kept before the first request leaves: by it everything is found again. */
export function withRemovalBegun(record: CustomerRecord, { snapshot }: Existing, at: number): CustomerRecord {
  const { application: seen } = snapshot;
  const { uniqueName } = seen ?? {};
  const found =
    seen && uniqueName !== undefined
      ? { ...record.application, ...pick(seen, uniqueName) }
      : record.application;
  if (!found) return record;
  const isBegun = record.removal?.application.clientId === found.clientId && !record.removal.finishedAt;
  const before = isBegun ? record.removal : undefined;
  const servicePrincipal = snapshot.servicePrincipal ?? record.servicePrincipal ?? before?.servicePrincipal;
  const removal: Removal = {
    startedAt: before?.startedAt ?? new Date(at).toISOString(),
    application: found,
    ...(servicePrincipal && { servicePrincipal: { objectId: servicePrincipal.objectId } }),
    ...(before?.exchangeScript !== undefined && { exchangeScript: before.exchangeScript }),
  };
  return { ...record, removal };
}

const pick = (
  { objectId, clientId, createdAt }: NonNullable<Existing['snapshot']['application']>,
  uniqueName: string,
): Removal['application'] => ({ uniqueName, objectId, clientId, createdAt });

/** The tenant has nothing of it any more, so what earlier runs set out to remove is removed. */
export function withRemovalFinished(record: CustomerRecord, at: number): CustomerRecord {
  const settled = withOutcomes(withoutApplication(record), at, ({ step }) =>
    removalSteps.some(({ kind }) => kind === step) ? 'done' : undefined,
  );
  const { removal } = settled;
  if (!removal || removal.finishedAt !== undefined) return settled;
  return { ...settled, removal: { ...removal, finishedAt: new Date(at).toISOString() } };
}

const restorableMs = 30 * dayMs;

/**
 * Until when Entra keeps the application, as far as the record tells: counted from the end of the removal, which is a moment later
 * than Entra counts it. `undefined` where it is deleted for good.
 */
export const restorableUntil = (
  { finishedAt, permanent }: Pick<Removal, 'finishedAt' | 'permanent'>,
  deletedAt = finishedAt,
): string | undefined =>
  deletedAt === undefined || permanent
    ? undefined
    : new Date(Date.parse(deletedAt) + restorableMs).toISOString();

/** `until` is an instant. */
export const howToRestore = (until: string | undefined): Words =>
  until === undefined
    ? say`The application cannot be restored. A new set-up registers another one.`
    : say`The application can be restored until ${dayOf(until)}: set up this customer again and choose to restore it${inTerminal` (in a terminal: onboard --deleted restore)`}.`;

/** How a removal has ended. */
export interface Remains {
  readonly record: CustomerRecord;
  /** ISO 8601; `undefined` where the application was deleted for good, or by someone else. */
  readonly restorableUntil: string | undefined;
  /** What is to be said of copies in a Key Vault besides: why one was not deleted, or not for good. */
  readonly copyNotes: readonly Words[];
  /** The names of what else has the client secret in it: the preferences before the last ones, and the encrypted ones. */
  readonly copies: readonly string[];
  /** The names of the other files of this customer, without a secret. */
  readonly papers: readonly string[];
}

/** What a removal leaves, and how it is undone, a sentence or two each. */
export function whatRemains({ record, restorableUntil: until, copyNotes, copies, papers }: Remains): Words[] {
  const { removal, preferences } = record;
  return [
    howToRestore(until),
    say`T&A still has its settings, but cannot send email with them. A token that it was given before may work for another hour.`,
    ...(preferences ? [filesWords(preferences.file, until)] : []),
    ...copies.map((file) => filesWords(file, until)),
    ...(removal?.exchangeScript === undefined
      ? []
      : [
          say`The role assignments of Exchange stay until an Exchange administrator runs ${removal.exchangeScript} in PowerShell.`,
        ]),
    ...copyWords(record),
    ...copyNotes,
    say`Reminders that were imported into a calendar stay there. Delete them.`,
    until === undefined
      ? say`The customer file and the record stay.`
      : say`The customer file and the record stay, so a later set-up can find the application again.`,
    ...(papers.length > 0 ? [say`These files stay too, without a client secret: ${papers}.`] : []),
    say`What was exported, handed over or saved elsewhere stays where it is. Delete what has the client secret in it.`,
    say`If you use VS Code: it keeps the customer in its list, what was typed and, unless you deleted it, a copy of the client secret. Forget Customer deletes these. Its log has no secret in it.`,
    ...(record.kind === 'practice' ? [say`The practice tenant stays as it is.`] : []),
  ];
}

const filesWords = (file: string, until: string | undefined): Words =>
  until === undefined
    ? say`The preferences file ${file} stays. Its client secret never works again.`
    : say`The preferences file ${file} stays. Its client secret works again if the application is restored.`;

/** One sentence on what a removal that stopped has left, as the record tells. */
export function whatIsLeft({ application, servicePrincipal, grants }: CustomerRecord): Words {
  if (!application) return say`The application is deleted. Run it again to finish.`;
  const parts = [
    say`the application (client id ${application.clientId})`,
    ...(servicePrincipal ? [say`its service principal`] : []),
    ...(grants.length > 0 ? [say`${grants.length} granted permissions`] : []),
  ];
  return say`Still in the tenant, as far as known: ${parts}. Run it again to continue.`;
}
