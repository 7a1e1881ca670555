import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parserOf } from '../../scripts/grammar.ts';
import { l10nFiles, pseudo, stringsIn } from '../../scripts/l10n.ts';
import { manifest } from '../support/manifest.ts';
import { sourceFiles } from '../support/source-imports.ts';

test('the strings for translators are up to date', async () => {
  expect(manifest.l10n).toBe('./l10n');
  const { 'l10n/bundle.l10n.json': text } = await l10nFiles();
  expect(readFileSync('l10n/bundle.l10n.json', 'utf8')).toBe(text);
});

const parser = await parserOf('typescript');
const found = (source: string): string[] => stringsIn(parser, source, 'x.ts');

test('strings are found however they are quoted, and in calls only', () => {
  const source = `// As l10n.t(text) does.
    vscode.l10n.t('It\\'s {0}', a); l10n.t(\n  "say \\"no\\"\\n",\n); l10n.t(\`"\\\`"\`);`;
  expect(found(source)).toEqual(["It's {0}", 'say "no"\n', '"`"']);
});

test('a string that is put together is refused', () => {
  expect(() => found("l10n.t('a' + b)")).toThrow('x.ts');
  expect(() => found('l10n.t(text)')).toThrow('x.ts');
  expect(() => found(['l10n.t(`a $', '{b}`)'].join(''))).toThrow('x.ts');
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
