import { expect, test } from 'vitest';
import {
  callAs,
  createDirectory,
  itemsOf,
  outcomeOf,
  personNamed,
  textOf,
} from '../../support/graph-caller.ts';

const refTo = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });

/** An application and its service principal, made by Uwe, who has no role. */
async function madeByUwe() {
  const directory = await createDirectory();
  const uwe = await callAs(directory.tenant, 'uwe');
  const made = await uwe('POST', '/applications', { displayName: 'Planted' });
  return { ...directory, uwe, id: textOf(made, 'id'), appId: textOf(made, 'appId') };
}

test('who makes an application owns it, and may change it without a role', async () => {
  const { call, uwe, state, id, appId } = await madeByUwe();
  const { id: uweId, userPrincipalName, displayName } = personNamed(state, 'uwe');
  expect(itemsOf(await call('GET', `/applications(appId='${appId}')/owners`))).toEqual([
    { '@odata.type': '#microsoft.graph.user', id: uweId, displayName, userPrincipalName },
  ]);
  expect((await uwe('POST', `/applications/${id}/addPassword`, {})).status).toBe(200);
});

test('an owner is added and taken away by reference', async () => {
  const { call, uwe, state, id } = await madeByUwe();
  const grace = personNamed(state, 'grace').id;
  const uweId = personNamed(state, 'uwe').id;
  const owners = `/applications/${id}/owners`;
  expect((await uwe('POST', `${owners}/$ref`, refTo(grace))).status).toBe(204);
  expect(outcomeOf(await uwe('POST', `${owners}/$ref`, refTo(grace)))).toContain('already exist');
  expect((await uwe('DELETE', `${owners}/${uweId}/$ref`)).status).toBe(204);
  expect(itemsOf(await call('GET', owners)).map((owner) => owner.id)).toEqual([grace]);
  expect((await uwe('POST', `/applications/${id}/addPassword`, {})).status).toBe(403);
});

test('a service principal has owners of its own', async () => {
  const { call, state, appId } = await madeByUwe();
  expect((await call('POST', '/servicePrincipals', { appId })).status).toBe(201);
  const owners = itemsOf(await call('GET', `/servicePrincipals(appId='${appId}')/owners`));
  expect(owners.map((owner) => owner.id)).toEqual([personNamed(state, 'grace').id]);
});

test('a reference to nobody is refused', async () => {
  const { call, id } = await madeByUwe();
  const nobody = refTo('0b0c0d0e-0000-4000-a000-000000000009');
  expect((await call('POST', `/applications/${id}/owners/$ref`, nobody)).status).toBe(404);
  expect((await call('POST', `/applications/${id}/owners/$ref`, {})).status).toBe(400);
});

test('a federated credential is trust in another issuer, under a name of its own', async () => {
  const { uwe, call, id } = await madeByUwe();
  const path = `/applications/${id}/federatedIdentityCredentials`;
  const trust = {
    name: 'ci',
    issuer: 'https://token.actions.example',
    subject: 'repo:x/y:ref:main',
    audiences: ['api://AzureADTokenExchange'],
  };
  expect((await uwe('POST', path, trust)).status).toBe(201);
  expect(outcomeOf(await uwe('POST', path, trust))).toContain('already exists');
  expect((await uwe('POST', path, { ...trust, name: 'b', claims: 'x' })).status).toBe(400);
  const list = await call('GET', path);
  expect(itemsOf(list)).toMatchObject([trust]);
  expect(String(list.body['@odata.context'])).toMatch(
    new RegExp(`#applications\\('${id}'\\)/federatedIdentityCredentials$`),
  );
});
