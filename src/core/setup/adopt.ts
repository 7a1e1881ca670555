import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { type Existing, heldSecret } from './existing.ts';
import { wantedPermissions } from './permissions.ts';
import { replicationWindowMs } from './replication.ts';
import { withWritten } from './written.ts';

/**
 * The record brought up to what the tenant shows: a lost or outdated record is mended by looking. `file` is the
 * preferences file as seen from the record's folder.
 */
export function adopted(customer: Customer, existing: Existing, file: string, now: number): CustomerRecord {
  const { record, snapshot } = existing;
  const { organization, servicePrincipal } = snapshot;
  const application = snapshot.application ?? justMade(record, now);
  const { application: _a, servicePrincipal: _s, secret: _c, ...rest } = record;
  const secret = heldSecret(existing, now);
  const granted = wantedPermissions(customer, snapshot.graph).filter(({ appRoleId }) =>
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
    grants: granted.map(({ value, appRoleId }) => ({ permission: value, appRoleId })),
  };
  const noted = !secret || record.preferences?.keyId === secret.keyId;
  return noted ? known : withWritten(known, file, now);
}

/** Kept for its unique name: a new application that cannot be read yet is not gone. */
function justMade({ application }: CustomerRecord, now: number): CustomerRecord['application'] {
  const isNew = application && now - Date.parse(application.createdAt) < replicationWindowMs;
  return isNew ? application : undefined;
}
