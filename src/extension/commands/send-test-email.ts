import * as vscode from 'vscode';
import { withLock } from '../../core/customer/lock.ts';
import { openRecord } from '../../core/customer/record-file.ts';
import { drain } from '../../core/drain.ts';
import type { OutgoingMail } from '../../core/mail/mail.ts';
import { lockedMailJournal } from '../../core/mail/mail-journal.ts';
import { createReceiptCode } from '../../core/mail/receipt-code.ts';
import { type Verification, verify } from '../../core/mail/verify.ts';
import type { Clock } from '../../core/ports.ts';
import type { Preferences } from '../../core/preferences/preferences.ts';
import { chooseCustomer, type KnownCustomer } from '../choose-customer.ts';
import type { Command } from '../command.ts';
import { offerSetUp } from '../offer-set-up.ts';
import { refuseOtherWorld } from '../other-world.ts';
import { us } from '../set-up/job.ts';
import { withRun } from '../set-up/shown-run.ts';
import { readSettings } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { findPreferences } from '../test-mail/find-preferences.ts';
import { progressText } from '../test-mail/progress-text.ts';
import { askAttachments, askRecipient } from '../test-mail/questions.ts';
import { showReceipt } from '../test-mail/show-receipt.ts';

/** A mail just as T&A sends it, asked for without the form, and what became of it. */
export const sendTestEmail: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  await refuseOtherWorld(known, shell);
  const preferences = await findPreferences(known, shell.secrets);
  if (!preferences) return await offerSetUp(known);
  const mail = mailTo(await askRecipient(), await askAttachments());
  const verification = await send(known, preferences, mail, shell);
  await keep(known, verification, shell);
  showReceipt(verification);
};

function mailTo(address: string, attachments: readonly string[]): OutgoingMail {
  return {
    to: [address],
    subject: vscode.l10n.t('T&A test mail'),
    body: vscode.l10n.t('This is a test mail, sent the way T&A sends.'),
    attachments,
    code: createReceiptCode(),
  };
}

function send(
  { customer, paths, record }: KnownCustomer,
  preferences: Preferences,
  mail: OutgoingMail,
  shell: Shell,
): Promise<Verification> {
  const receiptMs = readSettings().receiptSeconds * 1000;
  const title = vscode.l10n.t('Test mail for {0}', customer.name);
  const journal = (clock: Clock) => record && lockedMailJournal(paths.record, record, us, clock);
  return withRun(shell, title, (run) =>
    drain(verify(preferences, mail, { ...run, receiptMs, journal: journal(run.clock) }), (event) => {
      const text = progressText(event);
      if (text) run.say(text);
    }),
  );
}

async function keep(
  { paths, record, file }: KnownCustomer,
  { entry }: Verification,
  shell: Shell,
): Promise<void> {
  if (!record) return;
  await withLock(paths.record, us, async () => {
    const recordFile = await openRecord(paths.record, record);
    await recordFile.save({ ...recordFile.current(), verification: entry });
  });
  shell.customers.changed(file.uri);
}
