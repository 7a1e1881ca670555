import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { createAnyCaseApp } from '../route.ts';
import type { State } from '../state.ts';
import { deviceCodeRoute } from './device-codes.ts';
import { discoveryRoutes } from './discovery-routes.ts';
import { OAuthFault, oauthError } from './oauth-fault.ts';
import { loginPages } from './pages.ts';
import { notPlayedAtSignIn } from './request-faults.ts';
import { tokenRoute } from './token-route.ts';

/** login.microsoftonline.com: the endpoints for clients, and the pages for people. */
export function createLoginApp(state: State): Hono {
  const endpoints = new Hono();
  endpoints.onError((error, c) => {
    if (error instanceof OAuthFault) return oauthError(c, state, error);
    if (error instanceof HTTPException) return error.getResponse();
    throw error;
  });
  endpoints.route('/', discoveryRoutes(state));
  endpoints.route('/', deviceCodeRoute(state));
  endpoints.route('/', tokenRoute(state));
  const app = createAnyCaseApp();
  app.route('/', endpoints).route('/', loginPages(state));
  app.notFound((c) => notPlayedAtSignIn(`'${c.req.path}' of Microsoft Entra`).getResponse());
  return app;
}
