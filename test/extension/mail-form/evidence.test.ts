import { expect, test } from 'vitest';
import { mailEvidence } from '../../../src/extension/mail-form/evidence.ts';
import { blankRun } from '../../support/blank-run.ts';

const run = blankRun({
  startedAt: Date.parse('2026-11-24T10:00:00Z'),
  verdict: 'ask the recipient',
  messageId: '<PR2P264MB@outlook.com>',
  steps: [
    {
      step: 'attachment',
      state: 'done',
      name: 'hours.pdf',
      total: 5,
      startedAt: Date.parse('2026-11-24T10:00:01Z'),
      status: 201,
      requestId: 'r-1',
      ms: 40,
    },
  ],
  recipients: [{ address: "robin.o'brien@contoso.com", outcome: 'inbox' }],
  failure: {
    code: 'ErrorAccessDenied',
    message: 'Exchange refused.',
    cause: 'No access.',
    who: 'an Exchange administrator',
    next: 'Ask.',
    detail: 'Access to pat@fabrikam.com denied.',
    status: 403,
    requestId: 'r-2',
  },
});
const evidence = mailEvidence(run, { tenant: 't-1', client: 'c-1' });

test('the evidence has what support asks for', () => {
  for (const part of [
    'Tenant id: t-1',
    'Client id: c-1',
    'TA-7K3Q-9F',
    'Message ID: <PR2P264MB@outlook.com>',
    '2026-11-24T10:00:01.000Z attachment: done, hours.pdf, 5 bytes, HTTP 201, 40 ms, request id r-1',
    'Code: ErrorAccessDenied',
    'HTTP status: 403',
    'Request ID: r-2',
  ]) {
    expect(evidence).toContain(part);
  }
});

test('people are in it by their domain only', () => {
  expect(evidence).toContain('@contoso.com: inbox');
  expect(evidence).toContain('p***@fabrikam.com');
  for (const person of ['robin', 'brien', 'pat@']) expect(evidence).not.toContain(person);
});
