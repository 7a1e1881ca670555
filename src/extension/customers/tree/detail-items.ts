import * as vscode from 'vscode';
import { seenAgainst } from '../../../core/customer/seen.ts';
import type { Stage, StageState } from '../../../core/customer/stage-states.ts';
import { standingOf } from '../../../core/customer/standing.ts';
import type { Session } from '../../../core/sign-in/session.ts';
import { plain } from '../../../core/words/say.ts';
import type { ListedCustomer, Trouble } from '../read-files.ts';
import { type TooltipLine, tooltipOf } from './tooltip.ts';
import { recordWords, shortWords, stageName, stateWords } from './words.ts';

export const [toAct, failed] = ['list.warningForeground', 'list.errorForeground'];

/** What stands before a row. */
export type Icon = readonly [name: string, color?: string];

export const iconOf = ([name, color]: Icon): vscode.ThemeIcon =>
  new vscode.ThemeIcon(name, color ? new vscode.ThemeColor(color) : undefined);

const icons: Readonly<Record<StageState | 'broken' | 'needs attention', Icon>> = {
  done: ['pass', 'charts.green'],
  missing: ['circle-large-outline'],
  outdated: ['history', toAct],
  interrupted: ['debug-pause', toAct],
  waiting: ['watch', toAct],
  'waiting for Exchange': ['watch', toAct],
  elsewhere: ['account'],
  failed: ['error', failed],
  unclear: ['question', toAct],
  expiring: ['warning', toAct],
  expired: ['error', failed],
  broken: ['error', failed],
  'needs attention': ['warning', toAct],
};

export function stepItem(
  read: ListedCustomer,
  step: Stage,
  command: vscode.Command | undefined,
): vscode.TreeItem {
  const { stages, next } = standingOf(read, Date.now());
  const state = stages?.[step] ?? 'missing';
  // What the files call done may have been seen otherwise since.
  const against = state === 'done' ? seenAgainst(step, read) : undefined;
  const status = against && (against.level === 'bad' ? 'broken' : 'needs attention');
  const idName = idNameOf(step);
  const found = recordWords(step, read.record);
  const isNext = next === step && state === 'missing';
  return detailItem(read, step, {
    label: stageName(step),
    words: [status ? shortWords({ status, daysLeft: 0 }) : stepWords(state, isNext)],
    // The tick says it, and a narrow row has no room to say it twice.
    quiet: state === 'done' && !against,
    more: [
      ...(against ? [against.text] : []),
      ...(found === undefined ? [] : [idName ? { name: idName, id: found } : found]),
    ],
    command,
    icon: icons[status ?? state],
    flags: ['taStep', step, flagOf(step, read)],
  });
}

const stepWords = (state: StageState, isNext: boolean): string =>
  isNext ? vscode.l10n.t('Next') : stateWords(state);

/** What a menu offers on the row. */
function flagOf(step: Stage, { record }: ListedCustomer): string | undefined {
  if (step === 'registration' && record?.application) return 'clientId';
  return step === 'secret' && record?.preferences ? 'renewable' : undefined;
}

/** How the portal names the id that exists for the stage. */
function idNameOf(stage: Stage): string | undefined {
  if (stage === 'registration') return vscode.l10n.t('Client ID');
  return stage === 'servicePrincipal' ? vscode.l10n.t('Object ID') : undefined;
}

/** The part of a session that is shown. */
export type SignedIn = Pick<Session, 'admin'>;

/** Which tenant, and who is signed in to it from this window. */
export function tenantItem(
  read: ListedCustomer,
  session: SignedIn | undefined,
  command: vscode.Command | undefined,
): vscode.TreeItem {
  const tenant = read.record?.tenant;
  return detailItem(read, 'tenant', {
    label: plain(tenant?.displayName ?? read.customer?.tenant ?? ''),
    words: [
      session
        ? vscode.l10n.t('Signed in as {0}', plain(session.admin.userPrincipalName))
        : vscode.l10n.t('Not signed in'),
    ],
    more: tenant ? [{ name: vscode.l10n.t('Tenant ID'), id: tenant.id }] : [],
    command,
    icon: ['organization'],
    flags: ['taTenant', session ? 'signedIn' : 'signedOut'],
  });
}

interface Detail {
  readonly label: string;
  readonly words: readonly string[];
  /** The words are for the tooltip and the ear alone. */
  readonly quiet?: boolean;
  /** What there is no room for beside the words. */
  readonly more: readonly TooltipLine[];
  readonly command: vscode.Command | undefined;
  readonly icon: Icon;
  readonly flags: readonly (string | false | object | undefined)[];
}

function detailItem({ file }: ListedCustomer, name: string, detail: Detail): vscode.TreeItem {
  const item = new vscode.TreeItem(detail.label);
  item.id = `${file.uri.toString()}#${name}`;
  if (!detail.quiet) item.description = detail.words.join(' · ');
  item.iconPath = iconOf(detail.icon);
  item.contextValue = detail.flags.filter((flag) => typeof flag === 'string').join(',');
  item.tooltip = tooltipOf(detail.label, [...detail.words, ...detail.more, detail.command?.title ?? '']);
  const more = detail.more.map((line) => (typeof line === 'string' ? line : line.id));
  item.accessibilityInformation = { label: [detail.label, ...detail.words, ...more].join(', ') };
  if (detail.command) item.command = detail.command;
  return item;
}

/** The reason first: the rest of a narrow row is cut off. */
export function troubleItem({ reason, uri, line }: Trouble, id: string): vscode.TreeItem {
  const item = new vscode.TreeItem(reason);
  item.id = `${id}#trouble`;
  item.iconPath = iconOf(['error', failed]);
  item.contextValue = 'taTrouble';
  item.tooltip = tooltipOf(reason, [uri.fsPath]);
  const selection = new vscode.Range(line, 0, line, 0);
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open File'),
    arguments: [uri, { selection }],
  };
  return item;
}

/** The list itself could not be had. */
export function unlistedItem(reason: string): vscode.TreeItem {
  const item = new vscode.TreeItem(reason);
  item.description = vscode.l10n.t('Select to try again');
  item.iconPath = iconOf(['error', failed]);
  item.contextValue = 'taTrouble';
  item.command = { command: 'taExchange.refreshCustomers', title: vscode.l10n.t('Try Again') };
  return item;
}
