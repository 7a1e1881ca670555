import { expect, test } from 'vitest';
import { fileOf } from '../../support/mail-tenant.ts';
import { code, filesOf, sendingTenant } from '../../support/sending-tenant.ts';

test('sends a plain mail in the order of T&A', async () => {
  const tenant = await sendingTenant();
  const { sent, progress, failure } = await tenant.send();
  expect(failure).toBeUndefined();
  const ids = [sent?.userId ?? '', /messages\/([^/]+)\/send/.exec(tenant.routes().at(-1) ?? '')?.[1] ?? ''];
  expect(tenant.routes()).toEqual([
    `POST /${tenant.state.organization.id}/oauth2/v2.0/token`,
    'GET /v1.0/users/ta%40contoso.com',
    `POST /v1.0/users/${ids[0]}/messages`,
    `POST /v1.0/users/${ids[0]}/messages/${ids[1]}/send`,
  ]);
  expect(progress.map(({ step, state }) => `${step} ${state}`)).toEqual([
    'token started',
    'token done',
    'user started',
    'user done',
    'draft started',
    'draft done',
    'send started',
    'send done',
  ]);
});

test('delivers attachments of every size to the byte', async () => {
  const tenant = await sendingTenant();
  const mb3 = 3 * 1024 * 1024;
  const files = {
    'empty.txt': fileOf(0),
    'one.txt': fileOf(1),
    'small.pdf': fileOf(mb3),
    'large.pdf': fileOf(mb3 + 1),
    'larger.zip': fileOf(10 * 1024 * 1024),
  };
  const { sent, failure } = await tenant.send({ attachments: await filesOf(files) });
  expect(failure).toBeUndefined();
  const [mail] = tenant.mails('robin', 'inbox');
  expect(mail?.graph['internetMessageId']).toBe(sent?.internetMessageId);
  expect(mail?.graph['subject']).toBe(`Hours of week 48 [${code}]`);
  const arrived = mail?.attachments.map(({ graph, bytes }) => [graph['name'], Buffer.from(bytes)]) ?? [];
  expect(arrived.map(([name]) => name)).toEqual(Object.keys(files));
  for (const [name, bytes] of Object.entries(files)) {
    const [, found] = arrived.find(([each]) => each === name) ?? [];
    expect(Buffer.compare(bytes, found as Buffer), name).toBe(0);
  }
});
