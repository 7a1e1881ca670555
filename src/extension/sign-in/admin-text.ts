import * as vscode from 'vscode';
import type { Customer } from '../../core/customer/customer.ts';

/** What a person signs in for: to change the tenant, or to use the customer's Azure subscription. */
export type AdminPurpose = 'admin' | 'azure';

interface Code {
  readonly userCode: string;
  readonly page: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A text that an admin who sits elsewhere can follow without knowing this tool. */
export function textForAdmin(
  { name, tenant }: Customer,
  access: AdminPurpose,
  { userCode, page, expiresAt }: Code,
): string {
  // With the zone: the administrator may be in another.
  const clockTime = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
  const until = new Intl.DateTimeFormat(vscode.env.language, clockTime).format(expiresAt);
  const who =
    access === 'azure'
      ? vscode.l10n.t('3. Sign in with an account of {0} that has a role in its Azure subscription.', tenant)
      : vscode.l10n.t('3. Sign in as a Global Administrator of {0} and accept what is asked for.', tenant);
  const unticked = vscode.l10n.t(
    'If a box "Consent on behalf of your organization" is shown, leave it unticked.',
  );
  return [
    vscode.l10n.t('T&A email for {0}: please sign in for the set-up in Microsoft 365.', name),
    '',
    vscode.l10n.t('1. Open {0}', page),
    vscode.l10n.t('2. Enter the code {0} (good until {1}).', userCode, until),
    who,
    ...(access === 'admin' ? [unticked] : []),
    '',
    vscode.l10n.t('Enter the code only if you expect this request and know who sent it.'),
  ].join('\n');
}
