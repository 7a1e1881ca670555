import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLines } from '../../../src/cli/show/check-lines.ts';
import { createTerminal } from '../../../src/cli/terminal.ts';
import { byUrgency, type CheckedCustomer, countsOf, documentOf } from '../../../src/core/check/checked.ts';
import { checkPage } from '../../../src/core/check/page.ts';
import { checkedCustomers } from '../../support/checked-customers.ts';

const stream = { write: () => undefined };
const { paint } = createTerminal({ stdin: {}, stdout: stream, stderr: stream, env: {} }, {});
/** Blanks aside, which a page lays out by itself. */
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
const shown = (text: string) => new DOMParser().parseFromString(text, 'text/xml');

test('the page is well-formed, has no script, and tells of every customer with what to act on', () => {
  fc.assert(
    fc.property(checkedCustomers, (customers) => {
      const document = documentOf(customers.map(printable));
      const text = checkPage(document);
      expect(text).not.toContain('<script');
      const main = flat(shown(text).getElementsByTagName('main')[0]?.textContent ?? '');
      for (const { name, looked, findings } of document.customers) {
        expect(main).toContain(flat(name));
        for (const finding of findings)
          if (!looked || ['warn', 'bad'].includes(finding.level)) expect(main).toContain(flat(finding.text));
      }
    }),
  );
});

/** Signs that no page and no terminal shows; each has its own way with them. */
function printable(customer: CheckedCustomer): CheckedCustomer {
  const clean = (text: string): string => text.replace(/[^\x20-\x7eäöüß]/g, '.');
  const findings = customer.findings.map(({ next, ...finding }) => ({
    ...finding,
    text: clean(finding.text),
    ...(next === undefined ? {} : { next: clean(next) }),
  }));
  return { ...customer, name: clean(customer.name), findings };
}

test('table, page and document count the same, and begin with the same customer', () => {
  fc.assert(
    fc.property(checkedCustomers, (customers) => {
      const document = documentOf(customers.map(printable));
      const { all, action, unlooked, removed, fine } = countsOf(document);
      const lines = checkLines(document, paint);
      const marks = lines.filter((line) => /^[✔✖!?·] /.test(line));
      expect(marks).toHaveLength(all);
      expect(marks.filter((line) => line.startsWith('?'))).toHaveLength(unlooked);
      expect(marks.filter((line) => line.startsWith('✔'))).toHaveLength(fine);
      const tiles = shown(checkPage(document)).getElementsByTagName('b');
      const counts = [all, action, unlooked, fine, ...(removed > 0 ? [removed] : [])];
      expect(counts.map((_, at) => tiles[at]?.textContent)).toEqual(counts.map(String));
      const [first] = byUrgency(document);
      if (first) expect(flat(lines[0] ?? '')).toContain(flat(first.name));
    }),
  );
});

const customer = (daysLeft: number): CheckedCustomer => ({
  file: `${daysLeft}.ta-customer.json`,
  name: `Customer ${daysLeft}`,
  standing: 'ready',
  checkedAt: '2026-11-24T10:00:00Z',
  looked: true,
  secret: { expiresAt: '2027-01-01T00:00:00Z', daysLeft },
  findings: [],
});

test('the timeline says in words and in bars when the secrets expire', () => {
  const text = checkPage({ customers: [-3, 2, 20, 21, 161, 162, 163].map(customer) });
  expect(text).toContain('1 expired, 3 within 30 days, 3 later.');
  const bars = [...text.matchAll(/<title>([^<]+)<\/title><\/rect>/g)].map(([, title]) => title);
  expect(bars).toEqual([
    'expired: 1',
    '1 to 6 days: 1',
    '14 to 20 days: 1',
    '21 to 27 days: 1',
    '161 to 167 days: 3',
  ]);
});

