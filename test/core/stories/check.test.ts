import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { exitCodeOf } from '../../../src/core/check/checked.ts';
import { lastCheckFileOf } from '../../../src/core/customer/file-names.ts';
import { findLastCheck } from '../../../src/core/customer/last-check.ts';
import { needsAction, standingOf } from '../../../src/core/customer/standing.ts';
import { addGrant } from '../../../src/practice/graph/grants.ts';
import { addSecret } from '../../../src/practice/graph/secrets.ts';
import { dayMs, ours, type SetUp, setUp } from '../../support/checking.ts';
import { appRoleId, personNamed } from '../../support/graph-caller.ts';
import { strange } from '../../support/planted-app.ts';

test('a healthy customer takes two requests, and all is good but what the app cannot see', async () => {
  const { story, check } = await setUp();
  const before = story.state.requests.length;
  const { customer } = await check();
  const asked = story.state.requests.slice(before).filter(({ inBatch }) => !inBatch);
  expect(asked.map(({ host, path }) => host + path.replace(/[0-9a-f-]{36}/, 'TENANT'))).toEqual([
    'login.microsoftonline.com/TENANT/oauth2/v2.0/token',
    'graph.microsoft.com/v1.0/$batch',
  ]);
  expect(customer.findings.filter(({ level }) => level !== 'good').map(({ code }) => code)).toEqual([
    'not-visible',
    'sender-shown-name',
  ]);
  expect(customer).toMatchObject({
    name: 'Contoso Ltd',
    standing: 'ready',
    looked: true,
    secret: { daysLeft: 177 },
  });
  expect(exitCodeOf({ customers: [customer] })).toBe(0);
});

type Harm = (setUp: SetUp) => unknown;
const removeGrant =
  (at: number): Harm =>
  ({ story }) => {
    const { principal } = ours(story);
    const mine = story.state.grants.filter(({ principalId }) => principalId === principal.id);
    story.state.grants.splice(story.state.grants.indexOf(mine[at] ?? expect.fail()), 1);
  };

const edit =
  (kind: 'preferences' | 'record', from: string | RegExp, to: string): Harm =>
  async ({ story }) => {
    const text = await readFile(story.files[kind], 'utf8');
    expect(text).toMatch(from);
    await writeFile(story.files[kind], text.replace(from, to));
  };

const harms: [string, Harm, string, string, string][] = [
  [
    'the secret expires soon',
    ({ story }) => story.clock.advance(150 * dayMs),
    'secret-expiring',
    'warn',
    'expiring',
  ],
  [
    'the secret has expired',
    ({ story }) => story.clock.advance(190 * dayMs),
    'AADSTS7000222',
    'bad',
    'expired',
  ],
  [
    'the secret was deleted',
    ({ story }) => ours(story).application.secrets.splice(0),
    'AADSTS7000215',
    'bad',
    'broken',
  ],
  [
    'the application was deleted',
    ({ story }) => Object.assign(ours(story).application, { deletedAt: 1 }),
    'AADSTS700016',
    'bad',
    'broken',
  ],
  [
    'the service principal was deleted',
    ({ story }) => Object.assign(ours(story).principal, { deletedAt: 1 }),
    'AADSTS7000229',
    'bad',
    'broken',
  ],
  [
    'the application is disabled',
    ({ story }) => Object.assign(ours(story).principal.graph, { accountEnabled: false }),
    'AADSTS7000112',
    'bad',
    'broken',
  ],
  ['a permission was revoked', removeGrant(3), 'permissions-missing', 'bad', 'broken'],
  [
    'someone else has a secret',
    ({ story }) => {
      const startsAt = story.clock.now() - dayMs;
      addSecret(story.state, ours(story).application, {
        startsAt,
        endsAt: startsAt + 90 * dayMs,
        displayName: 'x',
      });
    },
    'application-credentials',
    'warn',
    'needs attention',
  ],
  [
    'another person owns it',
    ({ story }) => ours(story).application.owners.push(personNamed(story.state, 'uwe').id),
    'application-surplus',
    'note',
    'ready',
  ],
  [
    'the sender lost its mailbox',
    ({ story }) => story.state.mailboxes.splice(0),
    'MailboxNotEnabledForRESTAPI',
    'bad',
    'broken',
  ],
  [
    'an endpoint was changed',
    edit('preferences', '/{DraftMessageId}/send', '/{DraftMessageId}/post'),
    'TA-ENDPOINT',
    'bad',
    'broken',
  ],
  [
    'an endpoint is spelt in another way',
    edit('preferences', /(?<="graphApiEndpoint": "[^"]*)"/, '/"'),
    'endpoint-spelling',
    'note',
    'ready',
  ],
  [
    'the from address was changed',
    edit('preferences', 'ta@contoso.com', 'robin@contoso.com'),
    'preferences-differ',
    'warn',
    'needs attention',
  ],
  [
    'the last test email came back',
    edit('record', '"inbox"', '"bounced"'),
    'test-email',
    'warn',
    'needs attention',
  ],
  [
    'the last test email was not seen',
    edit('record', '"inbox"', '"not seen"'),
    'test-email',
    'note',
    'unverified',
  ],
  [
    'no test email was sent',
    edit('record', /"verification": {.*?\n {2}},?\n/s, ''),
    'test-email',
    'note',
    'unverified',
  ],
  [
    'accounts of other tenants may use it',
    ({ story }) => Object.assign(ours(story).application.graph, { signInAudience: 'AzureADMultipleOrgs' }),
    'application-audience',
    'note',
    'ready',
  ],
  [
    'another permission was granted',
    ({ story: { state }, story }) => {
      const graph = state.servicePrincipals.find(({ appId }) => appId.startsWith('00000003-'));
      const [principalId, resourceId] = [ours(story).principal.id, graph?.id ?? expect.fail()];
      addGrant(state, { principalId, resourceId, appRoleId: appRoleId('Calendars.Read') });
    },
    'permissions-surplus',
    'note',
    'ready',
  ],
];

