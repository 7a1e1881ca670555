import { clouds } from '../../cloud/clouds.ts';
import type { Customer } from '../../customer/customer.ts';
import type { CustomerRecord } from '../../customer/record.ts';
import { endpointsOf } from '../../preferences/endpoints.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import type { Secret } from '../../secret.ts';
import type { ChangeOf } from '../change.ts';
import { type Existing, heldSecret } from '../existing.ts';
import { applicationOf } from '../made.ts';

/** The file is written for a new secret, and where it says something else than the customer file. */
export function planPreferences(
  customer: Customer,
  existing: Existing,
  now: number,
): readonly ChangeOf<'write-preferences'>[] {
  const { record, preferences, preferencesFile } = existing;
  const held = heldSecret(existing, now);
  const asWanted =
    held &&
    preferences &&
    sameValues(preferences, preferencesFor(customer, record, preferences.connection.clientSecret));
  return asWanted ? [] : [{ kind: 'write-preferences', file: preferencesFile }];
}

export function preferencesFor(
  customer: Customer,
  record: CustomerRecord,
  clientSecret: Secret,
): Preferences {
  return {
    version: 1,
    component: 'EXCH',
    connection: {
      tenantId: record.tenant.id,
      clientId: applicationOf(record).clientId,
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
