import { Hono } from 'hono';
import { html } from 'hono/html';
import { showPage } from '../page/layout.ts';
import { styleRoute } from '../page/style.ts';
import type { State } from '../state.ts';
import { adminConsentPage } from './admin-consent-page.ts';
import { authorizePage } from './authorize-page.ts';
import { devicePage } from './device-page.ts';
import { OAuthFault, traceOf } from './oauth-fault.ts';
import { sameOriginOnly } from './same-origin.ts';

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
