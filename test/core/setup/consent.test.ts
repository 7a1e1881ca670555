import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { defaultPermissions } from '../../../src/core/customer/permissions.ts';
import { consentLink, consentRequest } from '../../../src/core/setup/consent-request.ts';
import type { OnboardProgress } from '../../../src/core/stories/onboard.ts';
import { errors } from '../../../src/core/words/errors.ts';
import { findPerson } from '../../../src/practice/people.ts';
import { expectFinished, heldIn } from '../../support/invariants.ts';
import { onboarding } from '../../support/onboarding.ts';
import { clientId, displayName, healthy, tenantId } from '../../support/snapshot.ts';

const byColleague = { approveAs: 'anton@contoso.com', scenarios: ['consent-by-someone-else'] as const };
const consentPatienceMs = 3_600_000;

const waitsIn = (progress: readonly OnboardProgress[]) =>
  progress.filter((event) => event.kind === 'waiting for consent');

test('waits for the consent of somebody else, and goes on by itself to the end', async () => {
  const story = await onboarding(byColleague);
  const { failure, progress, done } = await story.run({ consentPatienceMs });
  expect(failure).toBeUndefined();
  expect(waitsIn(progress).length).toBeGreaterThan(1);
  expect(progress.findLastIndex(({ kind }) => kind === 'consent asked')).toBeLessThan(
    progress.findIndex(({ kind }) => kind === 'waiting for consent'),
  );
  expect(done?.record.consent).toBeUndefined();
  await expectFinished(story);
});

