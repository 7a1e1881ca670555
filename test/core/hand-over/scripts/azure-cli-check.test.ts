import { expect, test } from 'vitest';
import { lagSigns } from '../../../../src/core/setup/replication.ts';
import { createApplication } from '../../../../src/practice/graph/application-store.ts';
import { scriptFor } from '../../../support/admin-script.ts';
import { adminStage } from '../../../support/admin-stage.ts';
import { personNamed } from '../../../support/graph-caller.ts';
import { heldIn } from '../../../support/invariants.ts';
import { lastWeek, plant, strange } from '../../../support/planted-app.ts';

const uniqueName = 'ta-exchange-setup-abcdefghjkmnpqrstuvw';
const kinds = [
  'the owner uwe@contoso.com',
  'the client secret (key id',
  'the certificate (key id',
  'the federated credential ci of https://x.example',
  'the redirect URI ',
];

test.each(strange)(
  'a script grants nothing to an application that carries %s',
  async (kind, _listed, put) => {
    await using stage = await adminStage();
    const planted = plant(stage);
    planted.application.graph.uniqueName = uniqueName;
    put(stage.state, planted);
    const before = structuredClone(planted.application.graph);
    const admin = await stage.admin();
    const file = await stage.script();
    const { code, stdout, stderr } = await admin.run(file);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining('so nothing was changed')]);
    expect(
      kinds.filter((one) => stderr.includes(one)),
      kind,
    ).toHaveLength(1);
    expect(planted.application.graph).toEqual(before);
    expect(heldIn(stage.state).granted).toEqual([]);
    expect((await admin.run(file, '--adopt', personNamed(stage.state, 'uwe').id)).code).toBe(1);
    expect(await admin.run(file, '--adopt', planted.application.appId)).toMatchObject({ code: 0 });
    expect(heldIn(stage.state).granted).toHaveLength(4);
  },
);

test('a script that was made to adopt an application agrees to this one and to no other', async () => {
  await using stage = await adminStage();
  const planted = plant(stage);
  planted.application.graph.uniqueName = uniqueName;
  strange[0]?.[2](stage.state, planted);
  const admin = await stage.admin();
  const ofAnother = await stage.script({ adopt: personNamed(stage.state, 'uwe').id });
  expect(await admin.run(ofAnother)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('so nothing was changed'),
  });
  expect(heldIn(stage.state).granted).toEqual([]);
  expect(await admin.run(await stage.script({ adopt: planted.application.appId }))).toMatchObject({
    code: 0,
  });
  expect(heldIn(stage.state).granted).toHaveLength(4);
});

test('an application that was created by hand is found by the client id that was agreed to, and gets a name of ours', async () => {
  await using stage = await adminStage();
  const byHand = createApplication(
    lastWeek(stage.state),
    { displayName: 'Mailer' },
    personNamed(stage.state, 'clara').id,
  );
  const admin = await stage.admin();
  const { code, stdout, stderr } = await admin.run(await stage.script({ adopt: byHand.appId }));
  expect([code, stderr]).toEqual([0, expect.stringContaining('the owner clara@contoso.com')]);
  expect(stdout).toContain(`"clientId": "${byHand.appId}"`);
  expect(byHand.graph.uniqueName).toBe(uniqueName);
  expect(heldIn(stage.state).applications).toHaveLength(1);
  expect(heldIn(stage.state).granted).toHaveLength(4);
});

test('a script that was made to adopt an application registers none in its place', async () => {
  await using stage = await adminStage();
  const admin = await stage.admin();
  const adopt = personNamed(stage.state, 'uwe').id;
  const { code, stderr } = await admin.run(await stage.script({ adopt }));
  expect([code, stderr]).toEqual([1, expect.stringContaining(`does not have the client id ${adopt}`)]);
  expect(heldIn(stage.state).granted).toEqual([]);
  expect(scriptFor('powershell', { adopt })).toContain(`[string] $Adopt = '${adopt}',`);
});

test('lag that reads like a missing right is waited for', async () => {
  await using stage = await adminStage({ lagFactor: 1 });
  const message =
    'When using this permission, the backing application of the service principal being created must in the local tenant';
  const body = { error: { code: 'Authorization_RequestDenied', message } };
  stage.state.faults.rules = [
    {
      method: 'PATCH',
      path: '/v1.0/servicePrincipals(',
      nth: [1, 2],
      answer: { kind: 'status', status: 403, body },
    },
  ];
  const admin = await stage.admin();
  const { code, stderr } = await admin.run(await stage.script());
  expect(stderr).toContain('must in the local tenant');
  expect(code).toBe(0);
});

test('one table tells lag from refusal, in the product and in both scripts', () => {
  for (const sign of lagSigns) {
    expect(scriptFor('az')).toContain(`*'${sign}'*`);
    expect(scriptFor('powershell')).toContain(`'${sign}'`);
  }
});

test('an Azure CLI that ends its lines as Windows does gives the same result', async () => {
  await using stage = await adminStage();
  const admin = await stage.admin({ lineEnd: '\r\n' });
  const file = await stage.script();
  const first = await admin.run(file);
  expect(first).toMatchObject({ code: 0, stdout: expect.not.stringContaining('\r') });
  expect(heldIn(stage.state).granted).toHaveLength(4);
  expect(await admin.run(file)).toMatchObject({ code: 0, stderr: expect.stringContaining('created before') });
});
