import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { clouds } from '../../src/core/cloud/clouds.ts';
import { defaultPermissions } from '../../src/core/customer/permissions.ts';
import { adminScopes } from '../../src/core/sign-in/sign-in.ts';
import { scenarios } from '../../src/practice/scenarios.ts';
import { codeIn, commandsIn, documentNamed, documents } from '../support/documents.ts';
import { contributes, manifest } from '../support/manifest.ts';
import { root } from '../support/source-imports.ts';

const commands = createProgram(() => {}).commands;
const nameOf = (text: string): string => text.replace(/ .*/, '');

/** The history may name what is gone. */
const current = documents.filter(({ path }) => path !== 'CHANGELOG.md');

/** Everything that a pattern finds in today's documents, with where it is. */
const found = (pattern: RegExp, pages = current): { path: string; words: string[] }[] =>
  pages.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(([, ...words]) => ({ path, words: words.map((word) => word ?? '') })),
  );

test('every picture is a PNG, and says in words what it shows', () => {
  const pictures = found(/!\[([^\]]*)\]\(([^)]+)\)/g);
  const poor = pictures.filter(
    ({ words: [words = '', path = ''] }) => words.length < 20 || !/png$/.test(path),
  );
  expect(poor).toEqual([]);
  expect(pictures.length).toBeGreaterThan(4);
});

test('one table names every command and no other, one every scenario and no other', () => {
  const named = (path: string) =>
    [...documentNamed(path).matchAll(/^\| (`.*?`) \|/gm)].map(([, cell]) => cell);
  const inCode = (cells: readonly (string | undefined)[]) =>
    cells
      .flatMap((cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => nameOf(code)))
      .sort();
  expect(inCode(named('docs/command-line.md'))).toEqual(commands.map((command) => command.name()).sort());
  expect(inCode(named('docs/practice.md'))).toEqual(Object.keys(scenarios).sort());
});

/** Options of the scripts for the admin, of ours and of npx, and the one that every command has. */
const optionsElsewhere = new Set([
  '--help',
  '--package',
  '--new-secret',
  '--restore',
  '--purge',
  '--release',
]);

/** Other programs have options of their own. */
const ofOthers = /^(?:gh|sha256sum) /;

test('every option and every script that is named exists', () => {
  const options = new Set(commands.flatMap(({ options: all }) => all.map(({ long }) => long)));
  const all = current.flatMap((document) => [...commandsIn(document), ...codeIn(document)]);
  const lines = all.filter((line) => !ofOthers.test(line));
  expect(lines.length).toBeGreaterThan(100);
  const wrong = lines.filter((line) => {
    const [, script] = /^(?:\w+=\S+ )?npm run ([\w:]+)/.exec(line) ?? [];
    const ours = script === undefined || script === 'cli' ? [...line.matchAll(/--[a-z][\w-]+/g)] : [];
    const astray = ours.filter(([option]) => !options.has(option) && !optionsElsewhere.has(option));
    return (script !== undefined && !Object.hasOwn(manifest.scripts, script)) || astray.length > 0;
  });
  expect(wrong).toEqual([]);
});

test('whoever is told to use npx is told that it obeys the folder that it is started in', () => {
  const using = current.filter((document) =>
    [...commandsIn(document), ...codeIn(document)].some((code) => code.startsWith('npx ')),
  );
  expect(using.length).toBeGreaterThan(1);
  expect(using.filter(({ text }) => !text.includes('`.npmrc`')).map(({ path }) => path)).toEqual([]);
});

test('every setting that is named exists', () => {
  const { properties } = contributes.configuration;
  const named = current.flatMap((document) =>
    codeIn(document).filter((code) => code.startsWith('taExchange.')),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !Object.hasOwn(properties, name))).toEqual([]);
});

/** What other programs show. */
const shownElsewhere = new Set([
  'Extensions: Install from VSIX...',
  'Microsoft Graph Command Line Tools',
  'Consent on behalf of your organization',
  'Enterprise applications',
  'Properties',
  'Enabled for users to sign-in?',
  'No',
  'System preferences > Email',
  'EXCH',
  'Test',
  'Sender address from',
  'Settings > Secrets and variables > Actions',
  'Key Vault Secrets User',
  'User',
]);

