/** Deeper than any answer; what writes a value again has no room for much more. */
const maximumDepth = 100;

/** The parsed text, `undefined` where it is not JSON, or nested without end. */
export function jsonOrUndefined(text: string): unknown {
  if (isDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const levels: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 };

function isDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length && depth <= maximumDepth; at += 1) {
    const sign = text[at] ?? '';
    if (sign === '"') quoted = !quoted;
    else if (!quoted) depth += levels[sign] ?? 0;
    else if (sign === '\\') at += 1;
  }
  return depth > maximumDepth;
}

/** What a terminal obeys or a reader does not see: C1 controls, bidi and other format characters, line separators. */
const unseen = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON of ours: on lines, with every sign visible. The same value comes back. */
export const jsonText = (value: unknown): string => visible(JSON.stringify(value, undefined, 2));

/** JSON with every sign visible. */
export const visible = (json: string): string =>
  json.replace(unseen, (sign) =>
    Array.from({ length: sign.length }, (_, at) => escaped(sign.charCodeAt(at))).join(''),
  );

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/**
 * What a token says about itself, `undefined` where it is not readable. The signature is not looked at: the token came over
 * TLS from the login host, and Graph tokens can be validated by Graph alone
 * (learn.microsoft.com/entra/identity-platform/access-tokens). Untrusted: parse it with a schema.
 */
export function payloadOf(token: string): unknown {
  return jsonOrUndefined(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
}
