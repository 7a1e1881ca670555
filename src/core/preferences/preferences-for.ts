import { clouds } from '../cloud/clouds.ts';
import type { Customer } from '../customer/customer.ts';
import type { Secret } from '../secret.ts';
import { endpointsOf } from './endpoints.ts';
import type { Preferences } from './preferences.ts';

/** What T&A needs to know for this customer. */
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

/** Whether a file says just that, whatever its secret is. Secrets serialise alike, so this compares all but the secret. */
export function isAsWanted(
  preferences: Preferences | undefined,
  customer: Customer,
  tenantId: string,
  clientId: string,
): boolean {
  if (!preferences) return false;
  const wanted = preferencesFor(customer, tenantId, clientId, preferences.connection.clientSecret);
  return JSON.stringify(preferences) === JSON.stringify(wanted);
}
