import type { CustomerRecord } from '../customer/record.ts';

/** What an earlier step has put into the record. Missing means that the order of steps is broken, which is our mistake. */
export function applicationOf({ application }: CustomerRecord): NonNullable<CustomerRecord['application']> {
  if (!application) throw new Error('This step comes after the application is registered.');
  return application;
}

export function servicePrincipalOf({
  servicePrincipal,
}: CustomerRecord): NonNullable<CustomerRecord['servicePrincipal']> {
  if (!servicePrincipal) throw new Error('This step comes after the service principal is added.');
  return servicePrincipal;
}
