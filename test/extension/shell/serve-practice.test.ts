import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CloudName, clouds } from '../../../src/core/cloud/clouds.ts';
import { createHttp } from '../../../src/core/cloud/pipeline.ts';
import { resolveTenant } from '../../../src/core/sign-in/resolve-tenant.ts';
import { startSession } from '../../../src/core/sign-in/sign-in.ts';
import { say } from '../../../src/core/words/say.ts';
import { servePractice } from '../../../src/extension/shell/serve-practice.ts';
import { createApplication } from '../../../src/practice/graph/application-store.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { personNamed } from '../../support/graph-caller.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A form is sent to its page, whatever comes of it. */
async function change(origin: string): Promise<void> {
  const body = new URLSearchParams({ text: 'nothing' });
  await fetch(`${origin}/devicelogin`, { method: 'POST', body, headers: { origin } });
}

test('a window continues the practice tenant that an earlier one left, with its problems', async () => {
  const folder = join(await tempFolder(), 'storage');
  const first = await servePractice(['sender-missing'], folder);
  await change(first.origin);
  const { id } = first.tenant.state.organization;
  await first.close();
  const second = await servePractice([], folder);
  expect(second.tenant.state.organization.id).toBe(id);
  expect(second.scenarios).toEqual(['sender-missing']);
  await second.close();
});

test('one that another version kept is replaced by a new one', async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'practice.state'), '{"practice":1}');
  const practice = await servePractice([], folder);
  expect(practice.scenarios).toEqual([]);
  await practice.close();
});

test('customers of every cloud are rehearsed in one window, at the same time: each is answered in its own', async () => {
  const practice = await servePractice([], await tempFolder());
  const { state } = practice.tenant;
  Object.assign(state, { approveAs: 'grace@contoso.com', devicePollMs: 0 });
  state.lag.factor = 0;
  const tools = { displayName: 'Our tools', isFallbackPublicClient: true };
  const { appId } = createApplication(state, tools, personNamed(state, 'grace').id);
  const common = {
    clock: fakeClock(),
    log: { info: () => undefined, debug: () => undefined },
    signal: undefined,
  };
  const http = createHttp({ ...common, connections: practice.connections });
  const enter = async (name: CloudName) => {
    const cloud = clouds[name];
    practice.expect(name);
    const { tenantId: tenant } = await resolveTenant({ http, cloud, tenant: 'contoso.com' }, undefined);
    const clientId = cloud.hasGraphTools ? undefined : appId;
    const way = { way: 'device code', showCode: () => undefined } as const;
    return () => startSession({ ...common, http, cloud, tenant, clientId, ...way });
  };
  const entrances = [];
  for (const name of CloudName.options) entrances.push(await enter(name));
  const sessions = await Promise.all(entrances.map((open) => open()));
  const answers = await Promise.all(
    sessions.map(async (session) => {
      const Authorization = `Bearer ${(await session.token()).reveal()}`;
      const { graph: url } = clouds[session.cloud];
      const ask = { method: 'GET', replay: 'safe', doing: say`look`, signal: undefined } as const;
      return await http.send({ ...ask, url: `${url}/v1.0/organization`, headers: { Authorization } });
    }),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  for (const [index, name] of CloudName.options.entries())
    expect(answers[index]?.text).toContain(`"${clouds[name].graph}/v1.0/$metadata#organization"`);
  await practice.close();
});
