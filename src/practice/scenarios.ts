import { flakyRules, throttledRules } from './fault-rules.ts';
import { createApplication } from './graph/application-store.ts';
import { restrictSecrets } from './graph/secret-policy.ts';
import { graphScopeValues } from './graph-permissions.ts';
import { recordConsent } from './login/scopes.ts';
import { demoteTo, findPerson, mailboxOf, removeMailbox, removePerson, senderAddress } from './people.ts';
import type { State } from './state.ts';

interface Scenario {
  readonly description: string;
  /** It changes what is not saved with a tenant, and is applied again when the tenant is taken up. */
  readonly ofTheProcess?: true;
  readonly apply: (state: State) => void;
}

const cliTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/**
 * Conditions a customer's tenant may be in. Each changes plain state, and the comment says how a test puts it right;
 * `state.faults.rules = []` ends the two that break answers.
 */
export const scenarios = {
  /** Right: `state.lag.factor = 1`. */
  instant: {
    description: 'New objects are known everywhere at once, for programs that do not wait',
    apply: (state) => {
      state.lag.factor = 0;
    },
  },
  /** Right: `state.lag.factor = 1`; what follows a change may still meet another replica. */
  'slow-replication': {
    description: 'New objects take minutes to be known everywhere',
    apply: (state) => {
      Object.assign(state.lag, { factor: 200, answersFollowUps: false });
    },
  },
  /** Right by itself: whoever signs in anew has a good session. */
  'session-revoked': {
    description: 'The session is revoked as soon as it is used; a new sign-in works',
    apply: (state) => {
      state.revokesNextSession = true;
    },
  },
  /** Right: `state.restoresApplicationsAlone = false`, or restoring the service principal too. */
  'restored-alone': {
    description: 'A deleted application is restored without its service principal',
    apply: (state) => {
      state.restoresApplicationsAlone = true;
    },
  },
  /** Right: the mailbox's `language`. */
  'german-mailbox': {
    description: 'Folders and non-delivery reports of ta@contoso.com are in German',
    apply: (state) => {
      const mailbox = mailboxOf(state, senderAddress);
      if (mailbox) mailbox.language = 'de';
    },
  },
  /** Right: `state.deviceCodeBlockedBy = undefined`. */
  'device-code-blocked': {
    description: 'Conditional Access blocks device codes; signing in through the browser works',
    apply: (state) => {
      state.deviceCodeBlockedBy = state.ids.guid();
    },
  },
  /** Right: the person's `roles`. */
  'app-admin-only': {
    description: 'The account is an Application Administrator, who can register but not grant',
    apply: (state) => demoteTo(state, ['Application Administrator']),
  },
  /** Right: the person's `roles`. */
  'no-admin-role': {
    description: 'The account has no directory role; any user may register applications',
    apply: withoutRole,
  },
  /** Right: the person's `roles`, or `state.usersMayRegisterApplications = true`. */
  'users-may-not-register': {
    description: 'The account has no directory role, and users may not register applications',
    apply: (state) => {
      withoutRole(state);
      state.usersMayRegisterApplications = false;
    },
  },
  /** Right: `state.appManagementPolicy['isEnabled'] = false`. */
  'secrets-forbidden': {
    description: 'A policy of the tenant forbids client secrets',
    apply: (state) => restrictSecrets(state, { restrictionType: 'passwordAddition', maxLifetime: null }),
  },
  /** Right: `state.appManagementPolicy['isEnabled'] = false`. */
  'secret-lifetime-limited': {
    description: 'A policy of the tenant limits client secrets to 90 days',
    apply: (state) => restrictSecrets(state, { restrictionType: 'passwordLifetime', maxLifetime: 'P90D' }),
  },
  /** Right: `addPerson(state, sender)` of people.ts. */
  'sender-missing': {
    description: 'ta@contoso.com does not exist',
    apply: (state) => {
      removePerson(state, findPerson(state, senderAddress));
    },
  },
  /** Right: `addMailbox(state, person)` of people.ts. */
  'sender-without-mailbox': {
    description: 'ta@contoso.com exists, but has no licence and no mailbox',
    apply: (state) => removeMailbox(state, findPerson(state, senderAddress)),
  },
  throttled: {
    description: 'Microsoft answers "too many requests" now and then',
    ofTheProcess: true,
    apply: (state) => {
      state.faults.rules.push(...throttledRules(state));
    },
  },
  flaky: {
    description: 'Server errors and broken connections, even after a request was carried out',
    ofTheProcess: true,
    apply: (state) => {
      state.faults.rules.push(...flakyRules());
    },
  },
  /** Right: the mailbox's `sendLimit`. */
  'mailbox-size-limited': {
    description: 'ta@contoso.com can send emails of up to 5 MB',
    apply: (state) => {
      const mailbox = mailboxOf(state, senderAddress);
      if (mailbox) mailbox.sendLimit = 5 * 1024 * 1024;
    },
  },
  /** Right: take it out of `state.applications`, though two of a name are legal. */
  'second-app-of-same-name': {
    description: 'Another application has the usual name, and it belongs to someone else',
    apply: (state) => {
      const lastYear = { ...state, clock: { now: () => state.clock.now() - 300 * 24 * 3_600_000 } };
      const owner = findPerson(state, 'clara@contoso.com');
      const displayName = 'Time and Attendance Exchange Online Integration';
      createApplication(lastYear, { displayName }, owner?.id);
    },
  },
  /** Right: waiting; or the person's `roles`. */
  'consent-by-someone-else': {
    description: 'The account may not grant; a Global Administrator does so some seconds later',
    apply: (state) => {
      demoteTo(state, ['Application Administrator']);
      state.colleagueConsentsAfterMs = 8_000;
    },
  },
  /** Right by itself: what Exchange grants comes on top of what Entra grants. */
  'mailbox-scoped': {
    description: 'An Exchange administrator lets the app into ta@contoso.com alone, seconds after a refusal',
    apply: (state) => {
      state.colleagueScopesAfterMs = 8_000;
    },
  },
  /** Right: `state.timeAttendanceKeepsSecret = false`. */
  'ta-keeps-old-secret': {
    description: 'After a renewal T&A still uses the old secret; the new one was not entered',
    apply: (state) => {
      state.timeAttendanceKeepsSecret = true;
    },
  },
  /** Right: `state.hasPremiumLicence = true`. */
  'no-premium-licence': {
    description: 'The tenant has no Entra ID P1, so no report says which secret was used',
    apply: (state) => {
      state.hasPremiumLicence = false;
    },
  },
  /** Right: `state.azure.subscriptions.push(...)`. */
  'no-subscription': {
    description: 'The tenant has no Azure subscription, so there is no Key Vault to keep the secret in',
    apply: ({ azure }) => {
      azure.subscriptions.length = 0;
    },
  },
  /** Right: `state.azure.roles`. */
  'no-azure-rights': {
    description: 'The account can read the Azure subscription, but change nothing in it',
    apply: ({ azure }) => {
      for (const id of azure.roles.keys()) azure.roles.set(id, 'Reader');
      azure.officersOfSecrets = false;
    },
  },
  /** Right: `state.azure.officersOfSecrets = true`. */
  'no-vault-rights': {
    description: 'The account may not delete secrets in the Key Vault, with rights in Azure all the same',
    apply: ({ azure }) => {
      azure.officersOfSecrets = false;
    },
  },
  /** Right: another name, or `state.azure.takenVaultNames.clear()`. */
  'vault-name-taken': {
    description: 'Another company already has a Key Vault of that name',
    apply: ({ azure }) => {
      azure.takenVaultNames.add('*');
    },
  },
  /** Right: `state.azure.vaultsDeniedBy = undefined`. */
  'arm-policy-denied': {
    description: 'An Azure policy of the customer denies new Key Vaults',
    apply: ({ azure }) => {
      azure.vaultsDeniedBy = 'No Key Vaults outside the platform team';
    },
  },
  /** Right by itself: whoever may write in the subscription can register the provider. */
  'provider-not-registered': {
    description: 'The Azure subscription has never used Key Vault',
    apply: ({ azure }) => {
      azure.keyVaultRegisteredAt = undefined;
    },
  },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

/** Each once: a tenant that is taken up again has those from before. */
export function applyScenarios(state: State, names: readonly ScenarioName[]): void {
  const before = new Set(state.scenarios);
  for (const name of state.scenarios.filter(isScenario)) {
    const scenario: Scenario = scenarios[name];
    if (scenario.ofTheProcess) scenario.apply(state);
  }
  for (const name of names) {
    if (before.has(name)) continue;
    scenarios[name].apply(state);
    state.scenarios.push(name);
  }
}

export const isScenario = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name);

function withoutRole(state: State): void {
  demoteTo(state, []);
  // A colleague has used the same client before: without that the sign-in itself would need an administrator.
  recordConsent(state, cliTools, graphScopeValues);
}
