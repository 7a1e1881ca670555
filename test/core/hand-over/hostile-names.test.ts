import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import type { CustomerRecord } from '../../../src/core/customer/record.ts';
import { asHtml } from '../../../src/core/hand-over/as-html.ts';
import { gatherFacts } from '../../../src/core/hand-over/facts.ts';
import { makeReport } from '../../../src/core/hand-over/report.ts';
import { english } from '../../../src/core/hand-over/texts.ts';
import { plain } from '../../../src/core/words/say.ts';
import { contosoCustomer } from '../../support/contoso-customer.ts';
import { packRecord, packTime } from '../../support/handed-over.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

const signs = [
  ...'`*_[]()<>#|!~$:/@.-+\\ aA1&"\'\n\r\t',
  '``',
  'www.evil.example',
  'https://',
  '\u2028',
  '\u202e',
  'é',
];
const hostile = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: fc.constantFrom(...signs), maxLength: 40 }),
);

/** A record in which every text that people or services choose is this one. */
function recordWith(text: string): CustomerRecord {
  const record = packRecord();
  const { application, secret, verification } = record;
  if (!application || !secret || !verification) throw new Error('Not set up.');
  return {
    ...record,
    tenant: { id: text, displayName: text, domain: text },
    admin: { objectId: text, userPrincipalName: text },
    application: { ...application, objectId: text, clientId: text },
    servicePrincipal: { objectId: text },
    grants: [{ permission: text, appRoleId: text }],
    secret: { ...secret, displayName: text, hint: text },
    proof: { at: secret.expiresAt, keyId: text, roles: [text] },
    verification: {
      ...verification,
      code: text,
      internetMessageId: text,
      recipients: [{ address: text, outcome: 'inbox' }],
    },
  };
}

function pageWith(text: string): string {
  const record = recordWith(text);
  const { application } = record;
  if (!application) throw new Error('Not set up.');
  const customer = Customer.parse(contosoCustomer);
  const named = {
    ...customer,
    name: text,
    app: { ...customer.app, displayName: text, permissions: [text] },
    mail: { ...customer.mail, fromName: text, fromAddress: text },
  };
  const places = [
    { kind: 'encrypted', file: text, by: 'passphrase' },
    { kind: 'vault', uri: text },
  ] as const;
  const facts = gatherFacts({ customer: named, record, application, places, now: packTime });
  return asHtml(makeReport(facts, english, [[text, 'x']]), 'en');
}

function tagsOf(page: string): string[] {
  const document = new DOMParser().parseFromString(page, 'text/xml');
  return [...document.getElementsByTagName('*')].map(({ tagName }) => tagName);
}

const ourTags = tagsOf(pageWith('benign'));

test('no text from elsewhere becomes markup, and each stands there to the letter', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      fc.pre(plain(text) !== '');
      const page = pageWith(text);
      expect(tagsOf(page)).toEqual(ourTags);
      const document = new DOMParser().parseFromString(page, 'text/xml');
      const codes = [...document.getElementsByTagName('code')].map(({ textContent }) => textContent);
      expect(codes).toContain(plain(text));
    }),
    { numRuns: 100 },
  );
}, 60_000);
