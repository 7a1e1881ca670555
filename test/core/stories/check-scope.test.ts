import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkOneCustomer } from '../../../src/core/stories/check.ts';
import { addGrant } from '../../../src/practice/graph/grants.ts';
import { graphClientId, graphPermissions } from '../../../src/practice/graph-permissions.ts';
import { ours } from '../../support/checking.ts';
import { grantOnExchange, limitAppsToSender, scopedOnboarding } from '../../support/exchange-admin.ts';
import type { Onboarding } from '../../support/onboarding.ts';
import { scopedCustomer } from '../../support/scoped-customer.ts';

const hour = 60 * 60_000;

async function check(story: Onboarding) {
  const file = story.files.record.replace('.ta-record.', '.ta-customer.');
  await writeFile(file, JSON.stringify(scopedCustomer));
  const ports = { http: story.http, clock: story.clock, signal: undefined, patienceMs: 5000 };
  const { customer } = await checkOneCustomer({ file, kind: 'practice', mayBeFresh: false }, ports);
  const levels = Object.fromEntries(customer.findings.map(({ code, level }) => [code, level]));
  return { standing: customer.standing, levels, findings: customer.findings };
}

/** One mailbox only, as the record says: waiting for Exchange, then proved. */
async function limited(): Promise<Onboarding> {
  const story = await scopedOnboarding();
  await story.run();
  limitAppsToSender(story.state);
  story.clock.advance(hour);
  expect((await story.run()).failure).toBeUndefined();
  story.clock.advance(5 * hour);
  return story;
}

test('while Exchange is waited for, that is what is told, and no mail permission is missed in the token', async () => {
  const story = await scopedOnboarding();
  await story.run();
  const { standing, levels } = await check(story);
  expect(standing).toBe('waiting for Exchange');
  expect(levels).toMatchObject({ permissions: 'good', 'TA-WAITING-FOR-EXCHANGE': 'warn' });
});

test('once it is limited both mailboxes are looked at, and all is good', async () => {
  const { standing, levels } = await check(await limited());
  expect(standing).toBe('ready');
  expect(levels).toMatchObject({ permissions: 'good', mailbox: 'good', 'mailbox-scope': 'good' });
});

test('a grant in Entra that opens every mailbox again is bad', async () => {
  const story = await limited();
  const { principal } = ours(story);
  const graph = story.state.servicePrincipals.find(({ appId }) => appId === graphClientId);
  const appRoleId = graphPermissions.find(({ value }) => value === 'Mail.ReadWrite')?.role ?? '';
  addGrant(story.state, { principalId: principal.id, resourceId: graph?.id ?? '', appRoleId });
  story.clock.advance(hour);
  const { standing, levels } = await check(story);
  expect(standing).toBe('broken');
  expect(levels).toMatchObject({ 'TA-TENANT-WIDE': 'bad', 'TA-SCOPE-TOO-WIDE': 'bad' });
});

test('so is one on the API of Exchange, which no token of Graph shows; told once', async () => {
  const story = await limited();
  grantOnExchange(story.state);
  const { standing, findings } = await check(story);
  expect(standing).toBe('broken');
  const told = findings.filter(({ text }) => text.includes('full_access_as_app'));
  expect(told).toMatchObject([{ code: 'TA-TENANT-WIDE', level: 'bad' }]);
});
