import * as z from 'zod/mini';
import { jsonOrUndefined } from '../json.ts';
import { Secret } from '../secret.ts';
import { signInFailures } from './failures.ts';

const Kept = z.object({
  way: z.enum(['device code', 'browser']),
  /** As MSAL serializes it: a refresh token among other things. */
  cache: z.string(),
});
type Kept = z.infer<typeof Kept>;

export const keptText = (kept: Kept): Secret => new Secret(JSON.stringify(kept));

/** Throws a Failure where it is not what a session gave to be kept. */
export function readKept(kept: Secret): Kept {
  const read = Kept.safeParse(jsonOrUndefined(kept.reveal()));
  if (!read.success) throw signInFailures.signedOut();
  return read.data;
}
