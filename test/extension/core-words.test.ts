import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { pseudo } from '../../scripts/l10n.ts';
import { coreSentences } from '../../scripts/sentences.ts';
import { errors } from '../../src/core/advice/errors.ts';
import { serviceFailure } from '../../src/core/advice/service-failure.ts';
import { placeFailures } from '../../src/core/files/place-failures.ts';
import { setUpFailures } from '../../src/core/setup/failures.ts';
import { createCoreWords } from '../../src/extension/core-words.ts';

const pseudoBundle = z.parse(
  z.record(z.string(), z.string()),
  JSON.parse(readFileSync('l10n/bundle.l10n.qps-ploc.json', 'utf8')),
);
const translate = createCoreWords(pseudoBundle);
const patterns = await coreSentences();

const filled = (pattern: string, values: readonly string[]): string =>
  pattern.replace(/\{(\d+)\}/g, (_, index) => values[Number(index)] ?? '');

test('what core says is found in its sources: sentences, headings and what is being done', () => {
  expect(patterns.length).toBeGreaterThan(300);
  expect(patterns).toContain('No answer from {0} ({1}).');
  expect(patterns).toContain('Stopped on request.');
  expect(patterns).toContain('Register the application');
  expect(patterns).toContain('look at the tenant');
  expect(patterns).not.toContain('utf8');
});

test('every sentence is found again by its pattern, whatever values stand in it', () => {
  const value = fc.stringMatching(/^[a-z0-9]{1,12}(@[a-z]{1,8}\.example)?$/);
  fc.assert(
    fc.property(
      fc.constantFrom(...patterns.filter((pattern) => (pattern.match(/\p{L}{2,}/gu)?.length ?? 0) > 1)),
      fc.array(value, { minLength: 9, maxLength: 9 }),
      (pattern, values) => {
        expect(translate(filled(pattern, values))).toBe(filled(pseudo(pattern), values));
      },
    ),
    { numRuns: 5_000 },
  );
});

test.each([
  ['an error of ours', errors.noAnswer('read the tenant', 'graph.microsoft.com', 'ECONNRESET', false)],
  ['a place', placeFailures.notIgnored('/home/a/contoso.ta-email.json', '/home/a', '*.ta-email.json*')],
  [
    'a set-up',
    setUpFailures.withExisting(
      setUpFailures.consentNeeded('https://login.example/x'),
      'Created so far: nothing.',
    ),
  ],
  [
    'a service',
    serviceFailure({ service: 'graph', status: 403, body: undefined, doing: 'look at the tenant' }),
  ],
])('a failure of %s is told in the language of VS Code', (_name, { message, advice }) => {
  for (const text of [message, advice.cause, advice.next].map(String)) {
    expect(translate(text)).toMatch(/^\[/);
    expect(translate(text)).not.toMatch(/\b(the|not|of)\b/);
  }
});

test('lines and sentences that were put together are found one by one', () => {
  const text = 'Sign in again. Something of a customer, with no full stop\nStopped on request.';
  expect(translate(text)).toBe(
    `${pseudo('Sign in again.')} Something of a customer, with no full stop\n${pseudo('Stopped on request.')}`,
  );
});

test('without a translation core is heard as it speaks', () => {
  expect(createCoreWords(undefined)('Stopped on request.')).toBe('Stopped on request.');
  expect(createCoreWords({})('Stopped on request.')).toBe('Stopped on request.');
});
