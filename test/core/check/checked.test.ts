import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  byUrgency,
  CheckDocument,
  type CheckedCustomer,
  countsOf,
  documentOf,
  exitCodeOf,
  mergeChecks,
  readCheckDocument,
  shardOf,
} from '../../../src/core/check/checked.ts';
import type { levels } from '../../../src/core/customer/last-check.ts';
import { statuses } from '../../../src/core/customer/standing.ts';
import { jsonText } from '../../../src/core/json.ts';
import { checkedCustomers } from '../../support/checked-customers.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const total = (documents: readonly CheckDocument[]) => documents.flatMap(({ customers }) => customers).length;

test('the union of shards is the document of one run, however many there are and whichever comes first', () => {
  fc.assert(
    fc.property(checkedCustomers, fc.integer({ min: 1, max: 12 }), fc.boolean(), (customers, of, turned) => {
      const numbers = Array.from({ length: of }, (_, index) => index + 1);
      const shards = numbers.map((number) => documentOf(shardOf(customers, { number, of })));
      expect(total(shards)).toBe(customers.length);
      expect(mergeChecks(turned ? shards.reverse() : shards)).toEqual(documentOf(customers));
    }),
  );
});

test('shards differ by one customer at most', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 12 }), (all, of) => {
      const sizes = Array.from({ length: of }, (_, index) => shardOf(all, { number: index + 1, of }).length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
  );
});

test('documents merge in any grouping and order, and once more changes nothing', () => {
  const documents = fc.tuple(checkedCustomers, checkedCustomers, checkedCustomers);
  fc.assert(
    fc.property(documents, (lists) => {
      const [a, b, c] = [documentOf(lists[0]), documentOf(lists[1]), documentOf(lists[2])];
      const all = mergeChecks([a, b, c]);
      expect(mergeChecks([mergeChecks([c, a]), b])).toEqual(all);
      expect(mergeChecks([a, mergeChecks([b, c])])).toEqual(all);
      expect(mergeChecks([all, all])).toEqual(all);
    }),
  );
});

test('the exit code of a merge is that of the worst of its parts', () => {
  const rank = [0, 2, 1];
  fc.assert(
    fc.property(checkedCustomers, fc.integer({ min: 1, max: 5 }), (customers, of) => {
      const shards = Array.from({ length: of }, (_, index) =>
        documentOf(shardOf(customers, { number: index + 1, of })),
      );
      const worst = Math.max(...shards.map((shard) => rank.indexOf(exitCodeOf(shard))));
      expect(exitCodeOf(mergeChecks(shards))).toBe(rank[worst]);
    }),
  );
});

test('a document is read back as it was written', () => {
  fc.assert(
    fc.property(checkedCustomers, (customers) => {
      const document = documentOf(customers);
      expect(CheckDocument.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
    }),
  );
});

const customer = (change: Partial<CheckedCustomer>): CheckedCustomer => ({
  file: 'a.ta-customer.json',
  name: 'A',
  standing: 'ready',
  checkedAt: '2026-11-24T10:00:00Z',
  looked: true,
  secret: null,
  findings: [],
  ...change,
});
const found = (level: (typeof levels)[number]) => ({ code: 'x', level, text: 'X' });

test('the part of one machine is read back also where it is larger than any other file of ours', async () => {
  const customers = Array.from({ length: 12 }, (_, index) =>
    customer({
      file: `${index}.ta-customer.json`,
      findings: [{ ...found('bad'), text: 'x'.repeat(100_000) }],
    }),
  );
  const part = join(await tempFolder(), 'shard.json');
  await writeFile(part, jsonText(documentOf(customers)));
  expect(await readCheckDocument(part)).toEqual(documentOf(customers));
});

test('of two results for one customer the later one counts', () => {
  const old = customer({ findings: [found('bad')] });
  const later = customer({ checkedAt: '2026-11-24T11:00:00Z' });
  const merged = mergeChecks([{ customers: [later] }, { customers: [old] }]);
  expect(merged.customers).toEqual([later]);
});

test.each([
  ['nothing', [], 0],
  ['a good finding', [customer({ findings: [found('good')] })], 0],
  ['a note', [customer({ findings: [found('note')] })], 0],
  ['a warning', [customer({ findings: [found('warn')] })], 2],
  ['something bad', [customer({ findings: [found('bad')] })], 2],
  ['no answer', [customer({ looked: false, findings: [found('bad')] })], 1],
] as const)('with %s the exit code is as the contract says', (_name, customers, code) => {
  expect(exitCodeOf({ customers: [...customers] })).toBe(code);
});

test('what matters most comes first, and every customer is counted once', () => {
  const customers = [
    customer({ file: 'fine', secret: { expiresAt: '2027-01-01T00:00:00Z', daysLeft: 100 } }),
    customer({ file: 'fine sooner', secret: { expiresAt: '2027-01-01T00:00:00Z', daysLeft: 40 } }),
    customer({ file: 'warned', findings: [found('warn')] }),
    customer({ file: 'unlooked', looked: false, findings: [found('bad')] }),
    customer({ file: 'bad', findings: [found('note'), found('bad')] }),
  ];
  expect(byUrgency({ customers }).map(({ file }) => file)).toEqual([
    'bad',
    'unlooked',
    'warned',
    'fine sooner',
    'fine',
  ]);
  expect(countsOf({ customers })).toEqual({ all: 5, unlooked: 1, action: 2, removed: 0, fine: 2 });
  expect(statuses).toContain(customers[0]?.standing);
});
