import type { Customer } from '../core/customer/customer.ts';
import type { OutgoingMail } from '../core/mail/mail.ts';
import { createReceiptCode } from '../core/mail/receipt-code.ts';
import { usageFailure } from './usage-failure.ts';

export interface MailOptions {
  readonly to: readonly string[];
  readonly attach: readonly string[];
}

/** `undefined` where nobody is to get one. */
export function verificationMail({ name }: Customer, { to, attach }: MailOptions): OutgoingMail | undefined {
  if (to.length === 0 && attach.length > 0)
    throw usageFailure('--attach needs --to: who gets the verification mail?');
  if (to.length === 0) return undefined;
  return {
    to,
    subject: 'T&A e-mail verification',
    body: `This mail shows that T&A can send for ${name} through Exchange Online.\nIf you were asked for a receipt code, read it back to the person who asked.`,
    attachments: attach,
    code: createReceiptCode(),
  };
}
