import { expect, test } from 'vitest';
import { errors } from '../../../src/core/words/errors.ts';
import { createRecentFailures } from '../../../src/extension/shell/recent-failures.ts';

test('of a failure only what names nobody is kept', () => {
  const failures = createRecentFailures();
  failures.add('taExchange.signIn', errors.tenantNotFound('contoso.com', 'request-1'));
  expect(failures.list()).toEqual([
    {
      at: expect.stringMatching(/^\d{4}-/),
      command: 'taExchange.signIn',
      code: 'TA-TENANT-NOT-FOUND',
      status: undefined,
      requestId: 'request-1',
    },
  ]);
});

test('the last twenty are kept', () => {
  const failures = createRecentFailures();
  for (let nth = 1; nth <= 25; nth += 1) failures.add(`command ${nth}`, errors.badProxy('HTTPS_PROXY'));
  expect(failures.list().map(({ command }) => command)).toEqual(
    Array.from({ length: 20 }, (_, index) => `command ${index + 6}`),
  );
});
