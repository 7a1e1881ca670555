import { formOn } from '../../../src/practice/browser.ts';

/** A browser on the practice tenant's login pages: `url` as VS Code opened it; the code is what is in the clipboard. */
export async function useBrowser(url: string, userPrincipalName: string, code: string): Promise<void> {
  if (new URL(url).pathname === '/devicelogin') await enterCode(url, userPrincipalName, code);
  else await signIn(url, userPrincipalName);
}

/** Follows a consent link, on the practice tenant's page. */
export async function acceptConsent(origin: string, link: string, userPrincipalName: string): Promise<void> {
  const { pathname, search } = new URL(link);
  const url = `${origin}${pathname}${search}`;
  await approve(url, await (await fetch(url)).text(), userPrincipalName);
}

async function enterCode(url: string, userPrincipalName: string, code: string): Promise<string> {
  const page = await (await fetch(`${url}?user_code=${encodeURIComponent(code)}`)).text();
  return await approve(url, page, userPrincipalName);
}

async function signIn(url: string, userPrincipalName: string): Promise<void> {
  const answer = await approve(url, await (await fetch(url)).text(), userPrincipalName);
  const back = formOn(answer);
  await fetch(back.action, { method: 'POST', body: new URLSearchParams(back.fields) });
}

async function approve(url: string, page: string, userPrincipalName: string): Promise<string> {
  const { action, fields } = formOn(page);
  const row = new RegExp(`value="([^"]+)"[^>]*>\\s*<span>[^<]*<span class="quiet">${userPrincipalName}<`);
  const person = row.exec(page)?.[1] ?? '';
  const body = new URLSearchParams({ ...fields, action: 'approve', person });
  return await (await fetch(new URL(action, url), { method: 'POST', body })).text();
}
