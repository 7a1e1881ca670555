import { expect, onTestFinished, test } from 'vitest';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { Customer } from '../../../../src/core/customer/customer.ts';
import { stages } from '../../../../src/core/customer/stage-states.ts';
import { standingOf, statuses } from '../../../../src/core/customer/standing.ts';
import { createRows } from '../../../../src/extension/customers/tree/rows.ts';
import {
  customerWords,
  recordWords,
  shortWords,
  stageName,
} from '../../../../src/extension/customers/tree/words.ts';
import { contosoCustomer } from '../../../support/contoso-customer.ts';
import { env } from '../../../support/fake-vscode.ts';
import { setUpRecord } from '../../../support/set-up-record.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const customer = z.parse(Customer, contosoCustomer);

function wordsFor(expiresAt: string, kind: 'practice' | 'production'): string {
  const read = { customer, record: setUpRecord(expiresAt, { kind }) };
  return customerWords(read, standingOf(read, now));
}

test.each([
  ['2027-05-23T12:00:00Z', 'production', 'Ready · contoso.com · 180 days left'],
  ['2027-05-23T12:00:00Z', 'practice', 'PRACTICE · Ready · contoso.com · 180 days left'],
  ['2026-11-25T13:00:00Z', 'production', 'Secret expires soon · contoso.com · 2 days left'],
  ['2026-11-24T13:00:00Z', 'production', 'Secret expires within a day · contoso.com'],
  ['2026-11-24T11:00:00Z', 'production', 'Secret expired · contoso.com'],
] as const)('a secret until %s of a %s customer reads "%s"', (expiresAt, kind, words) => {
  expect(wordsFor(expiresAt, kind)).toBe(words);
});

test.each([
  ['2027-05-23T12:00:00Z', 'Ready'],
  ['2026-12-05T13:00:00Z', '\u200e12 days'],
  ['2026-11-24T13:00:00Z', 'Last day'],
  ['2026-11-24T11:00:00Z', 'Expired'],
])('a narrow list has room for the state of a secret until %s: "%s"', (expiresAt, words) => {
  const read = { customer, record: setUpRecord(expiresAt) };
  expect(shortWords(standingOf(read, now))).toBe(words);
});

test('at 200 px each state is seen whole beside a name of some length', () => {
  const long = statuses
    .map((status) => shortWords({ status, daysLeft: 12 }))
    .filter((words) => words.length > 10);
  expect(long).toEqual([]);
});

test('a customer without a record shows the tenant of its file', () => {
  const read = { customer, record: undefined };
  expect(customerWords(read, standingOf(read, now))).toBe('Not set up · contoso.com');
});

test('every stage says what exists, and says nothing where nothing does', () => {
  const record = setUpRecord('2027-05-23T12:00:00Z');
  const lines = stages.map((stage) => `${stageName(stage)}: ${recordWords(stage, record)}`);
  expect(lines).toEqual([
    'App registration: 5b0c1d5e-0000-4000-8000-000000000002',
    'Service principal: 5b0c1d5e-0000-4000-8000-000000000003',
    'Graph permissions: Directory.Read.All, User.Read.All, Mail.ReadWrite, Mail.Send',
    'Client secret: begins with abc, until May 23, 2027',
    'Email preferences: contoso.ta-email.json',
    'Token check: Nov 24, 2026',
    'Test email: robin@contoso.com',
  ]);
  expect(stages.map((stage) => recordWords(stage, undefined)).filter(Boolean)).toEqual([]);
});

test('dates are written in the language of VS Code', () => {
  const record = setUpRecord('2027-05-23T12:00:00Z');
  env.language = 'de';
  onTestFinished(() => {
    env.language = 'en';
  });
  expect(recordWords('proof', record)).toBe('24.11.2026');
});

test('the list is in the order of the names that are shown, and 2 comes before 10', async () => {
  const names: Record<string, string | undefined> = {
    c: 'Store 10',
    b: 'Müller GmbH',
    a: 'Store 2',
    d: undefined,
  };
  const all = Object.entries(names).map(([stem, name]) => ({
    file: { uri: vscode.Uri.file(`/customers/${stem}.ta-customer.json`), stem },
    customer: name === undefined ? undefined : { ...customer, name },
    ...{ record: undefined, seen: undefined, preferencesFile: undefined, portal: '', trouble: undefined },
  }));
  const of = async (): Promise<never> => Promise.reject(new Error('Nothing is unfolded.'));
  const rows = createRows({ all: async () => all, of }, { current: () => undefined });
  const shown = await rows.children(undefined, '');
  expect(shown.map((row) => 'file' in row && (names[row.file.stem] ?? row.file.stem))).toEqual([
    'd',
    'Müller GmbH',
    'Store 2',
    'Store 10',
  ]);
});
