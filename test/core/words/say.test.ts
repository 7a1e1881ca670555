import fc from 'fast-check';
import { test } from 'vitest';
import { say } from '../../../src/core/words/say.ts';

test('a sentence prints as English and carries its pattern and values', ({ expect }) => {
  const words = say`No answer from ${'graph.microsoft.com'} (HTTP ${503}).`;
  expect(String(words)).toBe('No answer from graph.microsoft.com (HTTP 503).');
  expect(words.pattern).toBe('No answer from {0} (HTTP {1}).');
  expect(words.values).toEqual(['graph.microsoft.com', 503]);
  expect(JSON.stringify({ words })).toBe('{"words":"No answer from graph.microsoft.com (HTTP 503)."}');
});

test('a translation is found by the pattern, also of a sentence inside another', ({ expect }) => {
  const words = say`Gave up: ${say`register the application`} for ${'{1} Contoso'}.`;
  const translations = {
    'Gave up: {0} for {1}./core': 'Aufgegeben für {1}: {0}.',
    'register the application/core': 'die Anwendung registrieren',
  };
  expect(words.in(translations)).toBe('Aufgegeben für {1} Contoso: die Anwendung registrieren.');
  expect(words.in({})).toBe('Gave up: register the application for {1} Contoso.');
});

test('a list is shown with commas; one entry and none without', ({ expect }) => {
  expect(String(say`Missing: ${['Mail.Send', 'User.Read.All']}.`)).toBe('Missing: Mail.Send, User.Read.All.');
  expect(String(say`Missing: ${['Mail.Send']}.`)).toBe('Missing: Mail.Send.');
  expect(String(say`Missing: ${[]}.`)).toBe('Missing: .');
});

test('pages see what is ours and what is a value, sentences inside opened', ({ expect }) => {
  const { parts } = say`${say`Sent on ${'2026-11-24'}`}, to ${['a@x', 'b@x']}`;
  expect(parts).toEqual([
    'Sent on ',
    { value: '2026-11-24' },
    ', to ',
    { value: 'a@x' },
    ', ',
    { value: 'b@x' },
  ]);
});

test('no value moves a cursor, hides a letter or begins a line', ({ expect }) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(String(say`<${text}>`)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});