test('a secret that outlives the chart is in its last bar', () => {
  const text = checkPage({ customers: [2, 800, 99_000].map(customer) });
  const bars = [...text.matchAll(/<title>([^<]+)<\/title><\/rect>/g)].map(([, title]) => title);
  expect(bars).toEqual(['1 to 29 days: 1', '720 days or more: 2']);
  expect(text).not.toMatch(/(width|height)="-/);
  // Of the month from day 30 on one day is soon.
  const months = checkPage({ customers: [-3, 2, 31, 800].map(customer) });
  const tones = [...months.matchAll(/<rect class="(\w+)"/g)].map(([, tone]) => tone);
  expect(tones).toEqual(['bad', 'warn', 'far', 'far']);
  expect(months).not.toContain('-3 days');
  // The usual lifetime, in weeks.
  expect(checkPage({ customers: [2, 180].map(customer) })).toContain('<title>168 days or more: 1</title>');
});

test('while a check is running the page says how far it is', () => {
  expect(checkPage({ customers: [] }, { running: { done: 3, total: 10 } })).toContain(
    'Checking: 3 of 10 so far.',
  );
  const running = { done: 3, total: 10, left: '0:12', stop: 'command:stop' };
  const page = checkPage({ customers: [] }, { running });
  expect(page).toContain(
    'Checking: 3 of 10 so far, 0:12 left.</span> <a class="stop" href="command:stop">Cancel</a>',
  );
  expect(checkPage({ customers: [] })).toContain('No customer was checked.');
});

test('of whom nothing is on the page it says in one sentence', () => {
  const leftOut = 'Not checked <here>: 3.';
  const text = checkPage({ customers: [customer(100)] }, { notes: [leftOut] });
  expect(flat(shown(text).getElementsByTagName('main')[0]?.textContent ?? '')).toContain(leftOut);
});

test('a check that failed calls no customer broken', () => {
  const findings = [{ code: 'TA-NO-ANSWER', level: 'bad' as const, text: 'No answer.' }];
  const pageWith = (looked: boolean) => checkPage({ customers: [{ ...customer(20), looked, findings }] });
  expect(pageWith(true)).toContain('<b class="is-bad">Broken</b> No answer.');
  expect(pageWith(false)).toContain('<b class="is-bad">Failed</b> No answer.');
});

test('of one customer the page tells all that was seen', () => {
  const good = { code: 'secret', level: 'good', text: 'The secret works.' } as const;
  const [one, other] = [customer(100), customer(101)];
  const alone = checkPage({ customers: [{ ...one, findings: [good] }] });
  expect(alone).toContain('The secret works.');
  expect(alone).not.toContain('<svg');
  expect(checkPage({ customers: [{ ...one, findings: [good] }, other] })).not.toContain('The secret works.');
});

test('where VS Code speaks another language, every word of the page that is ours is in it', () => {
  const finding = { code: 'x', level: 'warn', text: '[..]', who: 'you', next: '[..]' } as const;
  const customers = [-3, 2, 170].map(customer).map((one) => ({ ...one, findings: [finding] }));
  const unlooked = { ...customer(9), looked: false, secret: null };
  const fine = { ...customer(171), findings: [] };
  const page = checkPage(
    { customers: [...customers, unlooked, fine] },
    { language: 'qps-ploc', tell: () => '[..]' },
  );
  const { textContent } = shown(page).getElementsByTagName('main')[0] ?? expect.fail();
  expect(page).toContain('<html lang="qps-ploc">');
  const own = (textContent ?? '').replaceAll(
    /Customer -?\d+|\S+\.ta-customer\.json|\d{4}-\d\d-\d\d|\bx\b/g,
    '',
  );
  expect(own).not.toMatch(/[a-z]/i);
});

test('of two customers with one name each tells its file, on the page and in the terminal', () => {
  const twin = { ...customer(30), file: 'two.ta-customer.json', name: 'Customer 20' };
  const document = documentOf([customer(20), twin, customer(170)]);
  const lines = checkLines(document, paint).join('\n');
  const table = shown(checkPage(document)).getElementsByTagName('tbody')[0]?.textContent ?? '';
  for (const text of [lines, table]) {
    expect(text).toContain('20.ta-customer.json');
    expect(text).toContain('two.ta-customer.json');
    expect(text).not.toContain('170.ta-customer.json');
  }
});
