import type { Customer } from '../customer/customer.ts';
import type { Plan } from './change.ts';
import type { Existing } from './existing.ts';
import { addClientSecret } from './steps/add-client-secret.ts';
import { addServicePrincipal } from './steps/add-service-principal.ts';
import { grantPermissions } from './steps/grant-permissions.ts';
import { registerApplication } from './steps/register-application.ts';
import { removeClientSecret } from './steps/remove-client-secret.ts';
import { removeGrants } from './steps/remove-grants.ts';
import { planPreferences } from './steps/write-preferences.ts';

/**
 * What is still to be done, in order; nothing where all is as wanted. Pure: planning again after a run that stopped
 * half-way gives what is left, so resuming needs no code of its own.
 */
export function makePlan(customer: Customer, existing: Existing, now: number): Plan {
  const { organization } = existing.snapshot;
  const { tenant } = existing.record;
  return {
    customer: customer.name,
    tenant: {
      id: tenant.id,
      displayName: organization?.displayName ?? tenant.displayName,
      domain: organization?.defaultDomain ?? tenant.domain,
    },
    changes: [
      ...registerApplication.plan(customer, existing, now),
      ...addServicePrincipal.plan(customer, existing, now),
      ...grantPermissions.plan(customer, existing, now),
      ...removeGrants.plan(customer, existing, now),
      ...removeClientSecret.plan(customer, existing, now),
      ...addClientSecret.plan(customer, existing, now),
      ...planPreferences(customer, existing, now),
    ],
  };
}
