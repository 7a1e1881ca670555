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
