import { test } from 'vitest';
import { entraRoles } from '../../src/practice/directory-roles.ts';
import { addMailbox, addPerson, findPerson, sender } from '../../src/practice/people.ts';
import { type ScenarioName, scenarios } from '../../src/practice/scenarios.ts';
import type { Person, State } from '../../src/practice/state.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { fileOf } from '../support/mail-tenant.ts';
import { servedPractice, whatIsLeft } from '../support/served-practice.ts';
import { shownText } from '../support/shown-text.ts';

interface Story {
  /** Of the first run. */
  readonly code: 0 | 1;
  /** Applications, service principals, live secrets, grants and mails received after the first run. */
  readonly left: readonly [number, number, number, number, number];
  /** Before the first run. */
  readonly prepare?: (state: State) => void;
  /** Takes the cause away. */
  readonly putRight: (state: State, clock: FakeClock) => void;
  readonly attachmentBytes?: number;
  /** The scenario with the same words on the screen; without one it has its own. */
  readonly looksLike?: 'instant';
}

const nothing = [0, 0, 0, 0, 0] as const;
const registered = [1, 1, 0, 0, 0] as const;
const setUp = [1, 1, 1, 4, 0] as const;
const everything = [1, 1, 1, 4, 1] as const;

/** What Azure is like matters to the escrow alone: test/core/stories/escrow-failures.test.ts plays these, and remove-vault.test.ts the second. */
const ofAzure = [
  'no-subscription',
  'no-azure-rights',
  'no-vault-rights',
  'vault-name-taken',
  'arm-policy-denied',
  'provider-not-registered',
] as const;

const stories: Readonly<Record<Exclude<ScenarioName, (typeof ofAzure)[number]>, Story>> = {
  // Minutes are in test/core; here it takes four times as long as usual, so that the mail is seen to arrive.
  'slow-replication': {
    code: 0,
    left: everything,
    looksLike: 'instant',
    prepare: (state) => {
      state.lag.factor = 4;
    },
    putRight: (state) => {
      state.lag.factor = 1;
    },
  },
  // There is nothing to put right.
  instant: { code: 0, left: everything, putRight: () => {} },
  // The second run signs in anew.
  'session-revoked': { code: 1, left: nothing, putRight: () => {} },
  // Nothing was deleted: test/practice/graph/deleted-items.test.ts plays it.
  'restored-alone': { code: 0, left: everything, looksLike: 'instant', putRight: () => {} },
  // They matter to a renewal: test/core/stories/renew.test.ts plays them.
  'ta-keeps-old-secret': { code: 0, left: everything, looksLike: 'instant', putRight: () => {} },
  'no-premium-licence': { code: 0, left: everything, looksLike: 'instant', putRight: () => {} },
  'german-mailbox': { code: 0, left: everything, looksLike: 'instant', putRight: () => {} },
  'device-code-blocked': {
    code: 1,
    left: nothing,
    putRight: (state) => {
      state.deviceCodeBlockedBy = undefined;
    },
  },
  'app-admin-only': { code: 1, left: registered, putRight: makeGlobalAdministrator },
  // Any user may register applications here; all else is refused by the tenant itself.
  'no-admin-role': { code: 1, left: [1, 0, 0, 0, 0], putRight: makeGlobalAdministrator },
  'users-may-not-register': { code: 1, left: nothing, putRight: makeGlobalAdministrator },
  'secrets-forbidden': { code: 1, left: nothing, putRight: switchPolicyOff },
  'secret-lifetime-limited': { code: 1, left: nothing, putRight: switchPolicyOff },
  'sender-missing': { code: 1, left: nothing, putRight: (state) => void addPerson(state, sender) },
  // The directory cannot tell it from a shared mailbox: Exchange says it when the mail is sent.
  'sender-without-mailbox': {
    code: 1,
    left: setUp,
    putRight: (state) => void addMailbox(state, person(state, 'ta@contoso.com')),
  },
  throttled: { code: 0, left: everything, putRight: endFaults, attachmentBytes: 20_000 },
  flaky: { code: 0, left: everything, putRight: endFaults, attachmentBytes: 3_500_000 },
  'mailbox-size-limited': {
    code: 1,
    left: setUp,
    putRight: (state) => {
      for (const mailbox of state.mailboxes) mailbox.sendLimit = 35 * 1024 * 1024;
    },
    attachmentBytes: 6_000_000,
  },
  'second-app-of-same-name': {
    code: 0,
    left: everything,
    putRight: (state) => {
      state.applications.splice(0, 1);
    },
  },
  // The tenant-wide grants of this customer stand beside what Exchange grants.
  'mailbox-scoped': {
    code: 0,
    left: everything,
    looksLike: 'instant',
    putRight: (state) => {
      state.colleagueScopesAfterMs = undefined;
    },
  },
  'consent-by-someone-else': {
    code: 1,
    left: registered,
    putRight: (_state, clock) => clock.advance(60_000),
  },
};

test('every scenario has a story', ({ expect }) => {
  expect([...Object.keys(stories), ...ofAzure].sort()).toEqual(Object.keys(scenarios).sort());
});

for (const [name, story] of Object.entries(stories)) {
  test(`${name}: first run, cause removed, second run`, async ({ expect }) => {
    const clock = fakeClock();
    await using practice = await servedPractice({ clock, scenarios: [name as keyof typeof stories] });
    const { state } = practice;
    story.prepare?.(state);
    const attach = story.attachmentBytes === undefined ? [] : ['--attach', 'hours.csv'];
    await practice.folder.write('hours.csv', fileOf(story.attachmentBytes ?? 0));

    const first = await practice.onboard(...attach);
    await expect(shownText(first)).toMatchFileSnapshot(`../golden/scenarios/${story.looksLike ?? name}.txt`);
    expect(first.code).toBe(story.code);
    expect(Object.values(whatIsLeft(state))).toEqual(story.left);

    story.putRight(state, clock);
    const second = await practice.onboard(...attach);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(whatIsLeft(state)).toMatchObject({ applications: 1, servicePrincipals: 1, secrets: 1, grants: 4 });
    expect(whatIsLeft(state).mails).toBe(story.left[4] + 1);
  });
}

function person(state: State, userPrincipalName: string): Person {
  const found = findPerson(state, userPrincipalName);
  if (!found) throw new Error(`Nobody is called ${userPrincipalName}.`);
  return found;
}

function makeGlobalAdministrator(state: State): void {
  person(state, 'grace@contoso.com').roles = [entraRoles['Global Administrator']];
}

function switchPolicyOff(state: State): void {
  state.appManagementPolicy.isEnabled = false;
}

function endFaults(state: State): void {
  state.faults.rules = [];
}
