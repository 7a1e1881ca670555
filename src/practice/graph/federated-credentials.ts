import { Hono } from 'hono';
import * as z from 'zod/mini';
import type { CallerEnv } from '../caller.ts';
import type { State } from '../state.ts';
import { faults, graphCreated, graphEmpty, odataContext } from './answer.ts';
import { readApplication } from './application-store.ts';
import { applicationKey } from './applications.ts';
import { requireAct } from './authorization.ts';
import { readBody } from './body.ts';
import { answerList } from './collection.ts';
import type { Noun } from './noun.ts';

const credentialNoun: Omit<Noun, 'set'> = {
  resource: 'FederatedIdentityCredential',
  type: 'microsoft.graph.federatedIdentityCredential',
  properties: ['id', 'name', 'issuer', 'subject', 'description', 'audiences'],
  filterable: ['name'],
  searchable: [],
};

const setOf = (id: string): string => `applications('${id}')/federatedIdentityCredentials`;

const text = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));
const credentialBody = z.strictObject({
  name: text(120),
  issuer: text(600),
  subject: text(600),
  audiences: z.array(text(600)).check(z.minLength(1), z.maxLength(1)),
  description: z.nullish(z.string().check(z.maxLength(600))),
});

/** Trust in tokens of another issuer, instead of a secret (learn.microsoft.com/graph/api/resources/federatedidentitycredential). */
export function createFederatedCredentialRoutes(state: State): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const path = '/applications/:key/federatedIdentityCredentials';
  routes.get(path, (c) => {
    requireAct(state, c.get('caller'), 'read applications');
    const { id, federatedCredentials } = readApplication(state, applicationKey(c));
    return answerList(c, state, { ...credentialNoun, set: setOf(id) }, federatedCredentials);
  });
  routes.post(path, async (c) => {
    const application = readApplication(state, applicationKey(c));
    requireAct(state, c.get('caller'), 'change application', application.owners);
    const asked = await readBody(c, credentialBody, { resource: credentialNoun.resource, readOnly: ['id'] });
    if (application.federatedCredentials.some(({ name }) => name === asked.name)) {
      throw faults.badRequest(`FederatedIdentityCredential with name ${asked.name} already exists.`);
    }
    const made = { id: state.ids.guid(), description: null, ...asked };
    application.federatedCredentials.push(made);
    return graphCreated(c, state, `/applications/${application.id}/federatedIdentityCredentials/${made.id}`, {
      '@odata.context': odataContext(`${setOf(application.id)}/$entity`),
      ...made,
    });
  });
  routes.delete(`${path}/:credentialId`, (c) => {
    const { federatedCredentials, owners } = readApplication(state, applicationKey(c));
    requireAct(state, c.get('caller'), 'change application', owners);
    const at = federatedCredentials.findIndex(({ id }) => id === c.req.param('credentialId'));
    if (at < 0) throw faults.notFound(c.req.param('credentialId'));
    federatedCredentials.splice(at, 1);
    return graphEmpty(c, state, 204);
  });
  return routes;
}
