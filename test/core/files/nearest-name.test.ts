import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestName } from '../../../src/core/files/nearest-name.ts';

const names = ['fromName', 'fromAddress', 'tenant', 'cloud'];

test.each([
  ['formAddress', 'fromAddress'],
  ['FROMNAME', 'fromName'],
  ['tennant', 'tenant'],
  ['tenantId', 'tenant'],
  ['clowd', 'cloud'],
  ['unrelated', undefined],
  ['', undefined],
])('finds for %s the name %s', (word, nearest) => {
  expect(nearestName(word, names)).toBe(nearest);
});

test('offers only names of the list, and a name itself for itself', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.constantFrom(...names), (word, name) => {
      expect([undefined, ...names]).toContain(nearestName(word, names));
      expect(nearestName(name, names)).toBe(name);
    }),
  );
});
