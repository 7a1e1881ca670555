import { randomInt } from 'node:crypto';

/** Without 0, O, 1 and I, which sound or look alike on the telephone. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export const receiptCodePattern = /^TA-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{2}$/;

/** A code such as `TA-7K3Q-9F` that a recipient can read aloud; `pick` gives a number from 0 to below its argument. */
export function createReceiptCode(pick: (below: number) => number = randomInt): string {
  const drawn = Array.from({ length: 6 }, () => letters.charAt(pick(letters.length))).join('');
  return `TA-${drawn.slice(0, 4)}-${drawn.slice(4)}`;
}
