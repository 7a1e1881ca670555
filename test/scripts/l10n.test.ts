import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { l10nFiles, pseudo } from '../../scripts/l10n.ts';
import { scenarios } from '../../src/practice/scenarios.ts';
import { manifest } from '../support/manifest.ts';
import { sourceFiles } from '../support/source-imports.ts';

test('the strings for translators are up to date', async () => {
  expect(manifest.l10n).toBe('./l10n');
  const { 'l10n/bundle.l10n.json': text } = await l10nFiles();
  expect(readFileSync('l10n/bundle.l10n.json', 'utf8')).toBe(text);
});

/** A call, and its text where that is one literal. Not `\u`: the library that collects them reads another character. */
const call =
  /\bl10n\s*\.t\b(?:\(\s*(?:'((?:[^'\\]|\\[^ux])*)'|"((?:[^"\\]|\\[^ux])*)"|`((?:[^`\\$]|\\[^ux])*)`)\s*[,)])?/g;
const textsIn = (source: string): (string | undefined)[] =>
  [...source.matchAll(call)].map(([, ...quoted]) =>
    quoted.find((text) => text !== undefined)?.replace(/\\(.)/g, (_, sign) => (sign === 'n' ? '\n' : sign)),
  );

test('a translated text is one literal, and each is among the strings for translators', () => {
  const together = ["'a' + b", 'text', '`a $' + '{b}`', "{ message: 'a' }", "'\\u2026'"];
  for (const text of together) expect(textsIn(`l10n.t(${text})`)).toEqual([undefined]);
  expect(textsIn('l10n.t("It\'s {0}\\n", a); each(l10n.t)')).toEqual(["It's {0}\n", undefined]);
  const strings = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8'));
  const strays = sourceFiles('src').flatMap(({ path, text }) =>
    textsIn(text).flatMap((said) => (said !== undefined && said in strings ? [] : [`${path}: ${said}`])),
  );
  expect(strays).toEqual([]);
});

test('the conditions of the practice tenant are told in the language of VS Code', () => {
  const strings = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8'));
  for (const { description } of Object.values(scenarios)) expect(strings).toHaveProperty([description]);
});

test('the pseudo-locale keeps placeholders, links, code and icons', () => {
  expect(pseudo('Send {0} to $(mail)')).toBe('[Sénd {0} tó $(mail)~~~~~~~]');
  expect(pseudo('Use `a`\n[Open](command:taExchange.showLog)')).toBe(
    'Úsé `a`\n[Ópén](command:taExchange.showLog)',
  );
});

/** A literal text where VS Code shows one, except for icons and addresses. */
const untranslated =
  /(?:show(?:Information|Warning|Error)Message\(\s*|\b(?:title|placeHolder|prompt|label|detail|description|tooltip|cancelLabel|openLabel|saveLabel): )(['"])(?!\$\([\w-]+\)['"])[^'"@]*[a-z][^'"@]*\1/;

test('no text is shown past the translator', () => {
  expect(untranslated.test("showErrorMessage('No')")).toBe(true);
  const strays = sourceFiles('src/extension').flatMap(({ path, text }) => {
    const [found] = untranslated.exec(text) ?? [];
    return found === undefined ? [] : [`${path}: ${found}`];
  });
  expect(strays).toEqual([]);
});
