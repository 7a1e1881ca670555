/**
 * The bytes of a request body, or undefined when there are more than `limit`. Reads to the end even then: a server that
 * answers and hangs up while the client still writes is seen there as a reset connection, not as the answer.
 */
export async function bodyBytes(request: Request, limit: number): Promise<Buffer | undefined> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length <= limit) kept.push(chunk);
  }
  return length <= limit ? Buffer.concat(kept) : undefined;
}
