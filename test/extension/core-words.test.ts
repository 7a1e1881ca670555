import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { pseudo } from '../../scripts/l10n.ts';
import { coreSentences } from '../../scripts/said.ts';
import { placeFailures } from '../../src/core/files/place-failures.ts';
import { setUpFailures } from '../../src/core/setup/failures.ts';
import { errors } from '../../src/core/words/errors.ts';
import { fieldWords } from '../../src/core/words/faces.ts';
import { type Failure, people } from '../../src/core/words/failure.ts';
import { inTerminal, say } from '../../src/core/words/say.ts';
import { serviceFailure } from '../../src/core/words/service-failure.ts';
import { pageView } from '../../src/extension/set-up/views/page-view.ts';
import { blankFacts, typed } from '../support/page-facts.ts';

const strings = z.parse(
  z.record(z.string(), z.string()),
  JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')),
);
const bundle = Object.fromEntries(Object.entries(strings).map(([key, text]) => [key, pseudo(text)]));
const patterns = await coreSentences();

test('what core says is found in its sources by its tag', () => {
  expect(patterns.length).toBeGreaterThan(300);
  expect(patterns).toContain('No answer from {0} ({1}).');
  expect(patterns).toContain('look at the tenant');
  expect(patterns).toContain('a GUID');
  expect(patterns).not.toContain('{0}');
});

test('each sentence of core has its entry for translators', () => {
  for (const pattern of patterns) expect(bundle[`${pattern}/core`]).toBe(pseudo(pattern));
});

/** Options, commands of the terminal, and names that only a file has. */
const ofTerminal =
  /same command|(^|[\s(:])--[a-z]|\bta-exchange |"[a-z]+(\.[a-zA-Z]+)+"|\b(app|mail)\.[a-z]|"(scope|cloud|tenant|mailbox)"/;

test('a sentence has the words of the page, and those of the terminal only as such', () => {
  // What the customer's administrator runs has options everywhere.
  const ours = patterns.filter((pattern) => !/PowerShell|\baz /.test(pattern));
  expect(ours.filter((pattern) => ofTerminal.test(pattern))).toEqual([]);
  const editsFile = /\b(set|enter|check|correct)\b[^.]* in the customer file\b/i;
  expect(patterns.filter((pattern) => editsFile.test(pattern))).toEqual([]);
  const next = say`Correct ${fieldWords.fromAddress}${inTerminal` (--from)`}.`;
  expect(String(next)).toBe('Correct "mail.fromAddress" (--from).');
  expect(next.in({}, 'page')).toBe('Correct "Sender address".');
  expect(next.reworded((pattern) => pattern.replace('Correct', 'Mend')).in({}, 'page')).toBe(
    'Mend "Sender address".',
  );
});

test('a field is named as it is on the page', () => {
  const values = { ...typed.values, scope: 'mailbox' };
  const unknown = { ...typed, values, lookup: { kind: 'none' } } as const;
  const view = JSON.stringify(
    pageView({ ...blankFacts, practice: { running: false, problems: [] }, editing: unknown }),
  );
  const { place: _, ...named } = fieldWords;
  for (const words of Object.values(named)) expect(view).toContain(words.in({}, 'page').replaceAll('"', ''));
});

const failures: Readonly<Record<string, Failure>> = {
  'an error of ours': errors.noAnswer(say`read the tenant`, 'graph.microsoft.com', 'ECONNRESET', false),
  'a place': placeFailures.notIgnored('/home/a/contoso.ta-email.json', '/home/a', '*.ta-email.json*'),
  'a set-up': setUpFailures.withExisting(
    setUpFailures.consentNeeded('https://login.example/x', errors.cancelled('', { doing: say`grant` })),
    say`Nothing was changed in the tenant.`,
    false,
  ),
  'a service': serviceFailure({
    service: 'graph',
    status: 403,
    body: undefined,
    doing: say`look at the tenant`,
  }),
};

test.each(Object.keys(failures))('a failure of %s is told in the language of VS Code', (name) => {
  const { words, advice } = failures[name] ?? errors.badProxy('HTTPS_PROXY');
  for (const said of [words, advice.cause, advice.next, people[advice.who]]) {
    expect(said.in(bundle, 'page')).toMatch(/^\[/);
    expect(said.in(bundle, 'page')).not.toMatch(/\b(the|not|of)\b/);
  }
});

test('without a translation core is heard as it speaks', () => {
  expect(say`Stopped on request.`.in({})).toBe('Stopped on request.');
});
