import * as vscode from 'vscode';
import { type Standing, type Status, standingOf } from '../../../core/customer/standing.ts';
import type { ReadCustomer } from '../overview.ts';
import { vscodeL10n } from './vscode-l10n.ts';
import { customerWords } from './words.ts';

const icons: Readonly<Record<Status, [icon: string, color?: string]>> = {
  unreadable: ['error', 'list.errorForeground'],
  'not set up': ['circle-large-outline'],
  unfinished: ['debug-pause', 'list.warningForeground'],
  'waiting for consent': ['watch', 'list.warningForeground'],
  'waiting for Exchange': ['watch', 'list.warningForeground'],
  expired: ['error', 'list.errorForeground'],
  broken: ['error', 'list.errorForeground'],
  renewing: ['sync', 'list.warningForeground'],
  'renewal overdue': ['warning', 'list.warningForeground'],
  expiring: ['warning', 'list.warningForeground'],
  'needs attention': ['warning', 'list.warningForeground'],
  unverified: ['mail', 'list.warningForeground'],
  removed: ['circle-slash'],
  ready: ['pass', 'testing.iconPassed'],
};

export function customerItem(read: ReadCustomer): vscode.TreeItem {
  const { file, customer } = read;
  const standing = standingOf(read, Date.now());
  const words = customerWords(vscodeL10n, read, standing);
  const item = new vscode.TreeItem(customer?.name ?? file.stem, vscode.TreeItemCollapsibleState.Collapsed);
  const [icon, color] = icons[standing.status];
  item.id = file.uri.toString();
  item.description = words;
  item.iconPath = new vscode.ThemeIcon(icon, color ? new vscode.ThemeColor(color) : undefined);
  item.contextValue = flags(read, standing);
  item.tooltip = [`${item.label}: ${words}`, file.uri.fsPath, read.problem].filter(Boolean).join('\n');
  item.accessibilityInformation = { label: `${item.label}, ${words.replaceAll(' · ', ', ')}` };
  return item;
}

/** What the menus test: `taCustomer,readable,unfinished,clientId`; one of new, unfinished, finished. */
function flags({ customer, record }: ReadCustomer, { status, practice }: Standing): string {
  const isUnfinished = ['unfinished', 'waiting for consent'].includes(status);
  const stage = status === 'not set up' ? 'new' : isUnfinished ? 'unfinished' : 'finished';
  return [
    'taCustomer',
    customer && 'readable',
    customer && stage,
    practice && 'practice',
    record?.application && 'clientId',
  ]
    .filter(Boolean)
    .join(',');
}
