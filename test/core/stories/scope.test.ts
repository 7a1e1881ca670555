import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { exchangePatienceMinutes } from '../../../src/core/mailbox-scope/proof.ts';
import type { ProofProgress } from '../../../src/core/stories/prove-and-send.ts';
import { mailboxScopeText, proveOneMailbox } from '../../../src/core/stories/scope.ts';
import { drain } from '../../../src/core/waiting.ts';
import { addGrant } from '../../../src/practice/graph/grants.ts';
import { graphClientId, graphPermissions } from '../../../src/practice/graph-permissions.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { errorFrom } from '../../support/error-from.ts';
import {
  grantOnExchange,
  limitAppsToSender,
  makeExchangeSlow,
  scopedOnboarding,
} from '../../support/exchange-admin.ts';
import type { Onboarding } from '../../support/onboarding.ts';
import { scopedCustomer } from '../../support/scoped-customer.ts';

const minute = 60_000;

/** `scope --prove`, with what it yielded. */
async function prove(story: Onboarding, exchangePatienceMs = 0, customer = story.customer) {
  const { files, http, clock } = story;
  const seen: ProofProgress[] = [];
  const proving = proveOneMailbox(
    { customer, files, kind: 'practice', by: 'test', mail: undefined },
    { http, clock, signal: undefined, random: () => 0, exchangePatienceMs },
  );
  const verification = await drain(proving, (event) => void seen.push(event));
  return { verification, seen };
}

test('sets up all but the mail permissions, then waits for Exchange and says so in the record', async () => {
  const story = await scopedOnboarding();
  const { failure, progress } = await story.run();
  expect(failure).toMatchObject({ code: 'TA-WAITING-FOR-EXCHANGE', doing: 'prove the mailbox scope' });
  expect(progress.find(({ kind }) => kind === 'proved')).toMatchObject({
    roles: ['Directory.Read.All', 'User.Read.All'],
  });
  const { mailboxScope, grants } = await story.record();
  expect(mailboxScope).toMatchObject({ state: 'waiting for Exchange', mailbox: 'ta@contoso.com' });
  expect(grants.map(({ permission }) => permission)).toEqual(['Directory.Read.All', 'User.Read.All']);
  // A consent link grants what the registration asks for.
  const [application] = story.state.applications;
  expect(application?.graph.requiredResourceAccess).toMatchObject([{ resourceAccess: { length: 2 } }]);
});

test('a script that is run, then the set-up again: proved both ways, and at rest afterwards', async () => {
  const story = await scopedOnboarding();
  await story.run();
  const since = (await story.record()).mailboxScope?.at;
  story.clock.advance(5 * minute);
  await story.run();
  expect((await story.record()).mailboxScope?.at).toBe(since);
  limitAppsToSender(story.state);
  story.clock.advance(5 * minute);
  const { failure, done } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.verification?.receipt.recipients).toEqual([{ address: 'ta@contoso.com', outcome: 'inbox' }]);
  expect((await story.record()).mailboxScope).toMatchObject({
    state: 'proved',
    mailbox: 'ta@contoso.com',
    otherMailbox: 'robin@contoso.com',
  });
  const mails = story.state.mailboxes.flatMap(({ mails }) => mails).length;
  expect((await story.run()).done?.verification).toBeUndefined();
  expect(story.state.mailboxes.flatMap((mailbox) => mailbox.mails)).toHaveLength(mails);
});

