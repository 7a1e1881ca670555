import * as vscode from 'vscode';
import { openRenewal, type Standing, type Status, standingOf } from '../../../core/customer/standing.ts';
import type { ContextKey } from '../../shell/context-keys.ts';
import { openPageCommand } from '../../shell/runs.ts';
import { practiceUri } from '../decorations.ts';
import type { ListedCustomer } from '../read-files.ts';
import { failed, type Icon, iconOf, toAct } from './detail-items.ts';
import { type TooltipLine, tooltipOf } from './tooltip.ts';
import { customerWords, shortWords } from './words.ts';

const icons: Readonly<Record<Status, Icon>> = {
  unreadable: ['error', failed],
  'not set up': ['circle-large-outline'],
  unfinished: ['debug-pause', toAct],
  'removal unfinished': ['debug-pause', toAct],
  'waiting for consent': ['watch', toAct],
  'waiting for Exchange': ['watch', toAct],
  expired: ['error', failed],
  broken: ['error', failed],
  renewing: ['sync', toAct],
  'renewal overdue': ['warning', toAct],
  expiring: ['warning', toAct],
  'needs attention': ['warning', toAct],
  unverified: ['mail', toAct],
  'with administrator': ['account'],
  removed: ['circle-slash'],
  ready: ['pass', 'charts.green'],
};

/** What a customer is called; where no one can tell, as its file. */
const nameOf = ({ file, customer }: ListedCustomer): string => customer?.name ?? file.stem;

/** As people read lists: by what they see, and 2 before 10. */
export const byName = (one: ListedCustomer, other: ListedCustomer): number =>
  nameOf(one).localeCompare(nameOf(other), undefined, { numeric: true });

/** `working`: whether something is being done with the customer in this window. */
export function customerItem(read: ListedCustomer, working: boolean): vscode.TreeItem {
  const { file } = read;
  const standing = standingOf(read, Date.now());
  const words = customerWords(read, standing);
  const name = nameOf(read);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = file.uri.toString();
  item.description = shortWords(standing);
  if (standing.practice) item.resourceUri = practiceUri(file.uri);
  item.iconPath = iconOf(working ? ['loading~spin'] : icons[standing.status]);
  item.command = { command: openPageCommand, title: '', arguments: [file.uri] };
  item.contextValue = flagsOf(read, standing);
  item.tooltip = tooltipOf(name, [words, ...idLines(read), file.uri.fsPath, read.trouble?.reason ?? '']);
  item.accessibilityInformation = { label: `${name}, ${words.replaceAll(' · ', ', ')}` };
  return item;
}

function idLines({ record }: ListedCustomer): TooltipLine[] {
  if (!record) return [];
  const { tenant, application } = record;
  const ofTenant = { name: vscode.l10n.t('Tenant ID'), id: tenant.id };
  return application
    ? [ofTenant, { name: vscode.l10n.t('Client ID'), id: application.clientId }]
    : [ofTenant];
}

/** What the menus test: `taCustomer,readable,clientId,preferences,next-renew`; its next move is the first entry. */
export function flagsOf({ customer, record }: ListedCustomer, { status, practice, move }: Standing): string {
  const removed = status === 'removed' && 'removed';
  return [
    'taCustomer',
    customer && 'readable',
    (removed || status === 'not set up') && 'new',
    removed,
    practice && 'practice',
    record?.application && customer?.scope === 'mailbox' && 'scoped',
    record && !removed && openRenewal(record) && 'renewal',
    record?.application && 'clientId',
    record?.preferences && !removed && 'preferences',
    customer && `next-${move.replaceAll(' ', '-')}`,
  ]
    .filter(Boolean)
    .join(',');
}

/** What some row has to have, so that the palette has the commands for it. */
const flagsFor: readonly [ContextKey, RegExp][] = [
  ['hasCustomers', /./],
  ['hasApplication', /,clientId|,removed/],
  ['hasPreferences', /,preferences/],
  ['hasRenewal', /,renewal/],
  ['hasScoped', /,scoped/],
];

export function customerKeys(all: readonly ListedCustomer[], now: number): [ContextKey, holds: boolean][] {
  const flags = all.map((read) => flagsOf(read, standingOf(read, now))).join();
  return flagsFor.map(([key, flag]) => [key, flag.test(flags)]);
}
