import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Clock, Log } from '../ports.ts';
import { plain } from '../words/say.ts';
import { errorCode } from './lost.ts';
import { redactUrl } from './redact.ts';
import { requestIdOf } from './request-id.ts';
import { retryAfterMs } from './retry-after.ts';

/** One line for each try. Of the headers only the request id and `Retry-After`, of bodies nothing. */
export function logPolicy(log: Log, clock: Clock): PipelinePolicy {
  return {
    name: 'logPolicy',
    async sendRequest(request, next) {
      const line = `${request.method} ${redactUrl(request.url)}`;
      const start = clock.now();
      try {
        const response = await next(request);
        const id = requestIdOf((name) => response.headers.get(name)) ?? '-';
        const wait = response.headers.get('retry-after');
        // A header that is neither a number nor a date may hold anything.
        const told = retryAfterMs(wait, undefined, start) === undefined ? '' : ` retry-after ${wait}`;
        log.debug(plain(`${line} ${response.status} ${clock.now() - start} ms request-id ${id}${told}`));
        return response;
      } catch (error) {
        log.debug(`${line} failed ${errorCode(error)} ${clock.now() - start} ms`);
        throw error;
      }
    },
  };
}
