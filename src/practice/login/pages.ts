import { type Context, Hono, type Next } from 'hono';
import { html } from 'hono/html';
import { showPage, styleRoute } from '../page/layout.ts';
import type { State } from '../state.ts';
import { adminConsentPage } from './admin-consent-page.ts';
import { authorizePage } from './authorize-page.ts';
import { devicePage } from './device-page.ts';
import { OAuthFault, traceOf } from './oauth-fault.ts';

/** What a person meets in the browser: device login, sign-in, admin consent. */
export function loginPages(state: State): Hono {
  const app = new Hono();
  app.use(sameOriginOnly);
  app.onError((error, c) => {
    if (!(error instanceof OAuthFault)) throw error;
    const { traceId, correlationId, timestamp } = traceOf(c, state);
    const needsAdmin = error.code === 90094;
    const body = html`<p>Sorry, but we're having trouble signing you in.</p>
<pre>${error.message}
Trace ID: ${traceId}
Correlation ID: ${correlationId}
Timestamp: ${timestamp}</pre>`;
    return showPage(
      c,
      { title: needsAdmin ? 'Need admin approval' : 'Sign in', body },
      error.status === 413 ? 413 : 400,
    );
  });
  app.route('/', styleRoute());
  app.route('/', devicePage(state));
  app.route('/', authorizePage(state));
  app.route('/', adminConsentPage(state));
  return app;
}

/** Refuses a form that a page of another origin sends here: any web page can post to a port of this machine. */
async function sameOriginOnly(c: Context, next: Next): Promise<Response | undefined> {
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