test.each(harms)(
  'where %s it is told, kept, and changes the standing',
  async (_name, harm, code, level, standing) => {
    const all = await setUp();
    await harm(all);
    const { customer } = await all.check();
    const told = customer.findings.filter((finding) => finding.code === code);
    expect(told.map((finding) => finding.level)).toEqual([level]);
    expect(told[0]).toMatchObject({ who: expect.any(String), next: expect.any(String) });
    expect([customer.looked, customer.standing]).toEqual([true, standing]);
    const seen = await findLastCheck(lastCheckFileOf(all.file));
    const record = await all.story.record();
    expect(standingOf({ customer: all.story.customer, record, seen }, all.story.clock.now()).status).toBe(
      standing,
    );
    const isAction = customer.findings.some((finding) => ['warn', 'bad'].includes(finding.level));
    expect(needsAction(customer.standing)).toBe(isAction);
    expect(exitCodeOf({ customers: [customer] })).toBe(isAction ? 2 : 0);
  },
);

test.each(strange)('%s that was added since is told', async (_name, text, add) => {
  const { story, check } = await setUp();
  add(story.state, ours(story));
  const { customer } = await check();
  expect(customer.findings.map((finding) => finding.text).join('\n')).toMatch(text);
});

test('before a secret is removed by hand, it is to be seen that T&A does not use it', async () => {
  const { story, check } = await setUp();
  const endsAt = story.clock.now() + 90 * dayMs;
  addSecret(story.state, ours(story).application, { startsAt: story.clock.now(), endsAt, displayName: 'x' });
  const { customer } = await check();
  const found = customer.findings.find(({ code }) => code === 'application-credentials');
  expect(found?.next).toMatch(
    /T&A may be using one .* make sure that T&A uses the one in the preferences file/,
  );
});

test('what the app has no right to see is named, and the end of its secret is that of the record', async () => {
  const permissions = ['User.Read.All', 'Mail.ReadWrite', 'Mail.Send'];
  const all = await setUp({ app: { permissions } });
  const { grants } = all.story.state;
  const wide = grants.findIndex(({ graph }) => graph.appRoleId === appRoleId('Directory.Read.All'));
  grants.splice(wide, 1);
  const told = async () => (await all.check()).customer.findings.map(({ code, text }) => `${code}: ${text}`);
  expect((await told()).join('\n')).toMatch(
    /not-visible: The app has no right to see this: .*application.*whether a policy of the tenant/,
  );
  expect((await told()).join('\n')).toMatch(/^secret: .*It expires on 2027/m);
  await edit('record', /"hint": "..."/, '"hint": "xyz"')(all);
  expect(await told()).toContainEqual(expect.stringMatching(/^secret-expiry-unknown: /));
});