test('waits out the cache of Exchange with ever longer pauses, and is bounded', async () => {
  const story = await scopedOnboarding();
  await story.run();
  limitAppsToSender(story.state);
  story.clock.advance(5 * minute);
  makeExchangeSlow(story);
  // It keeps its answer for up to two hours while it is asked.
  expect(exchangePatienceMinutes).toBeGreaterThan(120);
  const { seen } = await prove(story, exchangePatienceMinutes * minute);
  const waits = seen.filter((event) => event.kind === 'waiting for Exchange');
  expect(waits.at(0)).toEqual({ kind: 'waiting for Exchange', waitedMs: 0, ms: 5000 });
  expect(waits.at(-1)?.waitedMs).toBeGreaterThan(30 * minute);
  expect(waits.length).toBeLessThan(10);
  expect(seen).toContainEqual({ kind: 'kept out', mailbox: 'robin@contoso.com' });
  expect((await story.record()).mailboxScope?.state).toBe('proved');
});

test('gives up after its patience, and can be begun again', async () => {
  const story = await scopedOnboarding();
  await story.run();
  expect(String(await errorFrom(prove(story, minute)))).toContain('ta@contoso.com after 1 minute.');
  const begun = story.clock.now();
  const failure = await errorFrom(prove(story, 150 * minute));
  expect(failure).toMatchObject({
    message: 'Waiting for Exchange: it does not let the app into ta@contoso.com after 150 minutes.',
  });
  expect(story.clock.now() - begun).toBeLessThan(152 * minute);
  limitAppsToSender(story.state);
  story.clock.advance(5 * minute);
  expect((await prove(story)).verification?.receipt.inSentItems).toBe(true);
});

test('an app that had every mailbox loses that, and its proof with it', async () => {
  const story = await scopedOnboarding(contosoCustomer);
  await story.run();
  story.clock.advance(5 * minute);
  story.customer = Customer.parse(scopedCustomer);
  // The script may be run before; T&A then loses no time.
  limitAppsToSender(story.state);
  const { done, failure } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.prepared.plan.changes.map(({ kind }) => kind)).toEqual([
    'register-application',
    'remove-grants',
  ]);
  expect(story.requests().filter((line) => line.includes('DELETE'))).toHaveLength(2);
  const { grants, proof, mailboxScope } = await story.record();
  expect(grants.map(({ permission }) => permission)).toEqual(['Directory.Read.All', 'User.Read.All']);
  expect(proof?.roles).toEqual(['Directory.Read.All', 'User.Read.All']);
  expect(mailboxScope?.state).toBe('proved');
});

test('a removal whose answer is lost is asked for again', async () => {
  const story = await scopedOnboarding(contosoCustomer);
  await story.run();
  story.clock.advance(5 * minute);
  story.customer = Customer.parse(scopedCustomer);
  limitAppsToSender(story.state);
  // The first batch is the look.
  story.state.faults.rules.push({ path: '/v1.0/$batch', nth: 2, answer: { kind: 'reset-after' } });
  const { done, failure } = await story.run();
  expect([failure, story.struck()]).toEqual([undefined, 1]);
  expect(done?.record.grants).toHaveLength(2);
  expect(done?.record.mailboxScope?.state).toBe('proved');
});

test('a grant that somebody gives back is found by the proof, at once by the next set-up', async () => {
  const story = await scopedOnboarding();
  await story.run();
  limitAppsToSender(story.state);
  story.clock.advance(5 * minute);
  grantTenantWide(story, 'Mail.ReadWrite');
  story.clock.advance(minute);
  expect(await errorFrom(prove(story))).toMatchObject({
    code: 'TA-TENANT-WIDE',
    message: 'The app can use every mailbox of the tenant: it has Mail.ReadWrite.',
  });
  const { failure, done } = await story.run();
  expect(failure).toBeUndefined();
  expect(done?.prepared.plan.changes).toMatchObject([
    { kind: 'remove-grants', grants: [{ permission: 'Mail.ReadWrite' }] },
  ]);
});

test('a grant on the API of Exchange, which no token of Graph shows, is found by the proof', async () => {
  const story = await scopedOnboarding();
  await story.run();
  limitAppsToSender(story.state);
  story.clock.advance(5 * minute);
  grantOnExchange(story.state);
  expect(await errorFrom(prove(story))).toMatchObject({
    code: 'TA-TENANT-WIDE',
    message: expect.stringContaining('it has full_access_as_app on Office 365 Exchange Online.'),
  });
  expect((await story.record()).mailboxScope?.state).toBe('waiting for Exchange');
});

