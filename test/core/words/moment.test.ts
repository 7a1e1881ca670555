import { expect, test } from 'vitest';
import { dayOf, daysOf, minuteOf, minutesOf } from '../../../src/core/words/moment.ts';

test.each([
  ['2027-05-23T00:30:00+02:00', '2027-05-22', '2027-05-22 22:30 UTC'],
  [Date.UTC(2026, 10, 24, 10), '2026-11-24', '2026-11-24 10:00 UTC'],
  ['just now', 'just now', 'just now'],
  ['', '', ''],
])('%s is told in UTC, to the day and to the minute', (instant, day, minute) => {
  expect([dayOf(instant), minuteOf(instant)]).toEqual([day, minute]);
});

test.each([
  [0, '0 days', '0 minutes'],
  [1, '1 day', '1 minute'],
  [2, '2 days', '2 minutes'],
])('%d is told as %s and %s', (count, days, minutes) => {
  expect([`${daysOf(count)}`, `${minutesOf(count)}`]).toEqual([days, minutes]);
});
