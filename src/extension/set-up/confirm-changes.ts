import * as vscode from 'vscode';
import type { DeletedChoice } from '../../core/setup/deleted-application.ts';
import type { StandingGrant } from '../../core/setup/permissions.ts';
import type { Plan } from '../../core/setup/plan.ts';
import type { SavedPlan } from '../../core/setup/saved-plan.ts';
import { type Change, titleOf } from '../../core/setup/steps.ts';
import type { Candidate } from '../../core/setup/survey.ts';
import type { Session } from '../../core/sign-in/session.ts';
import type { NamedApplication } from '../../core/tenant/applications.ts';
import { plain } from '../../core/words/say.ts';
import { coreWords } from '../core-words.ts';

/** Asked once, right before the first write: in which tenant, as whom, what. Nothing to do is not asked about. */
export async function confirmChanges(
  { tenant, changes }: Plan,
  { displayName, userPrincipalName }: Session['admin'],
  practice: boolean,
  saved?: SavedPlan,
): Promise<boolean> {
  if (changes.length === 0) return true;
  const go = vscode.l10n.t('Make Changes');
  const lines = [
    ...(practice ? [vscode.l10n.t('PRACTICE: nothing outside this machine is touched.')] : []),
    vscode.l10n.t('Tenant: {0} ({1})', plain(tenant.displayName), plain(tenant.domain)),
    vscode.l10n.t('Tenant ID: {0}', tenant.id),
    vscode.l10n.t('Admin: {0} ({1})', plain(displayName), plain(userPrincipalName)),
    ...(saved ? [vscode.l10n.t('Saved plan, SHA-256: {0}', saved.sha256)] : []),
    '',
    ...changes.map(changeLine),
  ];
  const question = vscode.l10n.t(
    'Make {0} changes in the tenant {1}?',
    changes.length,
    plain(tenant.displayName),
  );
  const options = { modal: true, detail: lines.join('\n') };
  return (await vscode.window.showWarningMessage(question, options, go)) === go;
}

const changeLine = (change: Change, index: number): string => `${index + 1}. ${coreWords(titleOf(change))}`;

/** Asked where somebody else may act as the application. The agreement is about this list and no other. */
export async function confirmAdoption({
  displayName,
  clientId,
  createdAt,
  strangers,
}: Candidate): Promise<boolean> {
  const adopt = vscode.l10n.t('Adopt Application');
  const lines = [
    vscode.l10n.t('Client ID: {0}', clientId),
    vscode.l10n.t('Registered on: {0}', createdAt.slice(0, 10)),
    '',
    ...strangers.map(plain),
    '',
    vscode.l10n.t(
      'Anyone who controls one of these can send email as any mailbox once permissions are granted. Adopt the application only if you know all of them.',
    ),
  ];
  const question = vscode.l10n.t(
    'Adopt "{0}", which contains what this tool did not add?',
    plain(displayName),
  );
  const options = { modal: true, detail: lines.join('\n') };
  return (await vscode.window.showWarningMessage(question, options, adopt)) === adopt;
}

/** Asked before the plan is shown, which then contains the removal. Closed: the permissions stay. */
export async function confirmRemoval(surplus: readonly StandingGrant[]): Promise<boolean> {
  const remove = vscode.l10n.t('Plan Removal');
  const lines = [
    ...surplus.map(({ permission }) => plain(permission)),
    '',
    vscode.l10n.t(
      'The customer file does not name these permissions. To keep those of Microsoft Graph, name them in "app.permissions". Nothing is removed before you agree to the plan.',
    ),
  ];
  const question = vscode.l10n.t('Remove {0} permissions that T&A does not need?', surplus.length);
  const options = { modal: true, detail: lines.join('\n') };
  return (await vscode.window.showWarningMessage(question, options, remove)) === remove;
}

/** Asked where the customer's application was deleted, before anything is planned. Closed: it stays deleted. */
export async function askAboutDeleted({
  displayName,
  clientId,
  deletedAt,
}: NamedApplication): Promise<DeletedChoice> {
  const restore = vscode.l10n.t('Restore');
  const leave = vscode.l10n.t('Register a New One');
  const purge = vscode.l10n.t('Delete Permanently');
  const lines = [
    vscode.l10n.t('Client ID: {0}', plain(clientId)),
    vscode.l10n.t('Deleted on: {0}', deletedAt?.slice(0, 10) ?? vscode.l10n.t('unknown')),
    '',
    vscode.l10n.t(
      'If you restore it, its client ID stays. Secrets and permissions may come back too; they are checked before anything is changed. Otherwise a new application is registered. Nothing can restore an application that was deleted permanently.',
    ),
  ];
  const question = vscode.l10n.t('"{0}" was deleted. Do you want to restore it?', plain(displayName));
  const options = { modal: true, detail: lines.join('\n') };
  const chosen = await vscode.window.showWarningMessage(question, options, restore, leave, purge);
  return chosen === restore ? 'restore' : chosen === purge ? 'purge' : 'leave';
}
