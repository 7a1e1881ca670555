import * as vscode from 'vscode';
import { needsAction, standingOf } from '../../core/customer/standing.ts';
import type { ReadCustomer } from '../overview.ts';

/** How many customers somebody should act on; none: no badge. */
export function badgeOf(all: readonly ReadCustomer[], now: number): vscode.ViewBadge | undefined {
  const value = all.filter((read) => needsAction(standingOf(read, now).status)).length;
  if (value === 0) return undefined;
  const tooltip =
    value === 1
      ? vscode.l10n.t('1 customer needs action')
      : vscode.l10n.t('{0} customers need action', value);
  return { value, tooltip };
}
