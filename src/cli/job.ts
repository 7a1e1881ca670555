import { basename, resolve } from 'node:path';
import type { Customer } from '../core/customer/customer.ts';
import { preferencesFileOf, recordFileOf } from '../core/customer/file-names.ts';
import { ownState } from '../core/files/own-files.ts';
import { createReceiptCode, type OutgoingMail } from '../core/mail/mail.ts';
import type { Verification } from '../core/mail/verify.ts';
import type { Job } from '../core/stories/prepare.ts';
import type { ExitCode } from './command.ts';
import { usageFailure } from './usage.ts';

/** The files that belong to a customer file; `out`: where the preferences go instead. */
export function filesOf(customerFile: string, out: string | undefined): Job['files'] {
  const record = recordFileOf(customerFile);
  const preferences = out ?? preferencesFileOf(customerFile);
  // The next save of a record would overwrite the one copy of the secret.
  const isTaken = [customerFile, record].some((file) => sameFile(file, preferences));
  if (isTaken || ownState.test(basename(preferences))) {
    throw usageFailure(
      `--out ${preferences} is the place of a customer file, a record or a practice tenant. The preferences need a file of their own.`,
    );
  }
  return { record, preferences };
}

/** Case aside, which many file systems do not tell apart. */
const sameFile = (one: string, other: string): boolean =>
  resolve(one).toLowerCase() === resolve(other).toLowerCase();

export interface MailFlags {
  readonly to?: readonly string[];
  readonly attach?: readonly string[];
  readonly expectReceipt?: string;
}

/** `undefined` where no one is to get one. */
export function verificationMail(
  { name }: Customer,
  { to = [], attach = [], expectReceipt }: MailFlags,
): OutgoingMail | undefined {
  if (to.length === 0 && attach.length > 0)
    throw usageFailure('--attach needs --to: who gets the test email?');
  if (to.length === 0 && expectReceipt !== undefined)
    throw usageFailure('--expect-receipt needs --to: who gets the test email?');
  if (to.length === 0) return undefined;
  return {
    to,
    subject: 'T&A email verification',
    body: `This email shows that T&A can send for ${name} through Exchange Online.\nIf you were asked for a receipt code, read it back to the person who asked.`,
    attachments: attach,
    code: createReceiptCode(),
  };
}

/** How long the mail may take to arrive, in milliseconds; `undefined` where nothing was said. */
export function receiptTime({ expectReceipt: seconds }: MailFlags): number | undefined {
  if (seconds === undefined) return undefined;
  if (/^\d{1,4}$/.test(seconds)) return Number(seconds) * 1000;
  throw usageFailure('--expect-receipt takes a whole number of seconds, 0 to 9999.');
}

/** Exit code 1 where a receipt was expected and the mail was not seen to arrive at some recipient. */
export function receiptCode({ expectReceipt }: MailFlags, verification: Verification | undefined): ExitCode {
  return expectReceipt !== undefined && verification && !isReceived(verification) ? 1 : 0;
}

/** A recipient outside the tenant cannot be looked at; `ask the recipient` is no failure of the mail. */
function isReceived({ receipt }: Verification): boolean {
  return receipt.recipients.every(({ outcome }) => outcome === 'inbox' || outcome === 'ask the recipient');
}
