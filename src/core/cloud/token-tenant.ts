import * as z from 'zod/mini';
import type { Secret } from '../secret.ts';
import { errors } from '../words/errors.ts';
import { payloadOf } from './jwt.ts';

const Claims = z.object({ tid: z.string() });

/** Refuses to go on unless the token is one of this tenant. A token that is not readable counts as foreign. */
export function assertTenant(token: Secret, tenantId: string): void {
  const found = Claims.safeParse(payloadOf(token.reveal())).data?.tid;
  if (found?.toLowerCase() !== tenantId.toLowerCase()) throw errors.wrongTenant(tenantId, found);
}
