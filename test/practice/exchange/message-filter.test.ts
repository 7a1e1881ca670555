import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMessageFilter } from '../../../src/practice/exchange/message-query.ts';

const message = {
  subject: 'Hours and minutes',
  isRead: false,
  hasAttachments: true,
  receivedDateTime: '2026-11-23T22:00:00Z',
  from: { emailAddress: { address: 'ta@contoso.com' } },
};

test.each([
  ["subject eq 'HOURS AND MINUTES'", true],
  ["subject eq 'Hours'", false],
  ["subject ne 'Hours'", true],
  ["startswith(subject, 'hours and')", true],
  ["contains(subject,'and min')", true],
  ['isRead eq false', true],
  ['hasAttachments eq true and isRead eq true', false],
  ["from/emailAddress/address eq 'ta@contoso.com' and subject ne ''", true],
  ['receivedDateTime ge 2026-11-23T22:00:00Z', true],
  ['receivedDateTime gt 2026-11-23T22:00:00.000Z', false],
  ['receivedDateTime lt 2026-11-24', true],
  ['receivedDateTime le 2026-11-22', false],
])('%s is %s', (filter, wanted) => {
  expect(parseMessageFilter(filter).matches(message)).toBe(wanted);
});

test.each([
  '',
  'subject',
  "subject eq 'a' and",
  "subject eq 'a",
  "subject like 'a'",
  'subject eq 5',
  "isRead eq 'false'",
  'receivedDateTime ge yesterday',
])('%s is refused', (filter) => {
  expect(() => parseMessageFilter(filter)).toThrow('The query filter contains one or more invalid nodes.');
});

test('any text can be looked for, once its quotes are doubled', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (subject) => {
      const filter = parseMessageFilter(`subject eq '${subject.replaceAll("'", "''")}' and isRead eq false`);
      expect(filter.properties).toEqual(['subject', 'isRead']);
      expect(filter.matches({ ...message, subject })).toBe(true);
      expect(filter.matches({ ...message, subject: `${subject}.` })).toBe(false);
    }),
  );
});
