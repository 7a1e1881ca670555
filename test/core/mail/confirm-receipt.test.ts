import { expect, test } from 'vitest';
import { confirmReceipt } from '../../../src/core/mail/confirm-receipt.ts';

const verified = {
  at: '2026-11-24T10:00:00Z',
  code: 'TA-7K3Q-9F',
  internetMessageId: '<1@contoso.com>',
  inSentItems: true,
  recipients: [
    { address: 'robin@contoso.com', outcome: 'inbox' as const },
    { address: 'pat@fabrikam.com', outcome: 'ask the recipient' as const },
  ],
};

test.each(['TA-7K3Q-9F', 'ta-7k3q-9f', ' TA 7K3Q 9F ', 'ta7k3q9f', '"TA‑7K3Q‑9F".'])(
  'takes the code as %s',
  (readBack) => {
    const confirmed = confirmReceipt(verified, { address: 'pat@fabrikam.com', readBack });
    expect(confirmed?.recipients).toEqual([
      { address: 'robin@contoso.com', outcome: 'inbox' },
      { address: 'pat@fabrikam.com', outcome: 'confirmed by recipient' },
    ]);
    expect(confirmed).toMatchObject({ code: verified.code, at: verified.at });
  },
);

test.each(['', 'TA', '7K3Q-9F', 'TA-7K3Q-9G', 'TA-7K3Q-9FF'])('does not take %j', (readBack) => {
  expect(confirmReceipt(verified, { address: 'pat@fabrikam.com', readBack })).toBeUndefined();
});

test('takes no word from somebody the mail did not go to', () => {
  const readBack = verified.code;
  expect(confirmReceipt(verified, { address: 'eve@fabrikam.com', readBack })).toBeUndefined();
});
