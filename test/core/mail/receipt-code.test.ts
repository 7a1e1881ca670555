import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReceiptCode, receiptCodePattern } from '../../../src/core/mail/receipt-code.ts';

test('has the form TA-7K3Q-9F, without letters that are taken for others', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 31 }), { minLength: 6, maxLength: 6 }), (picks) => {
      let at = 0;
      const code = createReceiptCode(() => picks[at++] ?? 0);
      expect(code).toMatch(receiptCodePattern);
      expect(code.slice(3)).not.toMatch(/[01IO]/);
    }),
  );
});

test('draws each letter within the alphabet, and another code each time', () => {
  const bounds: number[] = [];
  createReceiptCode((below) => {
    bounds.push(below);
    return 0;
  });
  expect(bounds).toEqual([32, 32, 32, 32, 32, 32]);
  expect(new Set(Array.from({ length: 200 }, () => createReceiptCode())).size).toBe(200);
});
