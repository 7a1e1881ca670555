import * as vscode from 'vscode';
import { isAddress, normaliseAddress } from '../../core/customer/address.ts';
import type { OutgoingMail } from '../../core/mail/mail.ts';
import type { MailProgress, MailStep } from '../../core/mail/progress.ts';
import type { Receipt } from '../../core/mail/receipt.ts';
import { createReceiptCode } from '../../core/mail/receipt-code.ts';
import type { Verification, VerificationProgress } from '../../core/mail/verify.ts';
import type { Preferences } from '../../core/preferences/preferences.ts';
import { send } from '../../core/stories/send.ts';
import { drain } from '../../core/waiting.ts';
import { askOne } from '../ask/ask-pick.ts';
import { askLine, type Verdict } from '../ask/ask-text.ts';
import { coreWords } from '../core-words.ts';
import { chooseCustomer, type KnownCustomer } from '../customers/choose.ts';
import { findPreferences } from '../customers/find-preferences.ts';
import { offerSetUp } from '../customers/offers.ts';
import { us } from '../set-up/job.ts';
import { withCustomerRun } from '../set-up/shown-run.ts';
import { readSettings } from '../shell/settings.ts';
import type { Command, Shell } from '../shell/shell.ts';

/** A mail just as T&A sends it, asked for without the form, and what became of it. */
export const sendTestEmail: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  const preferences = await findPreferences(known, shell.secrets);
  if (!preferences) return await offerSetUp(known);
  const mail = mailTo(await askRecipient(), await askAttachments());
  showReceipt(await sendTo(known, preferences, mail, shell));
};

function mailTo(address: string, attachments: readonly string[]): OutgoingMail {
  return {
    to: [address],
    subject: vscode.l10n.t('T&A test email'),
    body: vscode.l10n.t('This is a test email, sent the way T&A sends.'),
    attachments,
    code: createReceiptCode(),
  };
}

function sendTo(
  known: KnownCustomer,
  preferences: Preferences,
  mail: OutgoingMail,
  shell: Shell,
): Promise<Verification> {
  const { customer, paths } = known;
  const receiptMs = readSettings().receiptSeconds * 1000;
  const title = vscode.l10n.t('Test email for {0}', customer.name);
  return withCustomerRun(known, shell, title, (run) => {
    const job = { recordFile: paths.record, kind: run.kind, by: us, preferences, mail };
    return drain(send(job, { ...run, receiptMs }), (event) => {
      const text = progressText(event);
      if (text) run.say(text);
    });
  });
}

/** One line on how far the mail is; `undefined` where there is nothing new to say. */
function progressText(event: VerificationProgress): string | undefined {
  if (event.kind === 'looking for the mail') return vscode.l10n.t('Sent; looking for the email');
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

/** Who gets the mail. Throws a CancellationError on Esc. */
function askRecipient(): Promise<string> {
  const question = {
    prompt: vscode.l10n.t('Who gets the test email?'),
    placeholder: 'you@contoso.com',
    read(typed: string): Verdict<string> {
      const value = normaliseAddress(typed);
      if (isAddress(value)) return { ok: true, value };
      const expected = 'one email address such as ta@contoso.com';
      return { ok: false, problem: vscode.l10n.t('Expected: {0}.', expected) };
    },
  };
  return askLine(question, title());
}

const title = (): string => vscode.l10n.t('Send Test Email');

/** Paths of files; none where the person wants none. Throws a CancellationError on Esc. */
async function askAttachments(): Promise<string[]> {
  const options = [
    { value: 'none', label: vscode.l10n.t('No attachment') },
    { value: 'files', label: vscode.l10n.t('Choose files…') },
  ];
  const placeholder = vscode.l10n.t(
    'Attach files? T&A sends files over 3 MB in another way than small ones.',
  );
  if ((await askOne({ placeholder, options }, title())) === 'none') return [];
  const files = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
  });
  if (!files) throw new vscode.CancellationError();
  return files.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
}

type Outcome = Receipt['recipients'][number]['outcome'];

/** What became of the mail, in one message; a warning unless it was seen in the inbox. */
function showReceipt({ receipt, unrecorded }: Verification): void {
  const { code, recipients } = receipt;
  const meanings: Readonly<Record<Outcome, string>> = {
    inbox: vscode.l10n.t('in the inbox'),
    junk: vscode.l10n.t(
      'in Junk Email; the recipient should mark it as not junk, or an Exchange administrator should allow the sender',
    ),
    bounced: vscode.l10n.t('came back as undeliverable; check the address'),
    'ask the recipient': vscode.l10n.t(
      'not to be seen from here: ask the recipient to read back the receipt code',
    ),
    'not seen': vscode.l10n.t('not seen yet; look in the mailbox, Junk too, for the receipt code'),
  };
  const outcomes = recipients.map(({ address, outcome }) => `${address}: ${meanings[outcome]}`).join('; ');
  const arrival = vscode.l10n.t('Receipt code {0}. {1}.', code, outcomes);
  const gap = unrecorded && vscode.l10n.t('The record does not show this email.');
  const message = gap ? `${arrival} ${gap} ${coreWords(unrecorded.words)}` : arrival;
  if (!gap && recipients.every(({ outcome }) => outcome === 'inbox'))
    void vscode.window.showInformationMessage(message);
  else void vscode.window.showWarningMessage(message);
}
