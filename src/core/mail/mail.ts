import { randomInt } from 'node:crypto';
import { isAddress, isSameAddress, normaliseAddress } from '../customer/address.ts';
import { isPlainLine } from '../customer/text.ts';
import { holdsSecret } from '../secret.ts';
import { markup } from '../words/escape.ts';
import { say } from '../words/say.ts';
import { checkAttachments, type ReadyAttachment } from './attachment-file.ts';
import { maximumBody, maximumRecipients, maximumSubject } from './limits.ts';
import { mailFailures } from './mail-failures.ts';

/** A mail as a person asks for it. */
export interface OutgoingMail {
  /** Addresses; one entry may hold several, separated by comma, semicolon or line break. */
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  /** Paths of files. */
  readonly attachments?: readonly string[];
  /** The receipt code, made by `createReceiptCode`. */
  readonly code: string;
}

/** A mail that was found fit to be sent. */
export interface ReadyMail {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** With the receipt code at its end. */
  readonly subject: string;
  readonly html: string;
  readonly attachments: readonly ReadyAttachment[];
  readonly code: string;
}

/** All that can be wrong with a mail, looked at before the first request. Throws a Failure with exit code 3. */
export async function checkMail(mail: OutgoingMail): Promise<ReadyMail> {
  const to = readAddresses('to', mail.to);
  const cc = readAddresses('cc', mail.cc ?? []).filter(
    (address) => !to.some((one) => isSameAddress(one, address)),
  );
  if (to.length === 0) throw mailFailures.badMail('to', say`at least one address`);
  if (to.length + cc.length > maximumRecipients) {
    throw mailFailures.badMail('to and cc', say`at most ${maximumRecipients} addresses`);
  }
  if (!receiptCodePattern.test(mail.code)) throw mailFailures.badMail('code', say`a code such as TA-7K3Q-9F`);
  return {
    to,
    cc,
    subject: subjectOf(mail),
    html: htmlOf(mail),
    attachments: await checkAttachments(mail.attachments ?? []),
    code: mail.code,
  };
}

/** It would be in the mailboxes of all who get the mail. */
const withoutSecret = say`a text without a client secret`;

function readAddresses(field: string, entries: readonly string[]): string[] {
  const texts = entries.flatMap((entry) => entry.split(/[;,\r\n]+/)).filter((text) => text.trim() !== '');
  const byKey = new Map<string, string>();
  for (const text of texts) {
    const address = normaliseAddress(text);
    if (holdsSecret(text) || !isAddress(address))
      throw mailFailures.badMail(
        holdsSecret(text) ? field : say`${field} "${text.trim().slice(0, 200)}"`,
        say`an address such as ta@contoso.com`,
      );
    if (!byKey.has(address.toLowerCase())) byKey.set(address.toLowerCase(), address);
  }
  return [...byKey.values()];
}

function subjectOf({ subject, code }: OutgoingMail): string {
  if (!isPlainLine(subject)) throw mailFailures.badMail('subject', say`one line without control characters`);
  if (holdsSecret(subject)) throw mailFailures.badMail('subject', withoutSecret);
  const text = `${subject.trim()} [${code}]`.trim();
  if (text.length <= maximumSubject) return text;
  throw mailFailures.badMail('subject', say`at most ${maximumSubject - code.length - 3} characters`);
}

function htmlOf({ body, code }: OutgoingMail): string {
  if (!body.isWellFormed() || /[^\P{Cc}\t\r\n]/u.test(body)) {
    throw mailFailures.badMail('body', say`text without control characters`);
  }
  if (Buffer.byteLength(body) > maximumBody) throw mailFailures.badMail('body', say`at most 1 MB of text`);
  if (holdsSecret(body)) throw mailFailures.badMail('body', withoutSecret);
  const lines = body
    .split(/\r\n|\r|\n/)
    .map((line, index) => markup`${index > 0 ? markup`<br>` : undefined}${line}`);
  return markup`<p>${lines}</p><p>Receipt code: <b>${code}</b></p>`.text;
}

/** Without 0, O, 1 and I, which sound or look alike on the telephone. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export const receiptCodePattern = /^TA-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{2}$/;

/** A code such as `TA-7K3Q-9F` that a recipient can read aloud; `pick` gives a number from 0 to below its argument. */
export function createReceiptCode(pick: (below: number) => number = randomInt): string {
  const drawn = Array.from({ length: 6 }, () => letters.charAt(pick(letters.length))).join('');
  return `TA-${drawn.slice(0, 4)}-${drawn.slice(4)}`;
}