test('every button and command that is named is one that VS Code shows', () => {
  const texts = (path: string): string[] => Object.values(JSON.parse(readFileSync(join(root, path), 'utf8')));
  const ours = [...texts('package.nls.json'), ...texts('l10n/bundle.l10n.json')].map((text) =>
    text.replaceAll('…', '...').replaceAll(/\$\([\w-]+\) ?/g, ''),
  );
  const named = found(/(?<![*\w])\*(?!\*)(?:T&A Exchange: )?([^*\n`]+)\*(?![*\w])/g).filter(
    ({ words: [words = ''] }) => /\.\.\.$|^[A-Z]/.test(words),
  );
  const strange = named.filter(
    ({ words: [words = ''] }) => !ours.includes(words) && !shownElsewhere.has(words),
  );
  expect(strange).toEqual([]);
});

test('every file and folder that is named exists', () => {
  const files = ['src', 'test', 'scripts', 'webview', 'docs', 'schemas', 'media', '.ci'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `/${folder}/${name}`,
    ),
  );
  const paths = [...files, ...readdirSync(root).map((name) => `/${name}`)];
  const named = current.flatMap((document) =>
    codeIn(document)
      .filter((code) => /^[\w./-]+\.(?:ts|mjs|css)$|^\w[\w./-]*\/$/.test(code))
      .map((code) => ({ path: document.path, code })),
  );
  expect(named.length).toBeGreaterThan(40);
  const gone = named.filter(
    ({ code }) => !paths.some((path) => path.endsWith(`/${code.replace(/\/$/, '')}`)),
  );
  expect(gone).toEqual([]);
});

/** The paths in the drawing of the rooms: what is indented is below what is not. */
function drawnRooms(): string[] {
  const [, drawing = ''] = /^## Rooms\n+```\n([\s\S]*?)^```/m.exec(documentNamed('ARCHITECTURE.md')) ?? [];
  const above: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const [, indent = '', first = ''] = /^( *)((?:[\w.-]+(?:\/|\.ts)(?: |$))*)/.exec(line) ?? [];
    const [, more] = / {4,}(\w+\.ts) /.exec(line.slice(indent.length)) ?? [];
    const names = [...first.split(' '), more ?? ''].filter((name) => name !== '');
    const depth = indent.length / 2;
    above.length = Math.min(above.length, depth);
    const paths = names.map((name) => [...above, name.replace('/', '')].join('/'));
    if (names.length > 0) above[depth] = (names[0] ?? '').replace('/', '');
    return paths;
  });
}

test('the drawing of the rooms has every room, and no other', () => {
  const drawn = drawnRooms();
  expect(drawn.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const foldersIn = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${folder}/${name}`);
  const rooms = [...foldersIn('src'), ...['src/core', 'src/extension', 'src/cli'].flatMap(foldersIn)];
  expect(rooms.length).toBeGreaterThan(20);
  expect(rooms.filter((room) => !drawn.includes(room))).toEqual([]);
});

test("the administrator's guide names every permission that is asked for, and every host", () => {
  const guide = documentNamed('docs/administrator.md');
  const named = [...guide.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
  );
  const { login, graph, arm, vaults, uploadHosts } = clouds.global;
  const [loginHost = '', graphHost = '', armHost = ''] = [login, graph, arm].map((url) => new URL(url).host);
  const hosts = [loginHost, graphHost, ...uploadHosts, armHost, `*.${vaults}`];
  expect(named).toEqual([...adminScopes, ...defaultPermissions.map(({ value }) => value), ...hosts]);
});

test('what we rely on: 48 statements, each with the files that lean on it, a source with its date and its test', () => {
  const rows = [...documentNamed('docs/what-we-rely-on.md').matchAll(/^\| (\d+) \|(.*)\|$/gm)];
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 48 }, (_, at) => at + 1));
  const below = (folder: string, cell: string) =>
    cell
      .split(', ')
      .every(
        (each) => /^`[\w/-]+(\.test)?\.ts`$/.test(each) && existsSync(join(root, folder, each.slice(1, -1))),
      );
  const poor = rows.filter(([, , row = '']) => {
    const [claim, files = '', otherwise, source = '', tests = '', ...more] = row
      .split(' | ')
      .map((cell) => cell.trim());
    const dated = /\b20\d\d\b/.test(source);
    return (
      !claim || !below('src/core', files) || !otherwise || !dated || !below('test', tests) || more.length > 0
    );
  });
  expect(poor.map(([row]) => row)).toEqual([]);
});

/** What stops these is that something is not done, which a law among the tests holds. */
const undone = ['15', '17'];

test('each of 40 threats leads to what stops it and to its tests', () => {
  const rows = [...documentNamed('docs/threats.md').matchAll(/^\| T(\d\d) \| (.*) \|$/gm)];
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
  const poor = rows.filter(([, number = '', row = '']) => {
    const [threat, control = '', tests = '', ...more] = row.split(' | ');
    const leads = /\]\((\.\.\/[\w./-]+|administrator\.md)\)/.test(control) || undone.includes(number);
    const tested = tests.split(', ').every((each) => /^\[([\w/.-]+\.ts)\]\(\.\.\/test\/\1\)$/.test(each));
    return !threat || !leads || more.length > 0 || !tested;
  });
  expect(poor.map(([row]) => row)).toEqual([]);
});
