import type { CustomerRecord } from '../customer/record.ts';

type Verified = NonNullable<CustomerRecord['verification']>;

/**
 * The verification with a recipient's word that the mail arrived, or `undefined` where the code read back is not that of
 * the mail, or the mail went to somebody else. Letters and digits count, not how they were typed.
 */
export function confirmReceipt(
  verified: Verified,
  { address, readBack }: { readonly address: string; readonly readBack: string },
): Verified | undefined {
  const asked = verified.recipients.some((recipient) => recipient.address === address);
  if (!asked || bare(readBack) !== bare(verified.code)) return undefined;
  const recipients = verified.recipients.map((recipient) =>
    recipient.address === address ? { address, outcome: 'confirmed by recipient' as const } : recipient,
  );
  return { ...verified, recipients };
}

function bare(code: string): string {
  return code.toUpperCase().replace(/[^0-9A-Z]/g, '');
}
