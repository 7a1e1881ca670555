import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import type { CustomerRecord } from '../../../src/core/customer/record.ts';
import { type Facts, gatherFacts } from '../../../src/core/hand-over/facts.ts';
import { makeReminders } from '../../../src/core/hand-over/reminders.ts';
import { english } from '../../../src/core/hand-over/texts.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { packRecord } from '../../support/handed-over.ts';

const dayMs = 86_400_000;

function factsFor(
  expiresAt: number,
  now: number,
  name = 'Contoso Ltd',
  kind: CustomerRecord['kind'] = 'production',
): Facts {
  const secret = { keyId: 'k', hint: 'abc', displayName: 's', expiresAt: new Date(expiresAt).toISOString() };
  const record = packRecord({ secret, kind });
  const { application } = record;
  if (!application) throw new Error('Not set up.');
  const customer = { ...Customer.parse(contosoCustomer), name };
  return gatherFacts({ customer, record, application, places: [], now });
}

function remindersFor(...facts: Parameters<typeof factsFor>): string | undefined {
  return makeReminders(factsFor(...facts), english);
}

function eventsOf(calendar: string | undefined): ICAL.Event[] {
  if (calendar === undefined) return [];
  const component = new ICAL.Component(ICAL.parse(calendar));
  return component.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
}

/** The same day by the calendar, from year, month and day. */
function daysBetween(from: ICAL.Time, instant: number): number {
  const end = new Date(instant);
  const endDay = Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), end.getUTCDate());
  return (endDay - Date.UTC(from.year, from.month - 1, from.day)) / dayMs;
}

const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
const lifetimes = fc.integer({ min: -10 * dayMs, max: 730 * dayMs });

test('for every expiry: whole days, 60, 30 and 7 days before, those still to come', () => {
  fc.assert(
    fc.property(instants, lifetimes, (date, lifetime) => {
      const now = date.getTime();
      const expiresAt = now + lifetime;
      const events = eventsOf(remindersFor(expiresAt, now));
      const today = Math.floor(now / dayMs);
      const coming = [60, 30, 7].filter((days) => Math.floor(expiresAt / dayMs) - days > today);
      expect(events.map(({ startDate }) => daysBetween(startDate, expiresAt))).toEqual(coming);
      expect(events.every(({ startDate }) => startDate.isDate)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

/** In a process of its own: a thread does not heed a change of TZ. */
const program = `
  import { makeReminders } from '${new URL('../../../src/core/hand-over/reminders.ts', import.meta.url)}';
  import { english } from '${new URL('../../../src/core/hand-over/texts.ts', import.meta.url)}';
  process.stdout.write(makeReminders(JSON.parse(process.argv[1]), english));`;

test.each(['Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kolkata'])(
  'the days are the same on a machine in %s, across the change of its clocks',
  async (TZ) => {
    const expiresAt = Date.parse('2027-04-27T23:30:00Z');
    const facts = JSON.stringify(factsFor(expiresAt, expiresAt - 180 * dayMs));
    const args = ['--input-type=module', '-e', program, facts];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, TZ } });
    const days = eventsOf(stdout).map(({ startDate }) => `${startDate}`);
    expect(days).toEqual(['2027-02-26', '2027-03-28', '2027-04-20']);
  },
);

test('a second hand-over changes the entries of the first: same UIDs, higher SEQUENCE, new days', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const first = eventsOf(remindersFor(now + 180 * dayMs, now));
  const second = eventsOf(remindersFor(now + 300 * dayMs, now + 100 * dayMs));
  expect(second.map(({ uid }) => uid)).toEqual(first.map(({ uid }) => uid));
  expect(new Set(first.map(({ uid }) => uid)).size).toBe(3);
  expect(second[0]?.sequence).toBeGreaterThan(first[0]?.sequence ?? Number.NaN);
  expect(Number.isSafeInteger(second[0]?.sequence) && (second[0]?.sequence ?? 0) < 2 ** 31).toBe(true);
  expect(second.map(({ startDate }) => `${startDate}`)).not.toEqual(
    first.map(({ startDate }) => `${startDate}`),
  );
});

test('each entry has what Outlook asks of one, and an alarm', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const calendar = remindersFor(now + 180 * dayMs, now) ?? '';
  const root = new ICAL.Component(ICAL.parse(calendar));
  expect(root.getFirstPropertyValue('version')).toBe('2.0');
  // RFC 5546 3.2.1: a published event names its organizer. Ours has none, so it is not published but kept.
  expect(root.getFirstPropertyValue('method')).toBeNull();
  expect(root.getFirstPropertyValue('prodid')).toBe('-//ta-exchange//hand-over//EN');
  for (const event of root.getAllSubcomponents('vevent')) {
    expect(`${event.getFirstPropertyValue('dtstamp')}`).toBe('2026-11-24T12:00:00Z');
    expect(event.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    const [alarm, ...more] = event.getAllSubcomponents('valarm');
    expect(more).toEqual([]);
    expect(alarm?.getFirstPropertyValue('description')).toBe(event.getFirstPropertyValue('summary'));
    expect(`${alarm?.getFirstPropertyValue('trigger')}`).toBe('-PT12H');
  }
});

test('every line ends as RFC 5545 3.1 wants it, the last one too', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const bytes = Buffer.from(remindersFor(now + 180 * dayMs, now) ?? '');
  expect(bytes.subarray(-15).toString('latin1')).toBe('END:VCALENDAR\r\n');
  const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
  expect(ends.length).toBeGreaterThan(30);
  expect(ends.filter((at) => bytes[at - 1] !== 0x0d)).toEqual([]);
  expect([...bytes].filter((byte) => byte === 0x0d)).toHaveLength(ends.length);
});

test('an entry of a rehearsal is known for one in a real calendar', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  const titles = eventsOf(remindersFor(now + 180 * dayMs, now, 'Contoso Ltd', 'practice'));
  expect(titles.map(({ summary }) => summary)).toEqual(
    [60, 30, 7].map((days) => `PRACTICE: T&A email of Contoso Ltd stops in ${days} days: renew the secret`),
  );
});

const names = fc.string({
  unit: fc.constantFrom(
    ...';,:"\\\' \n\r\tABC',
    'é',
    '日',
    '😀',
    'END:VEVENT',
    'BEGIN:',
    '\\n',
    '\u2028',
    '\u202e',
  ),
  minLength: 1,
  maxLength: 60,
});

test('names come back as they are, on lines that are no longer than the standard allows', () => {
  const now = Date.parse('2026-11-24T12:00:00Z');
  fc.assert(
    fc.property(names, (name) => {
      const calendar = remindersFor(now + 180 * dayMs, now, name) ?? '';
      const shown = name
        .replace(/[\u2028\n\r\t]+/g, ' ')
        .replace(/\u202e+/g, '\ufffd')
        .trim();
      const titles = eventsOf(calendar).map(({ summary }) => summary);
      expect(titles).toHaveLength(3);
      expect(titles[0]?.replace(/ +/g, ' ')).toBe(
        `T&A email of ${shown} stops in 60 days: renew the secret`.replace(/ +/g, ' '),
      );
      const lines = calendar.split('\r\n');
      expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
      expect(lines.join('')).not.toMatch(/[\r\n]/);
    }),
    { numRuns: 300 },
  );
});