test('a role that Exchange gives without a scope is too wide', async () => {
  const story = await scopedOnboarding();
  await story.run();
  limitAppsToSender(story.state);
  const { rights } = story.state.rbac;
  rights.splice(0, rights.length, ...rights.map((right) => ({ ...right, mailbox: undefined })));
  story.clock.advance(5 * minute);
  const { failure } = await story.run();
  expect(failure).toMatchObject({ code: 'TA-SCOPE-TOO-WIDE' });
  expect((await story.record()).mailboxScope?.state).toBe('waiting for Exchange');
});

test('nothing is proved without another mailbox that exists', async () => {
  const { otherMailbox: _other, ...mail } = scopedCustomer.mail;
  const story = await scopedOnboarding({ ...scopedCustomer, mail });
  const first = await story.run();
  expect(first.progress.find(({ kind }) => kind === 'looked')).toMatchObject({
    findings: expect.arrayContaining([
      expect.objectContaining({ id: 'scope-other-mailbox', level: 'later' }),
    ]),
  });
  const asked = story.clock.now();
  expect(await errorFrom(prove(story, 150 * minute))).toMatchObject({ code: 'TA-OTHER-MAILBOX-NEEDED' });
  // Exchange was not waited for.
  expect(story.clock.now()).toBe(asked);
  limitAppsToSender(story.state);
  story.clock.advance(5 * minute);
  expect((await story.run()).failure).toMatchObject({ code: 'TA-OTHER-MAILBOX-NEEDED', exitCode: 3 });
  const named = (otherMailbox: string) =>
    Customer.parse({ ...scopedCustomer, mail: { ...mail, otherMailbox } });
  expect(await errorFrom(prove(story, 0, named('TA@contoso.com')))).toMatchObject({
    code: 'TA-OTHER-MAILBOX-NEEDED',
  });
  expect((await prove(story, 0, named('payroll@contoso.com'))).verification).toBeDefined();
  story.customer = named('nobody@contoso.com');
  expect((await story.run()).failure).toMatchObject({ code: 'TA-BLOCKED' });
});

test('preferences of another app prove nothing of this one', async () => {
  const story = await scopedOnboarding();
  await story.run();
  const text = await readFile(story.files.preferences, 'utf8');
  const clientId = (await story.record()).application?.clientId ?? '';
  await writeFile(story.files.preferences, text.replace(clientId, '11111111-1111-4111-a111-111111111111'));
  expect(await errorFrom(prove(story))).toMatchObject({ code: 'TA-BAD-INPUT', exitCode: 3 });
});

test('there is no script for a customer of the whole tenant, nor before the app exists', async () => {
  const story = await scopedOnboarding();
  const early = mailboxScopeText(story.customer, story.files.record);
  expect(await errorFrom(early)).toMatchObject({ code: 'TA-NO-APP-YET', exitCode: 3 });
  expect(await errorFrom(prove(story))).toMatchObject({ code: 'TA-NO-APP-YET' });
  const tenant = mailboxScopeText(Customer.parse(contosoCustomer), story.files.record);
  expect(await errorFrom(tenant)).toMatchObject({ code: 'TA-SCOPE-IS-TENANT', exitCode: 3 });
});

function grantTenantWide({ state }: Onboarding, permission: string): void {
  const ours = state.applications.map(({ appId }) => appId);
  const principal = state.servicePrincipals.find(({ appId }) => ours.includes(appId));
  const graph = state.servicePrincipals.find(({ appId }) => appId === graphClientId);
  const appRoleId = graphPermissions.find(({ value }) => value === permission)?.role ?? '';
  addGrant(state, { principalId: principal?.id ?? '', resourceId: graph?.id ?? '', appRoleId });
}
