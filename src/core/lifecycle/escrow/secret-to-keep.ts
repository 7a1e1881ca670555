import type { CustomerRecord } from '../../customer/record.ts';
import type { Preferences } from '../../preferences/preferences.ts';
import { failures } from './failures.ts';
import type { SecretToKeep } from './kept-secret.ts';

/** The secret in the preferences, with what the record knows of it; a Failure where the two do not belong together. */
export function secretToKeep(record: CustomerRecord, preferences: Preferences, now: number): SecretToKeep {
  const { secret, application } = record;
  const { clientId, tenantId, clientSecret } = preferences.connection;
  if (!secret || !application) throw failures.nothingToKeep('the record knows of none');
  if (record.preferences?.keyId !== secret.keyId)
    throw failures.nothingToKeep('the preferences file holds an older secret than the record');
  if (clientId !== application.clientId.toLowerCase() || tenantId !== record.tenant.id.toLowerCase())
    throw failures.nothingToKeep('the preferences file is for another app or tenant than the record');
  if (Date.parse(secret.expiresAt) <= now)
    throw failures.nothingToKeep(`it has expired on ${secret.expiresAt.slice(0, 10)}`);
  return { value: clientSecret, clientId, keyId: secret.keyId, expiresAt: secret.expiresAt };
}
