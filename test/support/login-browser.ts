import { loopbackFetch } from './loopback-fetch.ts';

/** What the person does on the sign-in page. `person` is an object id. */
export interface Choice {
  readonly action: 'approve' | 'decline';
  readonly person: string;
}

/**
 * A browser on the practice tenant's sign-in page at `url`: fills its form in, and sends the form that comes back to the
 * application's own port. Resolves with the page that the application shows.
 */
export async function browseSignIn(port: number, url: string, choice: Choice): Promise<string> {
  const visit = loopbackFetch(port);
  const page = readForm(await (await visit(url)).text());
  const body = new URLSearchParams({ ...page.fields, ...choice }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await visit(new URL(page.action, url).href, { method: 'POST', headers, body });
  const back = readForm(await answer.text());
  const shown = await fetch(back.action, { method: 'POST', body: new URLSearchParams(back.fields) });
  return await shown.text();
}

function readForm(page: string): { action: string; fields: Record<string, string> } {
  const action = /<form method="post" action="([^"]*)"/.exec(page)?.[1];
  if (action === undefined) throw new Error(`there is no form on this page: ${page.slice(0, 2_000)}`);
  const hidden = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  const fields = [...hidden].map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]);
  return { action: unescaped(action), fields: Object.fromEntries(fields) };
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
