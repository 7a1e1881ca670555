import * as vscode from 'vscode';
import type { Session } from '../../core/sign-in/session.ts';
import { plain } from '../../core/words/say.ts';
import type { Overview } from '../customers/overview.ts';
import type { Sessions } from './sessions.ts';

interface Watched {
  readonly practice: {
    readonly running: { readonly problems: readonly string[] } | undefined;
    readonly onDidChange: vscode.Event<void>;
  };
  readonly sessions: Pick<Sessions, 'all' | 'onDidChange'>;
}

/** Which tenant am I in: one item, there only while an admin is signed in or the practice tenant runs. */
export function registerStatusBar({ practice, sessions }: Watched, overview: Overview): vscode.Disposable {
  let item: vscode.StatusBarItem | undefined;
  const isActive = (): boolean => practice.running !== undefined || sessions.all().length > 0;
  const show = async (): Promise<void> => {
    const names = isActive() ? await signedInNames(sessions.all(), overview) : [];
    // Signed out or stopped while the names were looked up.
    if (!isActive()) {
      item?.dispose();
      item = undefined;
      return;
    }
    item ??= newItem();
    fill(item, names, practice.running?.problems, sessions.all());
  };
  const update = (): void => void show();
  const listening = vscode.Disposable.from(
    practice.onDidChange(update),
    sessions.onDidChange(update),
    overview.onDidChange(update),
  );
  return new vscode.Disposable(() => {
    listening.dispose();
    item?.dispose();
  });
}

function newItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem('taExchange.tenant', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('T&A Exchange Tenant');
  return item;
}

function fill(
  item: vscode.StatusBarItem,
  names: readonly string[],
  problems: readonly string[] | undefined,
  sessions: readonly Session[],
): void {
  const practising = problems !== undefined;
  const who = names.join(', ');
  item.command = practising ? 'taExchange.showPracticeMenu' : 'taExchange.customers.focus';
  item.text = practising
    ? ['$(beaker)', vscode.l10n.t('PRACTICE'), who].filter(Boolean).join(' ')
    : `$(account) ${who}`;
  item.backgroundColor = practising ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  const lines = [
    practising
      ? vscode.l10n.t('The practice tenant is running. Nothing reaches Microsoft.')
      : vscode.l10n.t("Signed in to a customer's tenant."),
    ...(problems?.length ? [vscode.l10n.t('Problems: {0}.', problems.join(', '))] : []),
  ];
  const admins = sessions.map(({ admin }) => plain(admin.userPrincipalName));
  item.tooltip = [
    ...lines,
    ...sessions.map(({ tenantId }, index) => vscode.l10n.t('{0}, tenant {1}', admins[index] ?? '', tenantId)),
  ].join('\n');
  // A tenant's id is of no use to the ear.
  const spoken = [item.text.replace(/\$\([^)]*\) /, ''), admins.join(', ')].filter(Boolean).join(', ');
  item.accessibilityInformation = { label: `${spoken}. ${lines.join(' ')}` };
  item.show();
}

/** The customers' names, or the admin's where no customer is known for a tenant. */
async function signedInNames(sessions: readonly Session[], overview: Overview): Promise<string[]> {
  const all = await overview.all().catch(() => []);
  return sessions.map(({ tenantId, admin }) => {
    const found = all.find(({ record }) => record?.tenant.id === tenantId);
    return found?.customer?.name ?? plain(admin.userPrincipalName);
  });
}
