import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Customer } from '../../../../src/core/customer/customer.ts';
import { CustomerRecord } from '../../../../src/core/customer/record.ts';
import { standingOf } from '../../../../src/core/customer/standing.ts';
import { gatherFacts } from '../../../../src/core/hand-over/facts.ts';
import { makeReport } from '../../../../src/core/hand-over/report.ts';
import { english } from '../../../../src/core/hand-over/texts.ts';
import { customerWords, stateWords } from '../../../../src/extension/customers/tree/words.ts';
import { contosoCustomer } from '../../../support/contoso-customer.ts';
import { scopedCustomer } from '../../../support/scoped-customer.ts';
import { setUpRecord } from '../../../support/set-up-record.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const dayMs = 24 * 60 * 60_000;
const permissions = ['Directory.Read.All', 'User.Read.All', 'Mail.ReadWrite', 'Mail.Send'];

const key = fc.constantFrom('key-1', 'key-2');
const instant = fc
  .integer({ min: -40, max: 400 })
  .map((days) => new Date(now + days * dayMs + 1000).toISOString());
const roles = fc.oneof(fc.constant(permissions), fc.subarray(permissions));
const outcome = fc.constantFrom(
  'inbox',
  'bounced',
  'ask the recipient',
  'not seen',
  'confirmed by recipient',
);
/** Mostly there, for most of what can be said is said of customers who came far. */
const often = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 8 });

/** A record as a set-up, a renewal, another wish or a hand that edited it may leave it. */
const record = fc
  .record({
    secret: often(fc.record({ keyId: key, expiresAt: instant })),
    preferences: often(key),
    proof: often(fc.record({ keyId: key, roles })),
    granted: roles,
    asked: fc.boolean(),
    mail: often(
      fc.record({ keyId: fc.option(key, { nil: undefined }), outcomes: fc.array(outcome, { maxLength: 2 }) }),
    ),
    scope: fc.constantFrom(undefined, 'waiting for Exchange', 'proved'),
  })
  .map(({ secret, preferences, proof, granted, asked, mail, scope }) => {
    const at = '2026-11-24T10:00:00Z';
    const mailbox = 'ta@contoso.com';
    const recipients = mail?.outcomes.map((outcome) => ({ address: 'robin@contoso.com', outcome }));
    const sent = { at, code: 'TA-7K3Q-9F', internetMessageId: '<1>', inSentItems: true };
    return CustomerRecord.parse(
      JSON.parse(
        JSON.stringify({
          ...setUpRecord(at),
          grants: granted.map((permission) => ({ permission, appRoleId: permission })),
          consent: asked ? { askedAt: at } : undefined,
          secret: secret && { ...secret, hint: 'abc', displayName: 'secret' },
          preferences: preferences && { file: 'a.ta-email.json', keyId: preferences, writtenAt: at },
          proof: proof && { ...proof, at },
          mailboxScope: scope && { state: scope, at, mailbox, otherMailbox: 'robin@contoso.com' },
          verification: mail && { ...sent, keyId: mail.keyId, recipients },
        }),
      ),
    );
  });

const customer = fc.constantFrom(
  ...[contosoCustomer, scopedCustomer].map((wanted) => Customer.parse(wanted)),
);

test('the list, its rows and the report tell the same of any record', () => {
  fc.assert(
    fc.property(customer, record, (customer, record) => {
      const read = { customer, record };
      const standing = standingOf(read, now);
      const { stages: states } = standing;
      const row = customerWords(read, standing);
      const { application } = record;
      if (!states || !application) throw new Error('a registered application');
      const facts = gatherFacts({ ...read, application, places: [], now });
      const [note] = makeReport(facts, english, []).notes.filter(({ line }) => line !== english.practice);
      const told = String(note?.line);

      const arrives = told.includes('sent as T&A sends it, and it arrived');
      const newest = record.verification?.keyId === record.secret?.keyId && record.secret !== undefined;
      expect(arrives).toBe(facts.gap === undefined);
      if (arrives) expect(newest).toBe(true);
      if (arrives) expect(row).toMatch(/Ready|Secret expires/);
      if (row.includes('Ready')) expect(arrives).toBe(true);
      if (arrives) expect(stateWords(states.verification)).toBe('Done');
      expect(told.includes('client secret expired on')).toBe(row.includes('Secret expired'));
      expect(told.includes('no client secret yet')).toBe(record.secret === undefined);
      expect(facts.standing).toEqual(standing);
    }),
    { numRuns: 2000 },
  );
});

test('such records have every standing that the files of a registered customer can tell', () => {
  const known = fc.sample(fc.record({ customer, record }), { seed: 1, numRuns: 2000 });
  const byFiles = ['waiting for consent', 'waiting for Exchange', 'unfinished', 'unverified'];
  expect(new Set(known.map((read) => standingOf(read, now).status))).toEqual(
    new Set([...byFiles, 'ready', 'expiring', 'expired']),
  );
});
