import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentNamed } from '../support/documents.ts';
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
  const table = source.find(({ path }) => path === 'src/cli/table.ts');
  expect(table?.imports).toContain('src/cli/commands/send.ts');
  expect(cli?.imports).toContain('src/cli/command.ts');
  expect(core.length).toBeGreaterThan(80);
});

test('every import of ours names not found', () => {
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

test('the extension sends requests from one place, which asks whose customer it is', () => {
  const pipeline = (imported: string) => /^src\/core\/cloud\/(pipeline|one-try|sdk-transport)/.test(imported);
  expect(strays(inRoom('extension'), pipeline)).toEqual([
    'src/extension/shell/ports.ts -> src/core/cloud/pipeline.ts',
  ]);
});

/** They open the browser, at an address of ours. */
const openers = ['src/cli/sign-in.ts'];

test('no program is started, for a folder from elsewhere may choose which', () => {
  const starts = /child_process|worker_threads|\bexecFile|\bspawn\b(?!')|\bcluster\b/;
  const found = [...source, ...sourceFiles('webview')].filter(({ text }) => starts.test(text));
  expect(found.map(({ path }) => path)).toEqual(openers);
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
    '@azure/arm-resources': /^src\/core\/escrow\//,
  };
  const packageOf = (imported: string) => imported.split('/', imported.startsWith('@') ? 2 : 1).join('/');
  expect(strays(source, (imported, from) => homes[packageOf(imported)]?.test(from) === false)).toEqual([]);
});

/** Core's rooms from the ground up; each stands only on those below. */
const floors: readonly (readonly string[])[] = [
  ['words'],
  ['ports.ts', 'secret.ts', 'json.ts'],
  ['waiting.ts'],
  ['files'],
  ['cloud'],
  ['customer'],
  ['sign-in', 'tenant'],
  ['preferences'],
  ['mail'],
  ['mailbox-scope'],
  ['setup', 'escrow'],
  ['hand-over', 'check'],
  ['stories'],
];
const roomOf = (path: string) => path.split('/')[2] ?? '';
const floorOf = (path: string) => floors.findIndex((rooms) => rooms.includes(roomOf(path)));

test('every room of core has a floor', () => {
  expect(core.filter(({ path }) => floorOf(path) < 0).map(({ path }) => path)).toEqual([]);
});

test('ARCHITECTURE names the floors from the top down', () => {
  const [, sentence = ''] =
    /floor stands only on those below it: ([^.]*)\./.exec(documentNamed('ARCHITECTURE.md')) ?? [];
  const named = sentence.split('/').map((floor) => floor.trim().split(/,\s+/).sort());
  const rooms = floors.map((floor) => floor.filter((room) => !room.endsWith('.ts')).sort());
  expect(named.reverse()).toEqual(rooms.filter((floor) => floor.length > 0));
});

test('no arrow inside core runs up, or sideways into another room', () => {
  const wrong = (imported: string, from: string) =>
    imported.startsWith('src/core/') &&
    roomOf(imported) !== roomOf(from) &&
    floorOf(imported) >= floorOf(from);
  expect(strays(core, wrong)).toEqual([]);
});

test('only a story takes the lock of a customer, and so only a story opens a record to change it', () => {
  const takes = /\b(?:withLock|locked|keepRecord)\(/;
  // The practice tenant is kept in a file with a lock of its own, which is no customer's.
  const allowed = /^src\/(?:core\/(?:stories|customer)\/|cli\/practice\.ts$)/;
  const found = source.filter(({ path, text }) => takes.test(text) && !allowed.test(path));
  expect(found.map(({ path }) => path)).toEqual([]);
});

/** Beside `waiting.ts`: the clock itself, a clock that is set right, a lock of the disk, a script that runs without this tool. */
const sleepers = ['check/pipeline/tell', 'files/atomic-write', 'ports', 'stories/prepare', 'waiting'];

test('whatever a service is asked again is waited for in one way: nothing else in core sleeps', () => {
  const found = core.filter(({ text }) => /\bsleep\(|\btimers\/promises/.test(text));
  expect(found.map(({ path }) => path).sort()).toEqual(sleepers.map((name) => `src/core/${name}.ts`));
});

test('the modules that keep state are those that ARCHITECTURE names', () => {
  const keeps =
    /^(?:export )?let |^(?:export )?const \w+(?:: .+)? = (?:new (?:Weak)?(?:Map|Set)(?:<.*>)?\(\)|\[\]);/m;
  const found = [...source, ...sourceFiles('webview')].filter(({ text }) => keeps.test(text));
  const [, sentence = ''] =
    /modules keep state[^:]*:([\s\S]*?)\n\n/.exec(documentNamed('ARCHITECTURE.md')) ?? [];
  const named = [...sentence.matchAll(/`([\w/-]+\.ts)`/g)].map(([, name]) => `src/${name}`);
  expect(found.map(({ path }) => path).sort()).toEqual(named.sort());
});

/** Files that come back to themselves, one way round as an example. Types and lazy imports count too. */
function circles(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const closed = new Set<string>();
  const found: string[] = [];
  const follow = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) found.push([...way.slice(at), path].join(' -> '));
    if (at >= 0 || closed.has(path)) return;
    for (const imported of byPath.get(path)?.imports ?? []) follow(imported, [...way, path]);
    closed.add(path);
  };
  for (const { path } of files) follow(path, []);
  return found;
}

test('no file needs itself by way of others', () => {
  const file = (path: string, imports: readonly string[]): SourceFile => ({ path, imports, text: '' });
  expect(circles([file('a', ['b']), file('b', ['c', 'd']), file('c', ['a']), file('d', [])])).toEqual([
    'a -> b -> c -> a',
  ]);
  expect(circles([...source, ...sourceFiles('webview')])).toEqual([]);
});
