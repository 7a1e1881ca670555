import type { Context } from 'hono';
import { bodyBytes } from '../body-bytes.ts';
import { OAuthFault } from './oauth-fault.ts';

/** Fields of a form post, the last of a name; unknown ones are for the reader to ignore, as Entra does. */
export type PostedForm = Readonly<Record<string, string | undefined>>;

/** Far more than any form of the login host holds. */
const largestForm = 1024 * 1024;

export async function readForm(c: Context): Promise<PostedForm> {
  const bytes = await bodyBytes(c.req.raw, largestForm);
  if (!bytes) throw new OAuthFault(413, 'invalid_request', 90013, 'Invalid input received from the user.');
  return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
}
