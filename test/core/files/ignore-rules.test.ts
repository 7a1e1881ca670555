import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workTreeOf } from '../../../src/core/files/work-tree.ts';
import { git, gitRepository } from '../../support/git-repository.ts';

type Files = Readonly<Record<string, string>>;

/** For each path whether it is ignored, as the product says and as git says, in a repository of these files. */
async function bothSay(paths: readonly string[], files: Files): Promise<Record<'ours' | 'git', boolean[]>> {
  const root = await gitRepository();
  for (const path of paths) await mkdir(join(root, dirname(path)), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, dirname(name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  const trees = await Promise.all(paths.map((path) => workTreeOf(dirname(join(root, path)), basename(path))));
  for (const { state } of trees) expect(['ignored', 'not ignored']).toContain(state);
  const told = await git(root, '-c', 'core.quotePath=false', 'check-ignore', '--', ...paths).catch(
    noneIsIgnored,
  );
  const ignored = new Set(told.split('\n'));
  return {
    ours: trees.map(({ state }) => state === 'ignored'),
    git: paths.map((path) => ignored.has(path)),
  };
}

function noneIsIgnored(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 1) return '';
  throw error;
}

const top = (text: string): Files => ({ '.gitignore': text });

const cases: readonly [string, string, Files][] = [
  ['a name at every depth', 'a/b/c.json', top('c.json\n')],
  ['a name bound to its folder', 'a/c.json', top('/c.json\n')],
  ['a folder', 'a/b/c.json', top('b/\n')],
  ['a folder as a file', 'a/b', top('b/\n')],
  ['a folder that excludes all below it', 'a/b/c.json', top('a\n!c.json\n')],
  ['a folder whose content is excluded, but one', 'a/c.json', top('/a/*\n!/a/c.json\n')],
  ['a negation', 'a/c.json', top('*.json\n!c.json\n')],
  ['a negation further down', 'a/c.json', { '.gitignore': '*.json\n', 'a/.gitignore': '!c.json\n' }],
  ['a folder let in again further down', 'a/b/c.json', { '.gitignore': '/a/b\n', 'a/.gitignore': '!b\n' }],
  [
    'rules in a folder that is excluded',
    'a/b/c.json',
    { '.gitignore': 'b\n', 'a/b/.gitignore': '!c.json\n' },
  ],
  ['a rule further down, bound', 'a/b/c.json', { 'a/.gitignore': '/c.json\n' }],
  ['a rule further down, at every depth', 'a/b/c.json', { 'a/.gitignore': 'c.json\n' }],
  ['a rule of another folder', 'a/c.json', { 'b/.gitignore': 'c.json\n' }],
  ['a folder name with signs of its own', 'a [x]!/c.json', { 'a [x]!/.gitignore': 'c.json\n' }],
  ['another case', 'c.json', top('C.JSON\n')],
  ['a comment', '#c', top('#c\n')],
  ['a quoted sign', '#c', top('\\#c\n')],
  ['a blank at the end', 'c.json', top('c.json  \n')],
  ['a tab at the end', 'c.json', top('c.json\t\n')],
  ['a quoted blank at the end', 'c ', top('c\\ \n')],
  ['line ends of Windows', 'c.json', top('c.json\r\n')],
  ['no line end', 'c.json', top('c.json')],
  ['a byte order mark', 'c.json', top('\uFEFFc.json\n')],
  ['a class', 'c.json', top('[a-d].json\n')],
  ['a named class', 'c.json', top('[[:alpha:]].json\n')],
  ['stars over folders', 'a/b/d/c.json', top('a/**/c.json\n')],
  ['a slash alone', 'a/c.json', { 'a/.gitignore': '/\n' }],
  ['not a slash', 'a/c.json', { '.gitignore': '*.json\n', 'a/.gitignore': '!/\n' }],
  ['everything further down', 'a/c.json', { 'a/.gitignore': '*\n' }],
  ['nothing at all', 'a/c.json', {}],
];

test('agrees with git', async () => {
  // Each in a folder of its own, which is to its rules what the root is: git is started once.
  const paths = cases.map(([, path], at) => `${at}/${path}`);
  const files = cases.flatMap(([, , all], at) =>
    Object.entries(all).map(([name, text]) => [`${at}/${name}`, text]),
  );
  const said = await bothSay(paths, Object.fromEntries(files));
  const named = (all: readonly boolean[]) => cases.map(([name], at) => `${name}: ${all[at]}`);
  expect(named(said.ours)).toEqual(named(said.git));
});

test.each<[string, string, Files]>([
  ['alone', 'a/c.json', { '.git/info/exclude': 'c.json\n' }],
  ['below .gitignore', 'c.json', { '.git/info/exclude': 'c.json\n', '.gitignore': '!c.json\n' }],
])('agrees with git on info/exclude: %s', async (_, path, files) => {
  const said = await bothSay([path], files);
  expect(said.ours).toEqual(said.git);
});

test('whatever the rules, what is called ignored is ignored', { timeout: 60_000 }, async () => {
  const names = ['a', 'b', 'c.json', 'A', 'b c', 'é'];
  const paths = ['a/a', 'a/b', 'b/a', 'b/b'].flatMap((folder) => names.map((name) => `${folder}/${name}`));
  const part = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...names) },
    fc.constantFrom('*', '**', '?', '*.json', '[ab]', '[!a]', '\\a', 'c.*', '[', ''),
  );
  const rule = fc
    .tuple(
      fc.constantFrom('', '', '!', '#', '\\!'),
      fc.array(part, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '/', ' '),
    )
    .map(([sign, parts, end]) => `${sign}${parts.join('/')}${end}`);
  const rules = fc.array(rule, { maxLength: 4 }).map((lines) => `${lines.join('\n')}\n`);
  await fc.assert(
    fc.asyncProperty(rules, rules, rules, async (here, below, exclude) => {
      const files = { '.gitignore': here, 'a/.gitignore': below, '.git/info/exclude': exclude };
      const said = await bothSay(paths, files);
      // Case is regarded more strictly than git does here.
      for (const [at, path] of paths.entries())
        if (said.ours[at] !== said.git[at])
          expect([path, said.ours[at], /[A-Z]/.test(path + here + below + exclude)]).toEqual([
            path,
            false,
            true,
          ]);
    }),
    { numRuns: 20 },
  );
});
