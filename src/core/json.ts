/** The parsed text, `undefined` where it is not JSON. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a terminal obeys or a reader does not see: C1 controls, bidi and other format characters, line separators. */
const unseen = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON of ours: on lines, with every sign visible. The same value comes back. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(unseen, (sign) =>
    Array.from({ length: sign.length }, (_, at) => escaped(sign.charCodeAt(at))).join(''),
  );
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/**
 * What a token says about itself, `undefined` where it is not readable. The signature is not looked at: the token came over
 * TLS from the login host, and Graph tokens can be validated by Graph alone
 * (learn.microsoft.com/entra/identity-platform/access-tokens). Untrusted: parse it with a schema.
 */
export function payloadOf(token: string): unknown {
  return jsonOrUndefined(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}
