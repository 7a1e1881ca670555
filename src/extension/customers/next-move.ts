import * as vscode from 'vscode';
import type { Move } from '../../core/customer/standing.ts';

/** What a move is called on a button, and the command that makes it. */
export function commandOf(move: Move): [title: string, command: string] {
  switch (move) {
    case 'correct':
      return [vscode.l10n.t('Open Customer File'), 'openCustomerFile'];
    case 'set up':
      return [vscode.l10n.t('Set Up Customer'), 'setUpCustomer'];
    case 'resume':
      return [vscode.l10n.t('Resume Set-Up'), 'resumeSetUp'];
    case 'remove':
      return [vscode.l10n.t('Remove from Tenant…'), 'removeCustomer'];
    case 'prove scope':
      return [vscode.l10n.t('Prove Mailbox Scope'), 'proveMailboxScope'];
    case 'ask':
      return [vscode.l10n.t('Create Script for Administrator…'), 'createAdminScript'];
    case 'renew':
      return [vscode.l10n.t('Renew Secret…'), 'renewSecret'];
    case 'finish renewal':
      return [vscode.l10n.t('Finish Renewal…'), 'finishRenewal'];
    case 'check':
      return [vscode.l10n.t('Check Customer'), 'checkCustomer'];
    case 'send test email':
      return [vscode.l10n.t('Send Test Email…'), 'sendTestEmail'];
    case 'hand over':
      return [vscode.l10n.t('Hand Over…'), 'handOver'];
    default:
      return move satisfies never;
  }
}
