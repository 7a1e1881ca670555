import { Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import type { State } from '../state.ts';
import { graphEmpty, graphJson, odataContext } from './answer.ts';
import { addPasswordBody, removePasswordBody } from './application-body.ts';
import { readApplication } from './application-store.ts';
import { applicationKey } from './applications.ts';
import { requireAct } from './authorization.ts';
import { readBody } from './body.ts';
import { refuseForbiddenSecret } from './secret-policy.ts';
import { addSecret, removeSecret, secretJson, secretLife } from './secrets.ts';

const ofPassword = { resource: 'PasswordCredential', readOnly: ['secretText', 'keyId', 'hint'] };

export function createPasswordRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.post('/applications/:key/addPassword', async (c) => {
    const application = readApplication(state, applicationKey(c));
    requireAct(state, c.get('caller'), 'change application', application.owners);
    const { passwordCredential } = await readBody(c, addPasswordBody, ofPassword);
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
    const { keyId } = await readBody(c, removePasswordBody, ofPassword);
    removeSecret(state, application, keyId);
    return graphEmpty(c, state, 204);
  });
  return routes;
}
