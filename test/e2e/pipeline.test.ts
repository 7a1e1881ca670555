import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { customerName } from '../support/customer-folder.ts';
import { testWith } from '../support/machine-tools.ts';
import {
  boards,
  github,
  itemWith,
  onAzure,
  onGitHub,
  repository,
  runnerIn,
  trackerWith,
  withoutPauses,
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
    await withoutPauses(join(folder.path, '.github/ta-exchange-issues.mjs'));
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

    const tell = (GITHUB_EVENT_NAME = 'schedule') =>
      step('One issue for each customer that needs action', { GITHUB_EVENT_NAME });
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
    const comments = [expect.stringContaining('The check found nothing that needs action: ')];
    expect(tracker.items).toMatchObject([{ state: 'closed', comments }]);

    // The machine of part 2 was lost, a customer has left the repository, and a person has an issue with the same label.
    const ours = (file: string) => ({ body: `<!-- ta-exchange: customers/${file}/${customerName} -->` });
    tracker.items.push(itemWith(2, ours('b')), itemWith(3, ours('gone')), itemWith(4, { body: 'Mine' }));
    expect(await step('All parts are there', { SHARDS })).toMatchObject({ stderr: '', stdout: '' });
    await rm(join(SHARDS, 'shard-2'), { recursive: true });
    expect(await step('Put the parts together', { SHARDS })).not.toHaveProperty('code');
    const others = withoutTime(whole.stdout).filter(({ file }) => !file.includes('/b/'));
    expect(withoutTime(await folder.read('report/customers.json'))).toEqual(others);
    expect(await tell()).toMatchObject({ stdout: expect.stringContaining('1 of 3 customers could not') });
    const states = () => tracker.items.map(({ state }) => state);
    expect(states()).toEqual(['closed', 'open', 'closed', 'open', 'open']);
    expect(tracker.items[2]?.comments).toEqual([
      expect.stringContaining(`customers/gone/${customerName} is no longer in the repository`),
    ]);
    // The first line of one was changed, and a run by hand may be of a branch that has no such file.
    tracker.items.push(itemWith(6, { body: '<!-- ta-exchange: 100% -->' }), itemWith(7, ours('of a branch')));
    expect(await tell('workflow_dispatch')).toMatchObject({ stdout: expect.stringContaining('1 of 3') });
    expect(states().slice(5)).toEqual(['open', 'open']);
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

test('a work item of Azure Boards is opened, updated, and closed with a comment once nothing is to be done', async () => {
  const folder = await tempFolder();
  expect((await runCli(['init-pipeline', 'azure-pipelines', '.'], { cwd: folder })).code).toBe(0);
  const script = join(folder, 'azure-pipelines/ta-exchange-work-items.mjs');
  await withoutPauses(script);
  await using tracker = await trackerWith(boards);
  const finding = {
    code: 'secret-expiring',
    level: 'warn',
    text: 'in <b>5</b> days',
    who: 'you',
    next: 'Renew.',
  };
  const customer = { file: 'c.ta-customer.json', name: 'C & Co', looked: true, findings: [finding] };
  const tell = async (given: object | undefined, BUILD_REASON = 'Schedule') => {
    await writeFile(join(folder, 'customers.json'), JSON.stringify({ customers: given ? [given] : [] }));
    const project = { SYSTEM_COLLECTIONURI: `${tracker.url}/org/`, SYSTEM_TEAMPROJECT: 'T & A' };
    const env = { ...project, BUILD_REASON, BUILD_REPOSITORY_ID: 'r1' };
    return await promisify(execFile)(process.execPath, [script, 'customers.json'], { cwd: folder, env });
  };
  expect((await tell(customer)).stdout).toBe('#1 opened: c.ta-customer.json\n');
  expect(tracker.items[0]).toMatchObject({
    title: 'T&A email: C & Co (c.ta-customer.json)',
    labels: ['ta-exchange', 'ta-exchange r1'],
  });
  expect(tracker.items[0]?.body).toContain('in &lt;b&gt;5&lt;/b&gt; days');
  expect(tracker.items[0]?.body).toContain('npx ta-exchange renew c.ta-customer.json');
  expect((await tell(customer)).stdout).toBe('');
  const later = { ...finding, text: 'in 4 days' };
  expect((await tell({ ...customer, findings: [later] })).stdout).toContain('#1 updated');
  const good = { ...customer, standing: 'ready', secret: { expiresAt: '2027-05-23T09:12:00Z' }, findings: [] };
  // This process does not lead from there to its last state.
  const [item] = tracker.items;
  if (item) item.state = 'Doing';
  expect((await tell(good)).stdout).toContain('#1 needs nothing more, but it cannot be closed');
  expect(item?.body).toContain('Close this item.');
  expect((await tell(good)).stdout).toBe('');
  if (item) item.state = 'To Do';
  expect((await tell(good)).stdout).toBe('#1 closed: c.ta-customer.json\n');
  const told = 'The check found nothing that needs action: ready, the client secret expires on 2027-05-23.';
  expect(item).toMatchObject({ state: 'Done', comments: [`<p>${told}</p>`] });
  expect((await tell(good)).stdout).toBe('');

  const titled = (number: number, file: string, labels = ['ta-exchange', 'ta-exchange r1']) =>
    itemWith(number, { title: `T&A email: C (2) (${file})`, labels, state: 'To Do' });
  await writeFile(join(folder, 'kept (a).ta-customer.json'), '{}');
  tracker.items.push(
    titled(2, 'gone (b).ta-customer.json'),
    titled(3, 'kept (a).ta-customer.json'),
    titled(4, 'elsewhere.ta-customer.json', ['ta-exchange', 'ta-exchange r2']),
    itemWith(5, { title: 'Mine', labels: ['ta-exchange', 'ta-exchange r1'], state: 'To Do' }),
  );
  expect((await tell(undefined, 'Manual')).stdout).toBe('');
  expect((await tell(undefined)).stdout).toContain('#2 closed');
  expect(tracker.items.map(({ state }) => state)).toEqual(['Done', 'Done', 'To Do', 'To Do', 'To Do']);
  expect(tracker.items[1]?.comments).toEqual([expect.stringContaining('is no longer in the repository')]);
});
