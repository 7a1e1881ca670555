import { clouds } from '../../cloud/clouds.ts';
import type { Customer } from '../../customer/customer.ts';
import { endpointsOf } from '../../preferences/endpoints.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import type { Secret } from '../../secret.ts';
import type { ChangeOf } from '../change.ts';
import { type Existing, heldSecret } from '../existing.ts';

/** The file is written for a new secret, and where it says something else than the customer file. */
export function planPreferences(
  customer: Customer,
  existing: Existing,
  now: number,
): readonly ChangeOf<'write-preferences'>[] {
  const { snapshot, record, preferences, preferencesFile } = existing;
  const asWanted =
    snapshot.application &&
    preferences &&
    heldSecret(existing, now) &&
    sameValues(
      preferences,
      preferencesFor(
        customer,
        record.tenant.id,
        snapshot.application.clientId,
        preferences.connection.clientSecret,
      ),
    );
  return asWanted ? [] : [{ kind: 'write-preferences', file: preferencesFile }];
}

export function preferencesFor(
  customer: Customer,
  tenantId: string,
  clientId: string,
  clientSecret: Secret,
): Preferences {
  return {
    version: 1,
    component: 'EXCH',
    connection: {
      tenantId,
      clientId,
      fromName: customer.mail.fromName,
      fromEmailAddress: customer.mail.fromAddress,
      clientSecret,
    },
    apiEndpoints: endpointsOf(clouds[customer.cloud]),
  };
}

/** Secrets serialise alike, so this compares all but the secret. */
const sameValues = (one: Preferences, other: Preferences): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
