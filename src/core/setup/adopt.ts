import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { type Existing, heldSecret } from './existing.ts';
import { inOrder, tenantWideGrants, wantedPermissions } from './permissions.ts';
import { withWritten } from './written.ts';

/**
 * The record brought up to what the tenant shows: a lost or outdated record is mended by looking. `file` is the
 * preferences file as seen from the record's folder.
 */
export function adopted(customer: Customer, existing: Existing, file: string, now: number): CustomerRecord {
  const { record, snapshot } = existing;
  const { organization, application, servicePrincipal } = snapshot;
  const { application: _a, servicePrincipal: _s, secret: _c, consent, mailboxScope, ...rest } = record;
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
    ...(application && {
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
    ...(consent && granted.length < wanted.length && { consent }),
    ...(mailboxScope && customer.scope === 'mailbox' && { mailboxScope }),
    grants: inOrder([
      ...granted.map(({ value, appRoleId }) => ({ permission: value, appRoleId })),
      ...tenantWideGrants(customer, snapshot).map(({ permission, appRoleId }) => ({ permission, appRoleId })),
    ]),
  };
  const noted = !secret || record.preferences?.keyId === secret.keyId;
  return noted ? known : withWritten(known, file, now);
}
