import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { customerFolder, customerName } from '../support/customer-folder.ts';
import { testWith } from '../support/machine-tools.ts';
import {
  boards,
  github,
  onAzure,
  onGitHub,
  repository,
  runnerIn,
  tellerIn,
  trackerWith,
  withoutTime,
} from '../support/nightly.ts';
import { runCli } from '../support/run-cli.ts';
import { servedPractice } from '../support/served-practice.ts';
import { tempFolder } from '../support/temp-folder.ts';

testWith('bash')(
  'the steps of the workflow: parts together are one run, and an issue is opened, kept and closed',
  async () => {
    await using practice = await servedPractice({ ownProcess: {} });
    const { folder, cli } = practice;
    const { key } = await repository(practice);
    expect(
      (await cli('init-pipeline', 'github', '.', '--customers', 'customers', '--shards', '3')).code,
    ).toBe(0);
    await using tracker = await trackerWith(github);
    const report = join(folder.path, 'report');
    const TA_EXCHANGE = 'ta-exchange@1.2.3';
    const env = { TA_EXCHANGE, GITHUB_API_URL: tracker.url, GITHUB_REPOSITORY: 'o/r', GITHUB_TOKEN: 't' };
    const step = await runnerIn(practice, onGitHub, { ...env, AGE_KEY: key, TEMP_FOLDER: report });
    for (const SHARD of ['1', '2', '3']) {
      const TEMP_FOLDER = join(report, 'shards', `shard-${SHARD}`);
      await mkdir(TEMP_FOLDER, { recursive: true });
      expect(await step('Look at this part of the customers', { SHARD, TEMP_FOLDER })).toMatchObject({
        stderr: '',
      });
    }
    const SHARDS = join(report, 'shards');
    await step('Put the parts together', { SHARDS });
    const merged = await folder.read('report/customers.json');
    const whole = await cli('check', 'customers', '--identity', 'key.txt', '--fresh', '--json');
    expect(withoutTime(merged)).toEqual(withoutTime(whole.stdout));
    expect(withoutTime(merged).map(({ looked }) => looked)).toEqual([true, true, true, false]);
    expect(await folder.read('report/customers.html')).toContain('Contoso Ltd');

    const tell = () => step('One issue for each customer that needs action');
    expect(await tell()).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('1 of 4 customers could not'),
    });
    const [issue] = tracker.items;
    expect(tracker.items).toHaveLength(1);
    expect(issue?.title).toBe("T&A email: Contoso Ltd (customers/c's/contoso.ta-customer.json)");
    expect(issue?.body).toContain(`npx ${TA_EXCHANGE} check 'customers/c'\\''s/contoso.ta-customer.json'`);
    expect(await tell()).toMatchObject({ stdout: expect.not.stringContaining('#1') });
    if (issue) issue.body += 'x';
    expect(await tell()).toMatchObject({ stdout: expect.stringContaining('#1 updated') });

    await folder.write(
      'report/customers.json',
      merged.replaceAll(/"level": "(warn|bad)"/g, '"level": "note"'),
    );
    expect(await tell()).toMatchObject({ stdout: expect.stringContaining('#1 closed') });
    expect(tracker.items.map(({ state }) => state)).toEqual(['closed']);

    // The machine of part 2 was lost.
    expect(await step('All parts are there', { SHARDS })).toMatchObject({ stderr: '', stdout: '' });
    await rm(join(SHARDS, 'shard-2'), { recursive: true });
    expect(await step('Put the parts together', { SHARDS })).not.toHaveProperty('code');
    const others = withoutTime(whole.stdout).filter(({ file }) => !file.includes('/b/'));
    expect(withoutTime(await folder.read('report/customers.json'))).toEqual(others);
    expect(await tell()).toMatchObject({ stdout: expect.stringContaining('1 of 3 customers could not') });
    expect(tracker.items.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(await step('All parts are there', { SHARDS })).toMatchObject({
      code: 1,
      stdout: 'Part 2 of 3 is missing. The report does not have its customers.\n',
    });
  },
);

