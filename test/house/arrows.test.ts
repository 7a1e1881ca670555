import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, type SourceFile, sourceFiles } from '../support/source-imports.ts';

const source = sourceFiles('src');
const core = source.filter(({ path }) => path.startsWith('src/core/'));

/** Which files import something that they must not: `from -> to`. */
function strays(
  files: readonly SourceFile[],
  forbidden: (imported: string, from: string) => boolean,
): string[] {
  return files.flatMap(({ path, imports }) =>
    imports.filter((imported) => forbidden(imported, path)).map((imported) => `${path} -> ${imported}`),
  );
}

const inRoom = (room: string) => source.filter(({ path }) => path.startsWith(`src/${room}/`));
const isOurs = (imported: string) => /^(src|webview|test|scripts)\//.test(imported);

test('the reader of imports sees static, lazy, type and side-effect imports', () => {
  const cli = source.find(({ path }) => path === 'src/cli/program.ts');
  expect(cli?.imports).toContain('commander');
  expect(cli?.imports).toContain('src/cli/commands/send.ts');
  expect(cli?.imports).toContain('src/cli/command.ts');
  expect(core.length).toBeGreaterThan(80);
});

test('every import of ours names a file that is there', () => {
  expect(strays(source, (imported) => isOurs(imported) && !existsSync(join(root, imported)))).toEqual([]);
});

test('core knows no face, no practice tenant and no VS Code', () => {
  expect(strays(core, (imported) => isOurs(imported) && !imported.startsWith('src/core/'))).toEqual([]);
  expect(strays(core, (imported) => imported === 'vscode')).toEqual([]);
});

test('the practice tenant shares nothing with core', () => {
  const foreign = (imported: string) => isOurs(imported) && !imported.startsWith('src/practice/');
  expect(strays(inRoom('practice'), foreign)).toEqual([]);
});

test('the command line and the extension do not know each other, and the contract knows neither', () => {
  expect(strays(inRoom('cli'), (imported) => /^src\/(extension|contract)|^vscode$/.test(imported))).toEqual(
    [],
  );
  expect(strays(inRoom('extension'), (imported) => imported.startsWith('src/cli'))).toEqual([]);
  expect(
    strays(inRoom('contract'), (imported) => /^src\/(cli|extension|practice)|^vscode$/.test(imported)),
  ).toEqual([]);
});

test('what only one face or the practice tenant needs is imported there alone', () => {
  const homes: Record<string, RegExp> = {
    hono: /^src\/practice\//,
    '@hono/node-server': /^src\/practice\//,
    jose: /^src\/practice\//,
    commander: /^src\/cli\//,
    '@clack/prompts': /^src\/cli\//,
    picocolors: /^src\/cli\//,
    '@azure/msal-node': /^src\/core\/sign-in\//,
    '@azure/core-rest-pipeline': /^src\/core\/cloud\//,
    '@azure/arm-resources': /^src\/core\/lifecycle\//,
  };
  const packageOf = (imported: string) => imported.split('/', imported.startsWith('@') ? 2 : 1).join('/');
  expect(strays(source, (imported, from) => homes[packageOf(imported)]?.test(from) === false)).toEqual([]);
});

/** Core's rooms from the ground up; each stands only on those below. */
const floors: readonly (readonly string[])[] = [
  ['advice', 'drain.ts', 'ports.ts', 'secret.ts', 'json.ts'],
  ['files', 'clock.ts'],
  ['cloud'],
  ['customer', 'sign-in', 'tenant'],
  ['preferences'],
  ['mail'],
  ['setup', 'lifecycle'],
  ['hand-over'],
  ['prepare.ts', 'verify.ts'],
  ['prove-scope.ts'],
  ['prove-and-send.ts'],
  ['onboard.ts', 'import-result.ts', 'script-for-admin.ts', 'mailbox-scope.ts'],
];
const roomOf = (path: string) => path.split('/')[2] ?? '';
const floorOf = (path: string) => floors.findIndex((rooms) => rooms.includes(roomOf(path)));

test('every room of core has a floor', () => {
  expect(core.filter(({ path }) => floorOf(path) < 0).map(({ path }) => path)).toEqual([]);
});

test('no arrow inside core runs up, or sideways into another room', () => {
  const wrong = (imported: string, from: string) =>
    imported.startsWith('src/core/') &&
    roomOf(imported) !== roomOf(from) &&
    floorOf(imported) >= floorOf(from);
  expect(strays(core, wrong)).toEqual([]);
});

test('no file needs itself in a circle before it can run', () => {
  const byPath = new Map(source.map((file) => [file.path, file]));
  const done = new Set<string>();
  const circleFrom = (path: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (done.has(path)) return undefined;
    done.add(path);
    const next = byPath.get(path)?.needs.filter((imported) => byPath.has(imported)) ?? [];
    return next
      .map((imported) => circleFrom(imported, [...way, path]))
      .find((circle) => circle !== undefined);
  };
  expect(source.map(({ path }) => circleFrom(path, [])).filter((circle) => circle !== undefined)).toEqual([]);
});

test('only the kit of the page knows its toolkit', () => {
  const toolkit = (imported: string, from: string) =>
    imported.startsWith('@vscode/webview-ui-toolkit') && !from.startsWith('webview/kit/');
  expect(strays(sourceFiles('webview'), toolkit)).toEqual([]);
});
