import * as vscode from 'vscode';
import { type ScenarioName, scenarios } from '../../practice/scenarios.ts';
import type { Option } from '../ask/ask-pick.ts';

/** The conditions of the practice tenant as people speak of them, grouped by what they trouble. */
export function practiceProblems(): Option<string>[] {
  const groups: readonly (readonly [group: string, problems: Partial<Record<ScenarioName, string>>])[] = [
    [vscode.l10n.t('Sign-in and rights'), signInProblems()],
    [vscode.l10n.t('Application and secret'), applicationProblems()],
    [vscode.l10n.t('Mailbox'), mailboxProblems()],
    [vscode.l10n.t('Service and network'), serviceProblems()],
    [vscode.l10n.t('Key Vault'), vaultProblems()],
  ];
  const kind = vscode.QuickPickItemKind.Separator;
  return groups.flatMap(([group, problems]) => [
    { label: group, kind, value: '' },
    ...namesOf(problems).map((value) => ({
      value,
      label: problems[value] ?? '',
      detail: told(scenarios[value].description),
    })),
  ]);
}

/** The practice tenant knows no translator; `scripts/l10n.ts` collects its descriptions. */
const told = (description: string): string => vscode.l10n.bundle?.[description] ?? description;

const namesOf = (problems: object): ScenarioName[] =>
  Object.keys(problems).filter((name): name is ScenarioName => Object.hasOwn(scenarios, name));

const signInProblems = () => ({
  'session-revoked': vscode.l10n.t('Session revoked'),
  'device-code-blocked': vscode.l10n.t('Device code blocked'),
  'app-admin-only': vscode.l10n.t('May register, but not consent'),
  'consent-by-someone-else': vscode.l10n.t('Someone else consents'),
  'no-admin-role': vscode.l10n.t('No administrator role'),
  'users-may-not-register': vscode.l10n.t('May not register applications'),
});

const applicationProblems = () => ({
  'second-app-of-same-name': vscode.l10n.t('Another application has the name'),
  'restored-alone': vscode.l10n.t('Restored without its service principal'),
  'secrets-forbidden': vscode.l10n.t('Client secrets forbidden'),
  'secret-lifetime-limited': vscode.l10n.t('Client secrets limited to 90 days'),
  'ta-keeps-old-secret': vscode.l10n.t('T&A keeps the old secret'),
  'no-premium-licence': vscode.l10n.t('No report of used secrets'),
});

const mailboxProblems = () => ({
  'sender-missing': vscode.l10n.t('Sender does not exist'),
  'sender-without-mailbox': vscode.l10n.t('Sender has no mailbox'),
  'mailbox-size-limited': vscode.l10n.t('Large emails refused'),
  'mailbox-scoped': vscode.l10n.t('One mailbox only'),
  'german-mailbox': vscode.l10n.t('Mailbox in German'),
});

const serviceProblems = () => ({
  instant: vscode.l10n.t('No replication to wait for'),
  'slow-replication': vscode.l10n.t('Slow replication'),
  throttled: vscode.l10n.t('Too many requests'),
  flaky: vscode.l10n.t('Server errors and lost connections'),
});

const vaultProblems = () => ({
  'no-subscription': vscode.l10n.t('No Azure subscription'),
  'no-azure-rights': vscode.l10n.t('No rights in Azure'),
  'no-vault-rights': vscode.l10n.t('May not delete in the Key Vault'),
  'vault-name-taken': vscode.l10n.t('Vault name taken'),
  'arm-policy-denied': vscode.l10n.t('Key Vaults denied by policy'),
  'provider-not-registered': vscode.l10n.t('Key Vault never used'),
});

/** What people call these conditions. */
export const problemNames = (chosen: readonly string[]): string[] =>
  practiceProblems()
    .filter(({ value }) => chosen.includes(value))
    .map(({ label }) => label);