test('asks less and less often, and says for how long it has waited', async () => {
  const story = await onboarding({ approveAs: 'anton@contoso.com' });
  const { failure, progress } = await story.run({ consentPatienceMs: 120_000 });
  expect(failure).toMatchObject({ code: 'TA-CONSENT-NEEDED' });
  const waits = waitsIn(progress);
  expect(waits.slice(0, 7).map(({ ms }) => ms)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  const waited = waits.map(({ waitedMs }) => waitedMs);
  expect(waited.slice(0, 5)).toEqual([0, 1000, 3000, 7000, 15_000]);
  expect(waited.at(-1)).toBeLessThan(120_000);
  expect(heldIn(story.state).liveSecrets).toEqual([]);
});

test('remembers since when it was asked, over a restart too, and goes on where it was', async () => {
  const story = await onboarding(byColleague);
  story.state.colleagueConsentsAfterMs = 600_000;
  await story.run();
  const { consent } = await story.record();
  expect(consent?.askedAt).toMatch(/^2026-11-23T22:0/);
  story.clock.advance(60_000);
  const stop = new AbortController();
  const stopped = await story.run({ consentPatienceMs, signal: stop.signal }, ({ kind }) => {
    if (kind === 'waiting for consent') stop.abort();
  });
  expect(stopped.failure).toMatchObject({
    code: 'TA-CANCELLED',
    message: expect.stringMatching(/Run it again to continue/),
  });
  expect((await story.record()).consent).toEqual(consent);
  expect((await story.run({ consentPatienceMs })).failure).toBeUndefined();
  expect((await story.record()).consent).toBeUndefined();
  await expectFinished(story);
});

test('a consent that came while nobody looked is noticed by the next run', async () => {
  const story = await onboarding(byColleague);
  await story.run();
  story.clock.advance(120_000);
  const { done } = await story.run();
  expect(done?.prepared.plan.changes.map(({ kind }) => kind)).not.toContain('grant-permissions');
  expect(done?.record.consent).toBeUndefined();
});

test('a grant that is refused although the roles look right is asked of somebody else', async () => {
  const story = await onboarding({ approveAs: 'petra@contoso.com' });
  const petra = findPerson(story.state, 'petra@contoso.com');
  petra?.roles.push(...(findPerson(story.state, 'anton@contoso.com')?.roles ?? []));
  const { failure, progress } = await story.run({ consentPatienceMs }, (step) => {
    if (step.kind === 'looked') petra?.roles.shift();
    if (step.kind === 'consent asked') story.state.colleagueConsentsAfterMs = 60_000;
  });
  expect(failure).toBeUndefined();
  expect(waitsIn(progress).length).toBeGreaterThan(1);
  await expectFinished(story);
});

test('a network that fails for a while does not end the wait', async () => {
  const story = await onboarding(byColleague);
  story.state.colleagueConsentsAfterMs = 300_000;
  let failing = 0;
  const { failure } = await story.run({
    consentPatienceMs,
    http: {
      send(request) {
        if (!String(request.doing).startsWith('check for the consent') || failing >= 6)
          return story.http.send(request);
        failing += 1;
        throw errors.noConnection(request.doing, 'graph.microsoft.com', 'ENETDOWN');
      },
    },
  });
  expect(failing).toBe(6);
  expect(failure).toBeUndefined();
});

test('the message says who may click, what is granted, and how to check the link', () => {
  const { record } = healthy().existing;
  const wish = { cloud: clouds.global, displayName, permissions: defaultPermissions };
  const admin = { objectId: '1', userPrincipalName: 'anton@contoso.com' };
  const { link, message } = consentRequest(wish, { ...record, admin });
  expect(message.split('\n')).toContain(link);
  expect(message.replaceAll(link, 'LINK')).toMatchInlineSnapshot(`
    "T&A (Time & Attendance) needs your consent to send email through Exchange Online.

    Who can give it: a Global Administrator or Privileged Role Administrator of contoso.com (contoso.com).
    Where: open this link and accept.
    LINK
    Or in https://entra.microsoft.com: Enterprise applications, Time and Attendance Exchange Online Integration, Permissions, "Grant admin consent".

    What it grants to the application "Time and Attendance Exchange Online Integration" in your own tenant:
    - Directory.Read.All: Named by T&A's own instructions for Exchange Online.
    - User.Read.All: The User Endpoint looks up the sender.
    - Mail.ReadWrite: T&A writes every email as a draft first, with its attachments and upload sessions.
    - Mail.Send: The draft is sent.

    How to check that it is genuine:
    - The link begins with https://login.microsoftonline.com/11111111-1111-4111-a111-111111111111/. That is Microsoft's sign-in page, and 11111111-1111-4111-a111-111111111111 is your Tenant ID: see https://entra.microsoft.com under Overview.
    - The link holds the client id 22222222-2222-4222-a222-222222222222. App registrations in https://entra.microsoft.com lists it, registered on 2026-11-20 by anton@contoso.com.
    - Microsoft's page names the same application and just these permissions.

    After you accept, the page may end with the error AADSTS500113 or AADSTS900971: the application has no reply address. The consent is usually recorded by then; the person who sent you this link checks it.
    A consent for the whole tenant may revoke other permissions that the application was granted before.
    No one will ask you for a password or a secret."
  `);
});

test('a name cannot add a line to the message', () => {
  const { record } = healthy().existing;
  const wish = { cloud: clouds.global, displayName: 'T&A\nhttps://evil.example\u202E', permissions: [] };
  const { message } = consentRequest(wish, record);
  expect(message).toContain('"T&A https://evil.example\ufffd"');
  expect(message.split('\n').filter((line) => line.startsWith('https://'))).toHaveLength(1);
});

test.each(Object.values(clouds))('the consent link of the $name cloud stays in that cloud', (cloud) => {
  const link = new URL(consentLink(cloud, tenantId, clientId));
  expect(link.origin).toBe(cloud.login);
  expect(link.pathname).toBe(`/${tenantId}/adminconsent`);
  expect(Object.fromEntries(link.searchParams)).toEqual({ client_id: clientId });
});

/** The directory lists no role of the admin, as it has been seen to where a role is held through a group. */
const unlisted = {
  path: /transitiveMemberOf/,
  answer: { kind: 'status', status: 200, body: { value: [] } },
} as const;

test('a Global Administrator whom the directory does not list is known by the token', async () => {
  const story = await onboarding({ faults: [unlisted] });
  const { failure, done } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.prepared.findings.find(({ id }) => id === 'admin')?.level).toBe('good');
});

test('one whom neither names is warned, and gets everything done, for the tenant has the last word', async () => {
  const story = await onboarding({ faults: [unlisted] });
  const signIn = async (tenant: string) => ({ ...(await story.signInOnce(tenant)), wids: [] });
  const { failure, done } = await story.run({ signIn });
  expect(failure).toBeUndefined();
  expect(done?.prepared.findings.find(({ id }) => id === 'admin-role')?.level).toBe('note');
  await expectFinished(story);
});

test('where the tenant refuses the grant, the way to the consent is told, and no secret is left', async () => {
  const story = await onboarding({ approveAs: 'anton@contoso.com' });
  const { failure } = await story.run();
  expect(failure).toMatchObject({
    code: 'TA-CONSENT-NEEDED',
    advice: { next: expect.saying('AADSTS900971') },
  });
  expect(heldIn(story.state).liveSecrets).toEqual([]);
});
