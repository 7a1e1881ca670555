import type { Context, Next } from 'hono';

/** Refuses a form that a page of another origin sends here: any web page can post to a port of this machine. */
export async function sameOriginOnly(c: Context, next: Next): Promise<Response | undefined> {
  if (c.req.method === 'POST' && !isOwnForm(c)) {
    return c.text('This form was sent by a page that is not the practice tenant.', 403);
  }
  await next();
  return undefined;
}

function isOwnForm(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = c.req.header('origin');
  if (origin === undefined) return true;
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  return URL.canParse(origin) && new URL(origin).host === host;
}
