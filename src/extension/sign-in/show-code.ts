import * as vscode from 'vscode';
import type { Customer } from '../../core/customer/customer.ts';
import type { DeviceCodePrompt } from '../../core/ports.ts';
import { letGo } from '../ask/box.ts';
import { timeLeft } from '../shell/time-left.ts';
import { type AdminPurpose, textForAdmin } from './admin-text.ts';
import { openPage } from './open-page.ts';

export interface ShownCode extends DeviceCodePrompt {
  /** Where the code is entered. */
  readonly page: string;
  readonly customer: Customer;
  readonly access: AdminPurpose;
}

interface Choice extends vscode.QuickPickItem {
  readonly act: () => Promise<void> | void;
}

/**
 * The code with its countdown, and what can be done with it. It may be closed without harm: the countdown goes on in
 * `say`, until disposed of. The code goes to no log, and to the clipboard only when asked.
 */
export function showCode(
  code: ShownCode,
  say: (message: string) => void = () => {},
  cancel: () => void,
): vscode.Disposable {
  const { userCode, page, expiresAt } = code;
  const picker = vscode.window.createQuickPick<Choice>();
  const { tenant } = code.customer;
  picker.title =
    code.access === 'azure'
      ? vscode.l10n.t('Sign in to Azure of {0}: code {1}', tenant, userCode)
      : vscode.l10n.t('Sign in as admin of {0}: code {1}', tenant, userCode);
  picker.ignoreFocusOut = true;
  picker.items = choices(code, picker, cancel);
  const tick = (): void => {
    const left = timeLeft(expiresAt, Date.now());
    picker.placeholder = vscode.l10n.t('Enter {0} at {1}. Good for {2} minutes.', userCode, page, left);
    say(vscode.l10n.t('Waiting for an admin to enter {0} at {1}, {2} left', userCode, page, left));
  };
  const ticking = setInterval(tick, 1000);
  picker.onDidAccept(() => void act(picker));
  tick();
  picker.show();
  return new vscode.Disposable(() => {
    clearInterval(ticking);
    letGo(picker);
  });
}

function choices(
  { userCode, page, customer, access, expiresAt }: ShownCode,
  picker: vscode.QuickPick<Choice>,
  cancel: () => void,
): Choice[] {
  return [
    {
      label: `$(globe) ${vscode.l10n.t('Copy & Open Browser')}`,
      detail: page,
      act: async () => {
        await vscode.env.clipboard.writeText(userCode);
        picker.hide();
        await openPage(page);
      },
    },
    {
      label: `$(mail) ${vscode.l10n.t('Copy Text for the Admin')}`,
      detail: vscode.l10n.t('Page, code and what to do, to send to an admin who sits elsewhere'),
      act: async () =>
        vscode.env.clipboard.writeText(
          textForAdmin(customer, access, { userCode, page, until: clockTime(expiresAt) }),
        ),
    },
    { label: `$(close) ${vscode.l10n.t('Cancel')}`, act: cancel },
  ];
}

/** A browser that does not open is no failure of the sign-in: the page stands in the picker and in the notification. */
async function act(picker: vscode.QuickPick<Choice>): Promise<void> {
  const [choice] = picker.selectedItems;
  try {
    await choice?.act();
  } catch {
    picker.show();
  }
}

const clockTime = (at: number): string =>
  new Intl.DateTimeFormat(vscode.env.language, { timeStyle: 'short' }).format(at);
