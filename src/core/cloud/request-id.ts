import { plain } from '../words/say.ts';

/** Graph says `request-id`, Entra `x-ms-request-id`. Support can find a request by it. */
export function requestIdOf(header: (name: string) => string | undefined): string | undefined {
  const id = header('request-id') ?? header('x-ms-request-id');
  return id === undefined ? undefined : plain(id).slice(0, 80);
}
