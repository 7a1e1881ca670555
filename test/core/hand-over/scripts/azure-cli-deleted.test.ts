import { expect } from 'vitest';
import { softDeleteApplication } from '../../../../src/practice/graph/deletion.ts';
import { scriptFor } from '../../../support/admin-script.ts';
import { type AdminStage, adminStage } from '../../../support/admin-stage.ts';
import { heldIn } from '../../../support/invariants.ts';
import { testWith } from '../../../support/machine-tools.ts';

const test = testWith('bash');

/** An admin who ran the script, after which somebody deleted the application. */
async function afterDeletion(stage: AdminStage, name?: string) {
  const admin = await stage.admin();
  const file = await stage.script();
  expect(await admin.run(file)).toMatchObject({ code: 0 });
  const [application] = heldIn(stage.state).applications;
  if (!application) throw new Error('the script registered nothing');
  if (name !== undefined) application.graph.displayName = name;
  softDeleteApplication(stage.state, application);
  return { admin, file, application };
}

test('a deleted application is told, and nothing is changed until the admin chooses', async () => {
  await using stage = await adminStage();
  const { admin, file, application } = await afterDeletion(stage, 'Renamed by somebody');
  const { code, stdout, stderr } = await admin.run(file);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('It keeps its unique name for 30 days');
  expect(stderr).toMatch(new RegExp(`client id ${application.appId}.*--restore.*--purge`));
  expect(heldIn(stage.state).applications).toEqual([]);
});

test('--restore brings it back, and what is missing is added', async () => {
  await using stage = await adminStage({ scenarios: ['restored-alone'] });
  const { admin, file, application } = await afterDeletion(stage);
  expect(await admin.run(file, '--restore')).toMatchObject({ code: 0 });
  expect(heldIn(stage.state)).toMatchObject({
    applications: [{ appId: application.appId }],
    servicePrincipals: [{ appId: application.appId }],
    liveSecrets: [{}],
  });
  expect(heldIn(stage.state).granted).toHaveLength(4);
});

test('what came back with a restored application is checked like any other', async () => {
  await using stage = await adminStage();
  const { admin, file, application } = await afterDeletion(stage);
  const [held] = application.secrets;
  if (!held) throw new Error('there is no secret');
  application.secrets.push({ ...held, keyId: stage.state.ids.guid(), displayName: 'of a stranger' });
  stage.state.grants.pop();
  const { code, stderr } = await admin.run(file, '--restore');
  expect(code).toBe(1);
  expect(stderr).toContain('the client secret (key id');
});

test('--purge deletes it for good and registers a new one', async () => {
  await using stage = await adminStage();
  const { admin, file, application } = await afterDeletion(stage);
  expect(await admin.run(file, '--purge')).toMatchObject({ code: 0 });
  expect(stage.state.applications).not.toContain(application);
  expect(heldIn(stage.state).granted).toHaveLength(4);
});

test('a filter that Graph does not take leaves the others to find it', async () => {
  await using stage = await adminStage();
  const { admin, file } = await afterDeletion(stage);
  const body = { error: { code: 'Request_UnsupportedQuery', message: 'No.' } };
  stage.state.faults.rules = [
    { path: /deletedItems.*uniqueName%20eq/, answer: { kind: 'status', status: 400, body } },
  ];
  expect((await admin.run(file)).stderr).toContain('It keeps its unique name');
});

test('where a cloud takes no upsert of a service principal it is created the old way', async () => {
  await using stage = await adminStage();
  const body = { error: { code: 'BadRequest', message: 'Upsert is not supported.' } };
  stage.state.faults.rules = [
    { method: 'PATCH', path: '/v1.0/servicePrincipals(', answer: { kind: 'status', status: 400, body } },
  ];
  const admin = await stage.admin();
  const { code, stderr } = await admin.run(await stage.script());
  expect(code, stderr).toBe(0);
  expect(heldIn(stage.state).servicePrincipals).toHaveLength(1);
});

test('both forms of the script know the same ways out of a deleted application', () => {
  expect(scriptFor('powershell')).toContain('-Restore');
  expect(scriptFor('powershell')).toContain('-Purge');
  const filter = 'uniqueName%20eq%20%27ta-exchange-setup-abcdefghjkmnpqrstuvw%27';
  expect(scriptFor('az')).toContain(filter);
  // As JSON in which no sign means anything to a shell.
  expect(scriptFor('powershell')).toContain(filter.replaceAll('%', '\\u0025'));
});
