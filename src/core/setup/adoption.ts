import { isDeepStrictEqual } from 'node:util';
import { type Cloud, clouds } from '../cloud/clouds.ts';
import { Customer } from '../customer/customer.ts';
import { withDone } from '../customer/journal.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { opensMailboxes } from '../customer/scope.ts';
import { parseShape } from '../files/read-json.ts';
import { cloudOf, endpointNotes } from '../preferences/endpoints.ts';
import type { PastedPreferences } from '../preferences/preferences.ts';
import { inTerminal, say, type Words } from '../words/say.ts';
import { adoptFailures } from './adoption-failures.ts';
import type { Existing } from './existing.ts';
import type { Finding } from './finding.ts';
import { applicationFindings } from './findings/application.ts';
import { secretFindings } from './findings/secret.ts';
import { surplusFindings } from './findings/surplus.ts';
import { newOperation } from './keys.ts';
import type { Plan } from './plan.ts';
import { reconcileRecord } from './reconcile-record.ts';

/** The cloud of preferences. Throws a Failure where their endpoints are not all of one, or of another than the customer's. */
export function cloudOfAll({ apiEndpoints }: PastedPreferences, customer: Customer | undefined): Cloud {
  const isKnown = customer === undefined && Object.keys(apiEndpoints).length === 0;
  if (isKnown) throw adoptFailures.cloudUnknown();
  return cloudOf(apiEndpoints, customer && clouds[customer.cloud]);
}

/** Where the record names an application of which no secret is here. */
export const howToGiveSecret = (clientId: string): Words =>
  say`If you have the client secret that T&A uses, adopt the registration again with T&A's preferences${inTerminal` (adopt --preferences FILE)`}. Otherwise set up this customer and confirm the application${inTerminal` (onboard --adopt ${clientId})`}: that adds a second secret, which you enter in T&A.`;

/** A customer as T&A's preferences tell it; what they do not tell has its default. Throws a Failure. */
export function customerFrom(
  { connection }: PastedPreferences,
  { name: cloud }: Cloud,
  name: string | undefined,
): Customer {
  const { tenantId, fromName, fromEmailAddress = '' } = connection;
  const domain = fromEmailAddress.slice(fromEmailAddress.lastIndexOf('@') + 1);
  const mail = { fromName, fromAddress: fromEmailAddress };
  const draft = { version: 1, name: name ?? domain, cloud, tenant: tenantId, mail };
  return parseShape(draft, Customer, say`The preferences`);
}

/** The same, once the registration was seen: a set-up is not to rename it, nor to widen what Exchange narrows. */
export function customerAsSeen(
  customer: Customer,
  { snapshot, trial }: Existing,
  mailboxOpens: boolean,
): Customer {
  const displayName = snapshot.application?.displayName ?? customer.app.displayName;
  const roles = trial?.kind === 'given' ? trial.roles : undefined;
  const isScoped = mailboxOpens && roles !== undefined && !roles.some(opensMailboxes);
  const seen = {
    ...customer,
    scope: isScoped ? 'mailbox' : customer.scope,
    app: { ...customer.app, displayName },
  };
  // A name that no customer file may have is left to be changed.
  return Customer.safeParse(seen).data ?? customer;
}

/** What is on the application, how its secret is, and which endpoints of T&A are spelt otherwise than here. Pure. */
export function adoptionFindings(
  customer: Customer,
  existing: Existing,
  { found, now }: { readonly found: PastedPreferences | undefined; readonly now: number },
): Finding[] {
  const notes = found ? endpointNotes(found.apiEndpoints) : [];
  return [
    ...[applicationFindings, secretFindings, surplusFindings]
      .flatMap((findings) => findings(customer, existing, now))
      .map((finding) => (finding.id === 'secret-refused' ? refused(existing) : finding)),
    ...notes.map((what): Finding => ({ id: 'endpoint-spelling', level: 'note', what })),
  ];
}

/** What T&A works with is not that: it was not copied in full, or has expired. A file with it would pass for T&A's preferences. */
function refused({ trial, preferences }: Existing): Finding {
  const { code, said } = trial?.kind === 'refused' ? trial : { code: '', said: '' };
  const hint = preferences?.connection.clientSecret.hint ?? '';
  return {
    id: 'secret-refused',
    level: 'note',
    what: say`The client secret of T&A's preferences (begins with ${hint}) is not written: Microsoft Entra refuses it (${code}): ${said}`,
    who: 'you',
    next: say`If T&A sends email, copy the client secret of its Connection tab once more and adopt the registration again. If it does not, set up this customer: that adds a new secret, which you enter in T&A.`,
  };
}

interface Seen {
  readonly existing: Existing;
  readonly plan: Plan;
  /** The preferences file as seen from the record's folder. */
  readonly file: string;
  readonly now: number;
}

/** The record of an application that works already, whoever registered it. */
export function adoptedRecord(customer: Customer, seen: Seen): CustomerRecord {
  const { existing, now } = seen;
  const { application, servicePrincipal } = existing.snapshot;
  const before = existing.record;
  if (!application) return before;
  const { uniqueName, objectId, clientId, createdAt } = application;
  const record = {
    ...reconcileRecord(customer, seen),
    application: { ...(uniqueName !== undefined && { uniqueName }), objectId, clientId, createdAt },
    ...(servicePrincipal && { servicePrincipal: { objectId: servicePrincipal.objectId } }),
  };
  const { trial } = existing;
  const keyId = record.secret?.keyId;
  const proof = trial?.kind === 'given' && keyId !== undefined && { keyId, roles: [...trial.roles] };
  const proved = { ...record, ...(proof && { proof: { at: new Date(now).toISOString(), ...proof } }) };
  const isKnown = isDeepStrictEqual({ ...proved, proof: 0 }, { ...before, proof: 0 });
  return isKnown ? before : withDone(proved, { at: now, operation: newOperation(), step: 'adopt' });
}
