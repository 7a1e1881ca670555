import type { CustomerRecord } from '../customer/record.ts';

/** One or two sentences on what the record says is there, for every message about a run that stopped. */
export function whatExists(record: CustomerRecord): string {
  const { application, servicePrincipal, grants, secret, preferences } = record;
  if (!application) return 'Nothing was changed in the tenant.';
  const parts = [
    `the application (client id ${application.clientId})`,
    servicePrincipal ? 'its service principal' : undefined,
    grants.length > 0 ? `${grants.length} granted permissions` : undefined,
    secret
      ? `a client secret (begins with ${secret.hint}, expires ${secret.expiresAt.slice(0, 10)})`
      : undefined,
  ].filter((part) => part !== undefined);
  const file = preferences ? ` The preferences file ${preferences.file} is written.` : '';
  return `There is now: ${parts.join(', ')}.${file} Running again goes on from here.`;
}
