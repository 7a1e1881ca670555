import pc from 'picocolors';
import { expect, test } from 'vitest';
import { mailLines } from '../../../src/cli/show/mail-lines.ts';

const paint = pc.createColors(false);

test('a step says how it was answered and how long it took', () => {
  expect(mailLines({ step: 'send', state: 'done', status: 202, ms: 1500 }, paint)).toEqual([
    { text: '  ✔ Draft User Message Endpoint: sent (HTTP 202, 1.5 s)' },
  ]);
});

test('a step whose answer was lost does not boast of the 404 that the look for the draft gave', () => {
  expect(mailLines({ step: 'send', state: 'done', status: 404, ms: 600 }, paint)).toEqual([
    { text: '  ✔ Draft User Message Endpoint: sent (no answer, but found to be done, 0.6 s)' },
  ]);
});

test('an attachment shows its name without controls, its size and how much of it has arrived', () => {
  const file = { step: 'attachment', name: 'a\u001b]8;;x\u0007b', total: 4 * 1024 * 1024 } as const;
  expect(mailLines({ ...file, state: 'progress', sent: 1_400_000 }, paint)).toEqual([
    { text: '  … Attachment a\ufffd]8;;x\ufffdb, 4 MB 33 %', passes: true },
  ]);
});

test('only the first step has the heading', () => {
  expect(mailLines({ step: 'token', state: 'started' }, paint).map(({ text }) => text)).toEqual([
    '\nTest email, as T&A sends it',
    '  … Token Endpoint: a token of the app itself',
  ]);
  expect(mailLines({ step: 'user', state: 'started' }, paint)).toHaveLength(1);
});

test('a short wait has no colour: a narrow terminal would cut off the end of it, and all that follows would have it', () => {
  const coloured = pc.createColors(true);
  const [short, long] = [400, 4000].flatMap((ms) =>
    mailLines({ step: 'draft', state: 'waiting', status: 403, ms }, coloured),
  );
  expect(short?.text).toBe('  … Exchange does not know the new permissions yet; asking again in 0.4 s');
  expect(long?.text).toBe(
    coloured.dim('  … Exchange does not know the new permissions yet; asking again in 4.0 s'),
  );
});
