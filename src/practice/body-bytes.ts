import { gunzipSync } from 'node:zlib';

/**
 * The bytes of a request body, unpacked where they are gzip, or undefined when there are more than `limit`. Reads to the end even
 * then: a server that answers and hangs up while the client still writes is seen there as a reset connection, not as the answer.
 */
export async function bodyBytes(request: Request, limit: number): Promise<Buffer | undefined> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length <= limit) kept.push(chunk);
  }
  if (length > limit) return undefined;
  const bytes = Buffer.concat(kept);
  return /^gzip$/i.test(request.headers.get('content-encoding') ?? '') ? unpacked(bytes, limit) : bytes;
}

/** Graph's SDK for Go packs every body: github.com/microsoft/kiota/issues/4995, Jul 2024. What cannot be unpacked is no JSON. */
function unpacked(bytes: Buffer, limit: number): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: limit });
  } catch (error) {
    return error instanceof RangeError ? undefined : bytes;
  }
}

/** Deeper than any body of these services, and far from what the stack holds. */
const deepest = 100;

/** The JSON of a body; `undefined` where it is none, or nested deeper than anything that is read here. */
export function parseBounded(text: string): { readonly value: unknown } | undefined {
  if (depthOf(text) > deepest) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [sign] of text.replace(/"(?:\\.|[^"\\])*"/g, '').matchAll(/[[\]{}]/g)) {
    depth += sign === '[' || sign === '{' ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}
