import type { Customer } from '../customer/customer.ts';
import { withOutcomes } from '../customer/journal.ts';
import type { CustomerRecord, JournalEntry } from '../customer/record.ts';
import { type Existing, heldSecret } from './existing.ts';
import { recordPreferences } from './keep-secret.ts';
import { inOrder, tenantWideGrants, wantedPermissions } from './permissions.ts';
import type { Plan } from './plan.ts';
import { withLostSecrets } from './renewal.ts';
import { findStep } from './steps.ts';

interface Seen {
  readonly existing: Existing;
  /** What is still to be done. */
  readonly plan: Plan;
  /** The preferences file as seen from the record's folder. */
  readonly file: string;
  readonly now: number;
}

/**
 * The record brought up to what the tenant shows: a lost or outdated record is mended by looking, and what an interrupted
 * run set out to do gets its outcome.
 */
export function reconcileRecord(customer: Customer, { existing, plan, file, now }: Seen): CustomerRecord {
  const { record, snapshot } = existing;
  const { organization, application, servicePrincipal } = snapshot;
  const {
    application: _a,
    servicePrincipal: _s,
    secret: _c,
    consent,
    mailboxScope,
    removal,
    ...rest
  } = withLostSecrets(existing, now);
  const secret = heldSecret(existing, now);
  const wanted = wantedPermissions(customer, snapshot.graph);
  const granted = wanted.filter(({ appRoleId }) =>
    snapshot.grants.some((grant) => grant.appRoleId === appRoleId),
  );
  const known = {
    ...rest,
    ...(organization && {
      tenant: { ...record.tenant, displayName: organization.displayName, domain: organization.defaultDomain },
    }),
    ...(application?.uniqueName !== undefined && {
      application: {
        uniqueName: application.uniqueName,
        objectId: application.objectId,
        clientId: application.clientId,
        createdAt: application.createdAt,
      },
    }),
    ...(servicePrincipal && { servicePrincipal: { objectId: servicePrincipal.objectId } }),
    ...(secret && {
      secret: {
        keyId: secret.keyId,
        hint: secret.hint,
        displayName: secret.displayName,
        expiresAt: secret.expiresAt,
      },
    }),
    // By it a deleted application is found again, until there is one.
    ...(removal && !application && { removal }),
    ...(consent && granted.length < wanted.length && { consent }),
    ...(mailboxScope && customer.scope === 'mailbox' && { mailboxScope }),
    grants: inOrder([
      ...granted.map(({ value, appRoleId }) => ({ permission: value, appRoleId })),
      ...tenantWideGrants(customer, snapshot).map(({ permission, appRoleId }) => ({ permission, appRoleId })),
    ]),
  };
  const noted = !secret || record.preferences?.keyId === secret.keyId;
  return withOutcomes(noted ? known : recordPreferences(known, file, now), now, (intent) =>
    outcomeOf(intent, existing, plan, now),
  );
}

/**
 * A change that is not to be made any more was made. What a plan says nothing of, such as a mail or the escrow, gets its
 * outcome elsewhere.
 */
function outcomeOf(
  { step: kind, operation }: JournalEntry,
  existing: Existing,
  { changes }: Plan,
  now: number,
): 'done' | 'failed' | undefined {
  const step = findStep(kind);
  if (!step) return undefined;
  if (step.outcomeOf) return step.outcomeOf(operation, existing, now);
  return changes.some((change) => change.kind === kind) ? undefined : 'done';
}
