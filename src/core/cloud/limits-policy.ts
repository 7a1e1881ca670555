import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';

/** The largest answer here repeats an attachment of 3 MB as base64, which is a little over 4 MiB. */
export const maxAnswerBytes = 6 * 1024 * 1024;

export class AnswerTooLarge extends Error {}

/** Bounds one try: the time until the last byte, and the size of the body after decompression. */
export function limitsPolicy(): PipelinePolicy {
  return {
    name: 'limitsPolicy',
    async sendRequest(request, next) {
      const { timeout, abortSignal } = request;
      const deadline = new AbortController();
      const stop = () => deadline.abort();
      const timer = setTimeout(stop, timeout);
      abortSignal?.addEventListener('abort', stop);
      if (abortSignal?.aborted === true) stop();
      request.abortSignal = deadline.signal;
      // The library's own timer ends with the headers; a body that trickles in would never meet it.
      request.timeout = 0;
      request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
      try {
        return await withBody(await next(request));
      } finally {
        clearTimeout(timer);
        abortSignal?.removeEventListener('abort', stop);
        Object.assign(request, { timeout, abortSignal });
      }
    },
  };
}

async function withBody(response: PipelineResponse): Promise<PipelineResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.readableStreamBody ?? []) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxAnswerBytes) throw new AnswerTooLarge();
    chunks.push(bytes);
  }
  response.bodyAsText = Buffer.concat(chunks).toString('utf8');
  return response;
}
