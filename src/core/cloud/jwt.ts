import { jsonOrUndefined } from '../json.ts';

/**
 * What a token says about itself, `undefined` where it is not readable. The signature is not looked at: the token came over
 * TLS from the login host, and Graph tokens can be validated by Graph alone
 * (learn.microsoft.com/entra/identity-platform/access-tokens). Untrusted: parse it with a schema.
 */
export function payloadOf(token: string): unknown {
  return jsonOrUndefined(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}