testWith('bash')(
  'the age key of a Key Vault is masked and handed on, whatever else its file has',
  async () => {
    const folder = await tempFolder();
    const options = ['--key-vault', 'contoso-ta'];
    expect((await runCli(['init-pipeline', 'github', '.', ...options], { cwd: folder })).code).toBe(0);
    const jobs = onGitHub.stepsOf(parse(await readFile(join(folder, onGitHub.file), 'utf8')));
    const step = jobs.flatMap(({ steps }) => steps).find(({ id }) => id === 'key');
    const output = join(folder, 'output');
    // Azure CLI prints the lines of a text as they are with --output tsv.
    const run = async (printed: string) => {
      await writeFile(join(folder, 'az'), `#!/bin/sh\necho "$@" >&2\nprintf '%b' '${printed}'\n`, {
        mode: 0o755,
      });
      const env = { ...process.env, PATH: `${folder}:${process.env.PATH}`, GITHUB_OUTPUT: output };
      return await promisify(execFile)('bash', [...onGitHub.shell, step?.run ?? ''], { env });
    };
    const { stdout, stderr } = await run('# created: today\\n# public key: age1x\\nAGE-SECRET-KEY-1X\\n');
    expect(stderr).toBe(
      'keyvault secret show --vault-name contoso-ta --name ta-exchange-age-key --query value --output tsv\n',
    );
    expect([stdout, await readFile(output, 'utf8')]).toEqual([
      '::add-mask::AGE-SECRET-KEY-1X\n',
      'key=AGE-SECRET-KEY-1X\n',
    ]);
    await expect(run('another secret')).rejects.toMatchObject({ code: 1, stdout: '' });
  },
);

testWith('bash')(
  'the steps of the pipeline at Azure: parts together are one run, and a work item is opened and told when it is over',
  async () => {
    await using practice = await servedPractice({ ownProcess: {} });
    const { cli } = practice;
    const { key } = await repository(practice);
    const choice = ['--customers', 'customers', '--shards', '2', '--key-vault', 'contoso-ta'];
    expect((await cli('init-pipeline', 'azure-pipelines', '.', ...choice)).code).toBe(0);
    await using tracker = await trackerWith(boards);
    const workspace = await tempFolder();
    const temp = await tempFolder();
    const step = await runnerIn(practice, onAzure, {
      TA_EXCHANGE: 'ta-exchange@1.2.3',
      SYSTEM_COLLECTIONURI: `${tracker.url}/org/`,
      SYSTEM_TEAMPROJECT: 'T & A',
      BUILD_REPOSITORY_ID: 'r1',
      // AzureKeyVault@2 makes a variable of the secret of this name.
      'ta-exchange-age-key': key.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-')),
      'Agent.TempDirectory': temp,
      'Pipeline.Workspace': workspace,
      'System.AccessToken': 't',
    });
    const look = (part: string) =>
      step('Look at this part of the customers', { 'System.JobPositionInPhase': part });
    for (const part of ['1', '2']) {
      expect(await look(part)).toMatchObject({ stderr: '' });
      await mkdir(join(workspace, `shard-${part}`));
      await rename(join(temp, 'shard.json'), join(workspace, `shard-${part}`, 'shard.json'));
    }
    expect(await readdir(temp)).toEqual([]);
    expect(await step('Put the parts together')).not.toHaveProperty('code');
    const merged = await readFile(join(temp, 'customers.json'), 'utf8');
    const whole = await cli('check', 'customers', '--identity', 'key.txt', '--fresh', '--json');
    expect(withoutTime(merged)).toEqual(withoutTime(whole.stdout));
    expect(await readFile(join(temp, 'customers.html'), 'utf8')).toContain('Contoso Ltd');

    const told = await step('One work item for each customer that needs action');
    expect(told).toMatchObject({ code: 1, stdout: expect.stringContaining('1 of 4 customers could not') });
    expect(tracker.items.map(({ title }) => title)).toEqual([
      "T&A email: Contoso Ltd (customers/c's/contoso.ta-customer.json)",
    ]);
    expect(await step('All parts are there')).toMatchObject({ stdout: '' });

    // A part whose key is wrong ends with an error, and what it left is no document of a part.
    const failed = await step('Look at this part of the customers', { 'ta-exchange-age-key': 'x' });
    expect(failed).toMatchObject({ code: 1 });
    await rm(join(workspace, 'shard-2'), { recursive: true });
    expect(await step('All parts are there')).toMatchObject({
      code: 1,
      stdout: 'Part 2 of 2 is missing. The report does not have its customers.\n',
    });
    await rename(join(temp, 'shard.json'), join(workspace, 'shard-1', 'shard.json'));
    expect(await step('Put the parts together')).toMatchObject({ code: 1 });
  },
);

