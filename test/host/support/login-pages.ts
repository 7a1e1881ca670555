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

function formOn(page: string): { action: string; fields: Record<string, string> } {
  const action = /<form method="post" action="([^"]*)"/.exec(page)?.[1] ?? '';
  const hidden = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  const fields = [...hidden].map(([, name = '', value = '']) => [plainText(name), plainText(value)]);
  return { action: plainText(action), fields: Object.fromEntries(fields) };
}

const signs: Readonly<Record<string, string>> = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' };

function plainText(html: string): string {
  return html.replace(/&(quot|#39|lt|gt|amp);/g, (_, name: string) => signs[name] ?? '');
}
