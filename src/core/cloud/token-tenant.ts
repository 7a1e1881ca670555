import * as z from 'zod/mini';
import { errors } from '../advice/errors.ts';
import type { Secret } from '../secret.ts';

const Claims = z.object({ tid: z.string() });

/**
 * Refuses to go on unless the token is one of this tenant. Graph's access tokens are readable JWTs although no contract
 * says so; one that is not readable counts as foreign. The signature is not checked: the token came from Entra by TLS.
 */
export function assertTenant(token: Secret, tenantId: string): void {
  const found = tenantOf(token);
  if (found?.toLowerCase() !== tenantId.toLowerCase()) throw errors.wrongTenant(tenantId, found);
}

function tenantOf(token: Secret): string | undefined {
  const payload = token.reveal().split('.')[1] ?? '';
  try {
    return Claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).tid;
  } catch {
    return undefined;
  }
}
