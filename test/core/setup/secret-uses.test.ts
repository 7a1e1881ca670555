import { expect, test } from 'vitest';
import { evidenceOf, evidenceWords, withEvidence } from '../../../src/core/setup/secret-uses.ts';
import { setUpRecord } from '../../support/set-up-record.ts';

/** The new secret is key-1, the old one key-0; this tool proved and sent at 10:00 and 10:01, and signed in at 11:30. */
const record = setUpRecord('2027-04-22T12:00:00Z', {
  renewal: {
    since: '2026-11-24T09:59:00Z',
    oldSecret: { keyId: 'key-0', hint: 'abc', displayName: 'old', expiresAt: '2026-12-14T12:00:00Z' },
    ownSignIns: ['2026-11-24T11:30:00.000Z'],
  },
  proof: { at: '2026-11-24T10:00:00Z', keyId: 'key-1', roles: [] },
});
const now = Date.parse('2026-11-24T18:00:00Z');
const reading = { now, isSharedElsewhere: false };

const usesOf = (old: string | undefined, new_: string | undefined) => ({
  kind: 'known' as const,
  lastUse: new Map(
    Object.entries({ 'key-0': old, 'key-1': new_ }).flatMap(([keyId, at]) =>
      at ? [[keyId, Date.parse(at)]] : [],
    ),
  ),
});

test.each([
  ['nothing', undefined, undefined, 'not seen'],
  ['the old one before the renewal alone', '2026-11-24T09:58:00Z', undefined, 'not seen'],
  ['the old one while the renewal began', '2026-11-24T09:59:10Z', undefined, 'not seen'],
  ['the new one, by our proof', undefined, '2026-11-24T10:00:09Z', 'not seen'],
  ['the new one, by a run that looked', undefined, '2026-11-24T11:29:51Z', 'not seen'],
  ['the new one at a time that is not ours', undefined, '2026-11-24T11:29:49Z', 'new in use'],
  ['the old one after the renewal', '2026-11-24T10:30:00Z', undefined, 'old in use'],
  ['the old one, and the new one by us', '2026-11-24T10:30:00Z', '2026-11-24T11:30:00Z', 'old in use'],
  ['the old one, and the new one later', '2026-11-24T10:30:00Z', '2026-11-24T12:00:00Z', 'new in use'],
  ['the new one, by our test email', undefined, '2026-11-24T09:58:30Z', 'not seen'],
  ['the new one, and the old one later', '2026-11-24T12:30:00Z', '2026-11-24T12:00:00Z', 'both in use'],
])('a report of %s', (_what, old, new_, kind) => {
  expect(evidenceOf(record, usesOf(old, new_), reading).kind).toBe(kind);
});

test('a look of a check is a use of ours', () => {
  const uses = usesOf(undefined, '2026-11-24T13:00:00Z');
  expect(evidenceOf(record, uses, reading).kind).toBe('new in use');
  expect(
    evidenceOf(record, uses, {
      ...reading,
      own: { signIns: [Date.parse('2026-11-24T13:00:05Z')], oldSignIns: [] },
    }).kind,
  ).toBe('not seen');
});

test('a look with the old secret, by a check that began before the renewal, is a use of ours', () => {
  const own = { signIns: [], oldSignIns: [Date.parse('2026-11-24T13:00:05Z')] };
  const kind = (old: string) => evidenceOf(record, usesOf(old, undefined), { ...reading, own }).kind;
  expect([kind('2026-11-24T13:00:00Z'), kind('2026-11-24T13:01:00Z')]).toEqual(['not seen', 'old in use']);
});

test('an old secret that was not used for two days is at rest', () => {
  const uses = usesOf('2026-11-24T10:30:00Z', undefined);
  const later = (hours: number) => Date.parse('2026-11-24T10:30:00Z') + hours * 3_600_000;
  expect(evidenceOf(record, uses, { ...reading, now: later(47) }).kind).toBe('old in use');
  expect(evidenceOf(record, uses, { ...reading, now: later(48) }).kind).toBe('old at rest');
});

test('what was seen of the new secret once is kept in mind: a use of ours hides it from the report', () => {
  const uses = usesOf('2026-11-24T10:30:00Z', '2026-11-24T12:00:00Z');
  const seen = withEvidence(record, evidenceOf(record, uses, reading));
  const hidden = usesOf('2026-11-24T10:30:00Z', '2026-11-24T11:30:00Z');
  expect(evidenceOf(record, hidden, reading).kind).toBe('old in use');
  expect(evidenceOf(seen, hidden, reading)).toEqual({
    kind: 'new in use',
    at: Date.parse('2026-11-24T12:00:00Z'),
    newSince: Date.parse('2026-11-24T12:00:00Z'),
    isSharedElsewhere: false,
  });
});

test('a use of today is told by its time, an earlier one by its day too', () => {
  const line = (at: string) =>
    String(evidenceWords({ kind: 'old in use', at: Date.parse(at), isSharedElsewhere: false }, now));
  expect(line('2026-11-24T09:12:40Z')).toBe(
    'T&A last used the old client secret today at 09:12 UTC. It has not been changed in T&A yet.',
  );
  expect(line('2026-11-23T23:59:00Z')).toContain('on 2026-11-23 at 23:59 UTC.');
});

test.each([
  ['the old one, and the new one later', '2026-11-24T10:30:00Z', '2026-11-24T12:00:00Z', 'old in use'],
  ['the old one days ago, and the new one later', '2026-11-21T10:30:00Z', '2026-11-24T12:00:00Z', 'new seen'],
  ['the new one alone', undefined, '2026-11-24T12:00:00Z', 'new seen'],
])(
  'where a pipeline may check with either secret, a report of %s proves no change',
  (_what, old, new_, kind) => {
    const evidence = evidenceOf(record, usesOf(old, new_), { now, isSharedElsewhere: true });
    expect(evidence.kind).toBe(kind);
    expect(withEvidence(record, evidence)).toBe(record);
  },
);

test('an old secret that is used after the new one was seen is in use too, until it rests', () => {
  const first = withEvidence(record, evidenceOf(record, usesOf(undefined, '2026-11-24T12:00:00Z'), reading));
  const later = usesOf('2026-11-24T13:00:00Z', '2026-11-24T14:00:00Z');
  const both = evidenceOf(first, later, reading);
  expect(both).toMatchObject({ kind: 'both in use', at: Date.parse('2026-11-24T13:00:00Z') });
  expect(String(evidenceWords(both, now))).toBe(
    'T&A used the old client secret today at 13:00 UTC, after the new one was first used (today at 12:00 UTC). One of its servers or web instances may still have the old one.',
  );
  // What counts is the first use of the new one, not the last.
  expect(withEvidence(first, both).renewal?.newSecretSeen).toBe('2026-11-24T12:00:00.000Z');
  const rested = { ...reading, now: now + 2 * 24 * 3_600_000 };
  expect(evidenceOf(first, later, rested).kind).toBe('new in use');
});
