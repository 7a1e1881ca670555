import fc from 'fast-check';
import type { CheckedCustomer } from '../../src/core/check/checked.ts';
import { levels } from '../../src/core/customer/last-check.ts';
import { statuses } from '../../src/core/customer/standing.ts';

const instant = fc
  .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-01-01') })
  .map((ms) => new Date(ms).toISOString());
/** Names with all that a page, a spreadsheet or a terminal could take for something else. */
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    '<b>&"\'',
    '=1+1',
    '-2',
    '@x',
    'a,b',
    'two\r\nlines',
    '"quoted"',
    'Müller & Söhne',
    '; ,\t',
  ),
);
const finding = fc.record(
  {
    code: fc.constantFrom('secret', 'AADSTS7000222', 'preferences-differ'),
    level: fc.constantFrom(...levels),
    text,
    who: fc.constantFrom('you', "the customer's admin"),
    next: text,
  },
  { requiredKeys: ['code', 'level', 'text'] },
);

/** Results of a check, each of another customer file. */
export const checkedCustomers: fc.Arbitrary<CheckedCustomer[]> = fc.uniqueArray(
  fc.record({
    file: text,
    name: text,
    standing: fc.constantFrom(...statuses),
    checkedAt: instant,
    looked: fc.boolean(),
    secret: fc.option(fc.record({ expiresAt: instant, daysLeft: fc.integer({ min: -900, max: 900 }) }), {
      nil: null,
    }),
    findings: fc.array(finding, { maxLength: 4 }),
  }),
  { selector: ({ file }) => file, maxLength: 12 },
);
