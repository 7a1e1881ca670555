import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workTreeOf } from '../../../src/core/files/work-tree.ts';
import { git, gitRepository } from '../../support/git-repository.ts';

type Files = Readonly<Record<string, string>>;

/** What the product says and what git says of a file, in a repository that the test has made. */
async function bothSay(path: string, files: Files): Promise<{ ours: boolean; git: boolean }> {
  const root = await gitRepository();
  await mkdir(join(root, dirname(path)), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, dirname(name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  const { state } = await workTreeOf(dirname(join(root, path)), path.split('/').at(-1) ?? '');
  expect(['ignored', 'not ignored']).toContain(state);
  const ignored = await git(root, 'check-ignore', '--quiet', '--', path).then(
    () => true,
    () => false,
  );
  return { ours: state === 'ignored', git: ignored };
}

const top = (text: string): Files => ({ '.gitignore': text });

test.each<[string, string, Files]>([
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
  ['info/exclude', 'a/c.json', { '.git/info/exclude': 'c.json\n' }],
  ['info/exclude below .gitignore', 'c.json', { '.git/info/exclude': 'c.json\n', '.gitignore': '!c.json\n' }],
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
])('agrees with git: %s', async (_, path, files) => {
  const said = await bothSay(path, files);
  expect(said.ours).toBe(said.git);
});

test('whatever the rules, what is called ignored is ignored', { timeout: 60_000 }, async () => {
  const name = fc.constantFrom('a', 'b', 'c.json', 'A', 'b c', 'é');
  const part = fc.oneof(
    { weight: 3, arbitrary: name },
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
  const repository = fc.record({
    path: fc
      .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('a', 'b'), name)
      .map((parts) => parts.join('/')),
    here: rules,
    below: rules,
    exclude: rules,
  });
  await fc.assert(
    fc.asyncProperty(repository, async ({ path, here, below, exclude }) => {
      const files = {
        '.gitignore': here,
        [`${path.split('/')[0]}/.gitignore`]: below,
        '.git/info/exclude': exclude,
      };
      const said = await bothSay(path, files);
      // Case is regarded more strictly than git does here.
      if (said.ours !== said.git)
        expect([said, /[A-Z]/.test(path + here + below + exclude)]).toEqual([
          { ours: false, git: true },
          true,
        ]);
    }),
    { numRuns: 60 },
  );
});
