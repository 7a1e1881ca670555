import { type Env, Hono } from 'hono';
import type { BlankEnv } from 'hono/types';

/** An app that reads the words of its paths in any case, as Microsoft does. `segmentsOf` cuts a path into what routes are matched with. */
export function createAnyCaseApp<E extends Env = BlankEnv>(segmentsOf = segmentsOfPath): Hono<E> {
  let spelled: ((segment: string) => string) | undefined;
  const app: Hono<E> = new Hono<E>({
    getPath(request) {
      spelled ??= spelledAs(app.routes);
      return segmentsOf(request).map(spelled).join('/');
    },
  });
  return app;
}

/** RFC 3986, 6.2.2.2: a letter, a digit, `-`, `.`, `_` or `~` that is percent-encoded is the same as the plain one. */
const unreserved = /%(?:2[de]|3\d|4[1-9a-f]|5[\daf]|6[1-9a-f]|7[\dae])/gi;

export function segmentsOfPath({ url }: Request): string[] {
  return new URL(url).pathname.replaceAll(unreserved, decodeURIComponent).split('/');
}

/** The segments without those that a doubled slash, or one at the end, makes. */
export function withoutEmpty([first = '', ...others]: readonly string[]): string[] {
  const named = others.filter((segment) => segment !== '');
  return [first, ...(named.length > 0 ? named : [''])];
}

/**
 * The segments as the routes of an app spell them. What is none of them, an id or a name, stays as it is. An action may be
 * called by its full name, `microsoft.graph.sendMail`. `graph` is the short name that Graph's metadata gives `microsoft.graph`,
 * and the one that the SDKs of its newer generation write: msgraph-sdk-go and msgraph-sdk-typescript, read Nov 2026.
 */
function spelledAs(routes: readonly { readonly path: string }[]): (segment: string) => string {
  const words = routes.flatMap(({ path }) => path.split('/')).filter((word) => /^[$\w.]/.test(word));
  const known = new Map(words.map((word) => [word.toLowerCase(), word]));
  return (segment) => {
    const word = segment
      .toLowerCase()
      .replace(/^%24/, '$')
      .replace(/^graph\.(?=[a-z]+$)/, 'microsoft.graph.');
    return known.get(word) ?? known.get(word.replace(/^microsoft\.graph\./, '')) ?? segment;
  };
}

/** A path with its ids taken out: `/v1.0/applications('x')/addPassword` -> `/v1.0/applications()/addPassword`. */
export function routeOf(path: string): string {
  return path
    .replaceAll(/\((?:'|%27).*?(?:'|%27)\)/g, '()')
    .split('/')
    .map((segment) => (looksLikeId(segment) ? '*' : segment))
    .join('/');
}

/** The path and query as the request log keeps them: an upload URL is a credential of its own. */
export function loggedPath(url: URL): string {
  return (url.pathname + url.search).replaceAll(/(authtoken|code|client_secret)=[^&]*/g, '$1=REDACTED');
}

function looksLikeId(segment: string): boolean {
  return segment.length >= 20 || /^[0-9a-f-]{36}$/i.test(segment) || /%40|@/.test(segment);
}
