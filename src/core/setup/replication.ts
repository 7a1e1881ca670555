import type { GraphAnswer } from '../cloud/graph.ts';
import { readServiceError } from '../words/service-failure.ts';

/** Entra gives no time by which a new object is known everywhere; after this long a refusal is believed. */
export const replicationWindowMs = 10 * 60_000;

/**
 * Refusals that mean "not known here yet": a code, or part of a message. They are those that Terraform's azuread provider
 * and Azure CLI wait for too; the 403 looks like missing rights but is lag
 * (github.com/hashicorp/terraform-provider-azuread/issues/611). The scripts for the admin go by the same table.
 */
const signs: readonly (readonly [status: number, sign: string])[] = [
  [404, 'Request_ResourceNotFound'],
  [403, 'backing application of the service principal'],
  [400, 'NoBackingApplicationObject'],
  [400, 'does not reference a valid application'],
  [400, 'Not a valid reference update'],
];

/** For a script, which sees the answer as one text. No quote mark is in them. */
export const lagSigns: readonly string[] = signs.map(([, sign]) => sign);

export function isReplicationLag({ status, body }: GraphAnswer): boolean {
  const said = readServiceError(body);
  if (!said) return false;
  return signs.some(
    ([of, sign]) => of === status && (said.codes.includes(sign) || said.message.includes(sign)),
  );
}
