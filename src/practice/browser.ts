import type { PracticeTenant } from './tenant.ts';

/**
 * The browser of the person who approves by themself (`approveAs`): signs in on the page at `url`, and sends the form that
 * comes back to the application's own loopback port.
 */
export async function browseAs(
  tenant: PracticeTenant,
  userPrincipalName: string,
  url: string,
): Promise<void> {
  const person = tenant.state.people.find((one) => one.userPrincipalName === userPrincipalName)?.id ?? '';
  const page = formOn(await (await tenant.fetch(new Request(url))).text());
  const body = new URLSearchParams({ ...page.fields, action: 'approve', person });
  const answer = await tenant.fetch(new Request(new URL(page.action, url), { method: 'POST', body }));
  const back = formOn(await answer.text());
  await fetch(back.action, { method: 'POST', body: new URLSearchParams(back.fields) });
}

/** Where the first form of a page goes, and its hidden fields. */
export function formOn(page: string): { action: string; fields: Record<string, string> } {
  const action = /<form method="post" action="([^"]*)"/.exec(page)?.[1] ?? '';
  const hidden = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  const fields = [...hidden].map(([, name = '', value = '']) => [plainText(name), plainText(value)]);
  return { action: plainText(action), fields: Object.fromEntries(fields) };
}

const entities: Readonly<Record<string, string>> = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' };

function plainText(html: string): string {
  return html.replace(/&(quot|#39|lt|gt|amp);/g, (_, name: string) => entities[name] ?? '');
}
