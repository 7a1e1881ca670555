import * as vscode from 'vscode';
import type { MailProgress, MailStep } from '../../core/mail/progress.ts';
import type { VerificationProgress } from '../../core/mail/verify.ts';

/** One line on how far the mail is; `undefined` where there is nothing new to say. */
export function progressText(event: VerificationProgress): string | undefined {
  if (event.kind === 'looking for the mail') return vscode.l10n.t('Sent; looking for the mail');
  return event.kind === 'mail' ? mailText(event.progress) : undefined;
}

function mailText(progress: MailProgress): string | undefined {
  switch (progress.state) {
    case 'started':
      return stepText(progress.step, progress.name);
    case 'progress': {
      const percent = Math.floor((progress.sent / progress.total) * 100);
      return vscode.l10n.t('{0}: {1} %', stepText(progress.step, progress.name), percent);
    }
    case 'waiting':
      return vscode.l10n.t('Exchange Online does not know the new permissions yet; asking again');
    case 'done':
      return undefined;
    default:
      return progress satisfies never;
  }
}

function stepText(step: MailStep, name = ''): string {
  const texts: Readonly<Record<MailStep, string>> = {
    token: vscode.l10n.t('Signing in as T&A does'),
    user: vscode.l10n.t('Looking up the sender'),
    draft: vscode.l10n.t('Writing the draft'),
    attachment: vscode.l10n.t('Attaching {0}', name),
    send: vscode.l10n.t('Sending'),
  };
  return texts[step];
}
