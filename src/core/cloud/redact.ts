const shownOptions = new Set(['$select', '$filter', '$top', '$count']);

/** An address for log lines: host, path, and of the query only what holds no personal data and no key. */
export function redactUrl(text: string): string {
  const url = new URL(text);
  return `${url.hostname}${redactPath(url.pathname)}${redactQuery(url.searchParams)}`;
}

/** Ids stay, as support needs them; a segment with a mail address does not. */
function redactPath(path: string): string {
  return path.replace(/[^/]*(@|%40)[^/]*/gi, '***');
}

function redactQuery(query: URLSearchParams): string {
  // Anything but OData's options, such as an upload session's `authtoken`: the whole query goes.
  if ([...query.keys()].some((name) => !name.startsWith('$'))) return '';
  const parts = [...query].map(
    ([name, value]) => `${name}=${shownOptions.has(name) ? hideLiterals(value) : '***'}`,
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** `displayName eq 'Contoso'` -> `displayName eq '***'`. */
function hideLiterals(value: string): string {
  return value.replace(/'[^']*'?/g, "'***'");
}
