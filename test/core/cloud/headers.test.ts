import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestIdOf, retryAfterMs, timedHttp } from '../../../src/core/cloud/headers.ts';
import { say } from '../../../src/core/words/say.ts';
import { fakeClock } from '../../support/fake-clock.ts';

const now = Date.parse('2026-11-23T22:00:00Z');
const day = 24 * 3_600_000;

test.each([
  ['10', 10_000],
  ['.25e1', 2_500],
  ['3e1', 30_000],
  ['3e-1', 1_000],
  ['3e+1', 30_000],
  ['+3.', 3_000],
  ['2.128', 2_128],
  ['0', 1_000],
  ['-5', 1_000],
  ['3600', 3_600_000],
  ['9999999', day],
  ['1e400', day],
  [' 3 ', 3_000],
  ['soon', undefined],
  ['', undefined],
  ['3, 5', undefined],
  ['0x10', undefined],
  ['2026', 2_026_000],
  [undefined, undefined],
])('reads %j as %j ms', (header, expected) => {
  expect(retryAfterMs(header, undefined, now)).toBe(expected);
});

test('counts a date from the Date of the answer, not from our clock', () => {
  const until = 'Mon, 23 Nov 2026 22:00:42 GMT';
  expect(retryAfterMs(until, 'Mon, 23 Nov 2026 22:00:12 GMT', now + 7 * 24 * 3_600_000)).toBe(30_000);
  expect(retryAfterMs(until, undefined, now)).toBe(42_000);
  expect(retryAfterMs(until, 'no date', now)).toBe(42_000);
});

test('takes a date that has passed as the shortest wait', () => {
  expect(retryAfterMs('Mon, 23 Nov 2026 21:00:00 GMT', undefined, now)).toBe(1_000);
});

test('is absent or between one second and a day whatever the header holds', () => {
  const header = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.integer().map(String),
    fc.date().map((date) => (Number.isNaN(date.getTime()) ? 'never' : date.toUTCString())),
  );
  fc.assert(
    fc.property(header, fc.option(header, { nil: undefined }), (value, date) => {
      const ms = retryAfterMs(value, date, now);
      return ms === undefined || (ms >= 1_000 && ms <= day && Number.isInteger(ms));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  [{}, undefined],
  [{ 'request-id': '7d3a', 'x-ms-request-id': '8e4b' }, '7d3a'],
  [{ 'x-ms-request-id': '8e4b' }, '8e4b'],
  [{ 'request-id': '7\u001b[2J' }, '7\ufffd[2J'],
  [{ 'request-id': 'x'.repeat(99) }, 'x'.repeat(80)],
])('of the headers %j the request id is %j', (headers, expected) => {
  const named = new Map(Object.entries(headers));
  expect(requestIdOf((name) => named.get(name))).toBe(expected);
});

test('by how much this clock is ahead is what the last dated answer told, in whole seconds', async () => {
  const clock = fakeClock(now);
  const dates: (string | undefined)[] = [
    undefined,
    'Mon, 23 Nov 2026 20:00:00 GMT',
    'no date',
    'Tue, 24 Nov 2026 00:00:01 GMT',
  ];
  const answers = dates.map((date) => ({
    ...{
      status: 200,
      header: (name: string) => (name === 'date' ? date : undefined),
      body: { date },
      text: '',
    },
    ...{ requestId: undefined, retryAfterMs: undefined, withoutEchoes: (words: string) => words },
  }));
  const http = timedHttp({ send: async () => answers.shift() ?? expect.fail() }, clock);
  const seen: unknown[] = [http.aheadMs()];
  clock.advance(999);
  for (const date of dates) {
    const { body } = await http.send({
      signal: undefined,
      method: 'GET',
      url: 'https://x.example',
      replay: 'safe',
      doing: say`ask`,
    });
    expect(body).toEqual({ date });
    seen.push(http.aheadMs());
  }
  expect(seen).toEqual([undefined, undefined, 2 * 3_600_000, 2 * 3_600_000, -2 * 3_600_000 - 1000]);
});
