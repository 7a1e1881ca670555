import { type Context, Hono } from 'hono';
import type * as z from 'zod/mini';
import type { CallerEnv } from '../caller.ts';
import { inSpellingOf } from '../exchange/lenient.ts';
import type { State } from '../state.ts';
import { graphEmpty, graphJson, odataContext } from './answer.ts';
import { addPasswordBody, removePasswordBody } from './application-body.ts';
import { readApplication } from './application-store.ts';
import { applicationKey } from './applications.ts';
import { requireAct } from './authorization.ts';
import { parseBody, readJsonBody } from './body.ts';
import { refuseForbiddenSecret } from './secret-policy.ts';
import { addSecret, removeSecret, secretJson, secretLife } from './secrets.ts';

const ofPassword = { resource: 'PasswordCredential', readOnly: ['secretText', 'keyId', 'hint'] };

/** Names of parameters are read in any case, as those of mail are. */
async function readParameters<T>(c: Context, schema: z.ZodMiniType<T>): Promise<T> {
  const body = inSpellingOf(await readJsonBody(c), ['passwordCredential', 'keyId']);
  return parseBody(body, schema, ofPassword);
}

export function createPasswordRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.post('/applications/:key/addPassword', async (c) => {
    const application = readApplication(state, applicationKey(c));
    requireAct(state, c.get('caller'), 'change application', application.owners);
    const { passwordCredential } = await readParameters(c, addPasswordBody);
    const life = secretLife(state, passwordCredential ?? {});
    refuseForbiddenSecret(state, application.madeAt, life);
    const displayName = passwordCredential?.displayName ?? null;
    const { stored, secretText } = addSecret(state, application, { ...life, displayName });
    return graphJson(c, state, {
      '@odata.context': odataContext('microsoft.graph.passwordCredential'),
      ...secretJson(stored, secretText),
    });
  });
  routes.post('/applications/:key/removePassword', async (c) => {
    const application = readApplication(state, applicationKey(c));
    requireAct(state, c.get('caller'), 'change application', application.owners);
    const { keyId } = await readParameters(c, removePasswordBody);
    removeSecret(state, application, keyId);
    return graphEmpty(c, state, 204);
  });
  return routes;
}