describe.each([
  ['github', onGitHub],
  ['azure-pipelines', onAzure],
] as const)('%s', (platform, engine) => {
  testWith('bash')(
    'a repository that the last customer has left is checked all the same, and no folder that has moved is taken for one',
    async () => {
      await using folder = await customerFolder();
      const choice = ['--customers', 'customers', '--shards', '1'];
      const written = await runCli(['init-pipeline', platform, '.', ...choice], { cwd: folder.path });
      expect(written.code).toBe(0);
      const at = { TEMP_FOLDER: folder.path, 'Agent.TempDirectory': folder.path };
      const parts = { SHARDS: folder.path, 'Pipeline.Workspace': folder.path };
      const part = { SHARD: '1', 'System.JobPositionInPhase': '1' };
      const step = await runnerIn({ folder, flags: [] }, engine, { ...at, ...parts, ...part });
      const look = () => step('Look at this part of the customers');
      // Git keeps no empty folder.
      expect(await look()).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('customers does not exist'),
      });
      await rm(join(folder.path, customerName));
      expect(await look()).toMatchObject({ stderr: '' });
      await mkdir(join(folder.path, 'shard-1'));
      await rename(join(folder.path, 'shard.json'), join(folder.path, 'shard-1', 'shard.json'));
      expect(await step('Put the parts together')).toMatchObject({ stderr: '' });
      expect(JSON.parse(await folder.read('customers.json'))).toEqual({ customers: [] });
      expect(await folder.read('customers.html')).toContain('No customer was checked.');
      expect(await step('All parts are there')).toMatchObject({ stdout: '' });
    },
  );
});

const finding = {
  code: 'secret-expiring',
  level: 'warn',
  text: 'in <b>5</b> days',
  who: 'you',
  next: 'Renew.',
};
const customer = { file: 'c.ta-customer.json', name: 'C & Co', looked: true, findings: [finding] };

test('a work item of Azure Boards is opened, updated, and closed with a comment once nothing is to be done', async () => {
  await using tracker = await trackerWith(boards);
  const { tell } = await tellerIn('azure-pipelines', tracker.url);
  expect(await tell([customer])).toBe('#1 opened: c.ta-customer.json\n');
  const [item] = tracker.items;
  const labels = ['ta-exchange', 'ta-exchange r1'];
  expect(item).toMatchObject({ title: 'T&A email: C & Co (c.ta-customer.json)', labels });
  expect(item?.body).toContain('in &lt;b&gt;5&lt;/b&gt; days');
  expect(item?.body).toContain('npx ta-exchange renew c.ta-customer.json');
  expect(await tell([customer])).toBe('');
  const later = { ...finding, text: 'in 4 days' };
  expect(await tell([{ ...customer, findings: [later] }])).toContain('#1 updated');
  const secret = { expiresAt: '2027-05-23T09:12:00Z' };
  const good = { ...customer, standing: 'ready', secret, findings: [] };
  // This process does not lead from there to its last state.
  Object.assign(item ?? {}, { state: 'Doing' });
  expect(await tell([good])).toContain('#1 needs nothing more, but it cannot be closed');
  expect(item?.body).toContain('Close this item.');
  expect(await tell([good])).toBe('');
  Object.assign(item ?? {}, { state: 'To Do' });
  expect(await tell([good])).toBe('#1 closed: c.ta-customer.json\n');
  const told = 'The check found nothing that needs action: ready, the client secret expires on 2027-05-23.';
  expect(item).toMatchObject({ state: 'Done', comments: [`<p>${told}</p>`] });
  expect(await tell([good])).toBe('');
});
