import { formOn } from '../../src/practice/browser.ts';
import { loopbackFetch } from './loopback-fetch.ts';
import type { RunningCli } from './run-cli.ts';

/** What the person does on the sign-in page. `person` is an object id. */
export interface Choice {
  readonly action: 'approve' | 'decline';
  readonly person: string;
}

/** The link that a command shows, once the whole of it is there. */
export async function signInLink({ shows }: Pick<RunningCli, 'shows'>): Promise<string> {
  const link = /https:\/\/login\.microsoftonline\.com\/\S+redirect_uri\S+(?=\s)/;
  return link.exec(await shows(link))?.[0] ?? '';
}

/**
 * A browser on the practice tenant's sign-in page at `url`: fills its form in, and sends the form that comes back to the
 * application's own port. Resolves with the page that the application shows.
 */
export async function browseSignIn(port: number, url: string, choice: Choice): Promise<string> {
  const visit = loopbackFetch(port);
  const page = formOn(await (await visit(url)).text());
  const body = new URLSearchParams({ ...page.fields, ...choice }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await visit(new URL(page.action, url).href, { method: 'POST', headers, body });
  const back = formOn(await answer.text());
  const shown = await fetch(back.action, { method: 'POST', body: new URLSearchParams(back.fields) });
  return await shown.text();
}
