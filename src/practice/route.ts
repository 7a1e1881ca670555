/**
 * The segments as the routes of an app spell them: Microsoft reads its own words in any case. What is none of them, an id or
 * a name, stays as it is.
 */
export function spelledAs(routes: readonly { readonly path: string }[]): (segment: string) => string {
  const words = routes.flatMap(({ path }) => path.split('/')).filter((word) => /^[$\w.]/.test(word));
  const known = new Map(words.map((word) => [word.toLowerCase(), word]));
  return (segment) => known.get(segment.toLowerCase().replace(/^%24/, '$')) ?? segment;
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
