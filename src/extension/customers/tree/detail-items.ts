import * as vscode from 'vscode';
import type { Stage, StageState } from '../../../core/customer/standing.ts';
import { standingOf } from '../../../core/customer/standing.ts';
import type { Session } from '../../../core/sign-in/session.ts';
import { plain } from '../../../core/words/say.ts';
import type { ReadCustomer } from '../overview.ts';
import { vscodeL10n } from './vscode-l10n.ts';
import { recordWords, stageName, stateWords } from './words.ts';

const icons: Readonly<Record<StageState, [icon: string, color?: string]>> = {
  done: ['pass', 'testing.iconPassed'],
  missing: ['circle-large-outline'],
  outdated: ['history', 'list.warningForeground'],
  interrupted: ['debug-pause', 'list.warningForeground'],
  waiting: ['watch', 'list.warningForeground'],
  'waiting for Exchange': ['watch', 'list.warningForeground'],
  failed: ['error', 'list.errorForeground'],
  unclear: ['question', 'list.warningForeground'],
  expiring: ['warning', 'list.warningForeground'],
  expired: ['error', 'list.errorForeground'],
};

export function stepItem(read: ReadCustomer, step: Stage): vscode.TreeItem {
  const { stages, next } = standingOf(read, Date.now());
  const state = stages?.[step] ?? 'missing';
  const words = next === step && state === 'missing' ? vscode.l10n.t('Next') : stateWords(vscodeL10n, state);
  const found = recordWords(vscodeL10n, step, read.record);
  const [icon, color] = icons[state];
  return detailItem(read, step, {
    label: stageName(vscodeL10n, step),
    words: [words, found],
    icon: new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined),
    flags: ['taStep', step, step === 'registration' && read.record?.application && 'clientId'],
  });
}

/** The part of a session that is shown. */
export type SignedIn = Pick<Session, 'admin'>;

/** Which tenant, and who is signed in to it from this window. */
export function tenantItem(read: ReadCustomer, session: SignedIn | undefined): vscode.TreeItem {
  const tenant = read.record?.tenant;
  return detailItem(read, 'tenant', {
    label: plain(tenant?.displayName ?? read.customer?.tenant ?? ''),
    words: [
      session
        ? vscode.l10n.t('Signed in as {0}', plain(session.admin.userPrincipalName))
        : vscode.l10n.t('Not signed in'),
      tenant?.id,
    ],
    icon: new vscode.ThemeIcon('organization'),
    flags: ['taTenant', session ? 'signedIn' : 'signedOut'],
  });
}

interface Detail {
  readonly label: string;
  readonly words: readonly (string | undefined)[];
  readonly icon: vscode.ThemeIcon;
  readonly flags: readonly (string | false | object | undefined)[];
}

function detailItem({ file }: ReadCustomer, name: string, detail: Detail): vscode.TreeItem {
  const words = detail.words.filter(Boolean);
  const item = new vscode.TreeItem(detail.label);
  item.id = `${file.uri.toString()}#${name}`;
  item.description = words.join(' · ');
  item.iconPath = detail.icon;
  item.contextValue = detail.flags.filter((flag) => typeof flag === 'string').join(',');
  item.tooltip = [detail.label, ...words].join('\n');
  item.accessibilityInformation = { label: [detail.label, ...words].join(', ') };
  return item;
}

export function troubleItem(reason: string, id: string): vscode.TreeItem {
  const item = new vscode.TreeItem(reason);
  item.id = `${id}#trouble`;
  item.description = vscode.l10n.t('Choose to try again');
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.contextValue = 'taTrouble';
  item.tooltip = reason;
  item.command = { command: 'taExchange.refreshCustomers', title: vscode.l10n.t('Try Again') };
  return item;
}
