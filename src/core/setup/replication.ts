import * as z from 'zod/mini';
import type { GraphAnswer } from '../cloud/graph.ts';

/** Entra gives no time by which a new object is known everywhere; after this long a refusal is believed. */
export const replicationWindowMs = 10 * 60_000;

const ErrorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.optional(z.array(z.object({ code: z.nullish(z.string()) }))),
  }),
});

/**
 * Whether a refusal means "not known here yet". The texts are those that Terraform's azuread provider and Azure CLI wait
 * for too; the 403 looks like missing rights but is lag (github.com/hashicorp/terraform-provider-azuread/issues/611).
 */
export function isReplicationLag({ status, body }: GraphAnswer): boolean {
  const parsed = ErrorBody.safeParse(body);
  if (!parsed.success) return false;
  const { code, message, details } = parsed.data.error;
  if (status === 404) return code === 'Request_ResourceNotFound';
  if (status === 403) return message.includes('backing application of the service principal');
  if (status !== 400) return false;
  const noBacking = details?.some((detail) => detail.code === 'NoBackingApplicationObject') ?? false;
  return (
    noBacking ||
    message.includes('does not reference a valid application') ||
    message.includes('Not a valid reference update')
  );
}
