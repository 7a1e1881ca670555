import type { Http, HttpRequest } from '../../src/core/cloud/http.ts';
import { redactUrl } from '../../src/core/cloud/log-policy.ts';
import type { Clock } from '../../src/core/ports.ts';
import { plain } from '../../src/core/words/say.ts';

/** One answer as it was seen, with nothing in it that names a customer. */
export interface Sight {
  readonly method: string;
  /** Host and path; whatever names something of the tenant is `***`. */
  readonly path: string;
  /** 0 where no answer came. */
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string | undefined;
  /** Names of the body, those of the first of a list behind a dot. */
  readonly keys: readonly string[];
  readonly ms: number;
}

/** Sends on, and notes what is answered, each item of a `$batch` by itself. */
export function witness(http: Http, clock: Clock, note: (sight: Sight) => void): Http {
  return {
    async send(request) {
      const since = clock.now();
      const seen = { method: request.method, path: pathOf(request.url) };
      try {
        const answer = await http.send(request);
        const ms = clock.now() - since;
        note({ ...seen, ms, ...sightOf(answer.status, answer.body) });
        for (const item of itemsOf(request, answer.body)) note({ ...item, ms });
        return answer;
      } catch (cause) {
        note({ ...seen, ms: clock.now() - since, status: 0, code: codeOf(cause), text: undefined, keys: [] });
        throw cause;
      }
    },
  };
}

const pathOf = (url: string): string => redactUrl(url).split('?')[0] ?? '';
const codeOf = (cause: unknown): string | undefined => textAt(cause, 'code');

function sightOf(status: number, body: unknown): Pick<Sight, 'status' | 'code' | 'text' | 'keys'> {
  const error = valueAt(body, 'error');
  const numbers = valueAt(body, 'error_codes');
  const number = Array.isArray(numbers) ? String(numbers[0]) : undefined;
  const code =
    textAt(error, 'code') ?? (typeof error === 'string' ? [error, number].join(' ').trim() : undefined);
  const text = textAt(error, 'message') ?? textAt(body, 'error_description');
  return { status, code, text: text && withoutNames(text), keys: keysOf(body) };
}

function itemsOf({ url, body }: HttpRequest, answered: unknown): Omit<Sight, 'ms'>[] {
  if (!url.endsWith('/$batch') || typeof body !== 'string') return [];
  const requests = listAt(JSON.parse(body), 'requests');
  return listAt(answered, 'responses').flatMap((response) => {
    const asked = requests.find((request) => valueAt(request, 'id') === valueAt(response, 'id'));
    const status = valueAt(response, 'status');
    if (typeof status !== 'number') return [];
    const path = pathOf(`${url.replace(/\/\$batch$/, '')}${textAt(asked, 'url') ?? ''}`);
    return [{ method: textAt(asked, 'method') ?? '', path, ...sightOf(status, valueAt(response, 'body')) }];
  });
}

function keysOf(body: unknown): string[] {
  const list = valueAt(body, 'value');
  const first = Array.isArray(list) ? list[0] : undefined;
  return [...namesOf(body), ...namesOf(first).map((name) => `value.${name}`)].sort();
}

/** An `@odata` name is of the protocol. */
const namesOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.keys(value).filter((name) => !name.startsWith('@'))
    : [];

/** What a service says, without ids, addresses, quoted names and times. */
export function withoutNames(text: string): string {
  return plain(text)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{id}')
    .replace(/[^\s'"<>]+@[^\s'"<>]+/g, '{address}')
    .replace(/'[^']*'|"[^"]*"/g, "'...'")
    .replace(
      /(?<![\p{L}\p{N}.#-])(?!microsoft\.)[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*\.\p{L}{2,}/giu,
      '{domain}',
    )
    .replace(/ (Trace ID|Correlation ID|Timestamp):.*$/, '')
    .slice(0, 400);
}

export const valueAt = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

export function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key);
  return typeof found === 'string' ? found : undefined;
}

export function listAt(value: unknown, key: string): unknown[] {
  const found = valueAt(value, key);
  return Array.isArray(found) ? found : [];
}
