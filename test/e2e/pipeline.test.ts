import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { CheckDocument } from '../../src/core/check/checked.ts';
import { cliEntry } from '../support/cli-entry.ts';
import { contoso, customerName, preferencesName } from '../support/customer-folder.ts';
import { testWith } from '../support/machine-tools.ts';
import { runCli } from '../support/run-cli.ts';
import { type ServedPractice, servedPractice } from '../support/served-practice.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Four customers of one tenant, as a repository has them: `c` has a sender that its preferences do not have, `d` cannot be read. */
async function repository({ cli, folder, onboard }: ServedPractice): Promise<{ readonly key: string }> {
  expect((await onboard()).code).toBe(0);
  const made = await cli('key', '--out', 'key.txt');
  const [recipient = ''] = /age1\w+/.exec(made.stdout) ?? [];
  const encrypt = ['--secret', 'encrypt', '--recipient', recipient, '--out', preferencesName];
  expect((await cli('export', preferencesName, '--format', 'json', ...encrypt)).code).toBe(0);
  for (const name of ['a', 'b', "c's", 'd']) {
    await mkdir(join(folder.path, 'customers', name), { recursive: true });
    for (const each of [customerName, 'contoso.ta-record.json', `${preferencesName}.age`])
      await cp(join(folder.path, each), join(folder.path, 'customers', name, each));
  }
  const other = { ...contoso, mail: { ...contoso.mail, fromAddress: 'robin@contoso.com' } };
  await folder.write(join('customers', "c's", customerName), JSON.stringify(other));
  await folder.write(join('customers', 'd', customerName), '{');
  await rm(join(folder.path, preferencesName));
  await rename(join(folder.path, customerName), join(folder.path, 'not-here.json'));
  return { key: await folder.read('key.txt') };
}

const Jobs = z.looseObject({
  jobs: z.record(
    z.string(),
    z.looseObject({
      steps: z.array(z.looseObject({ name: z.optional(z.string()), run: z.optional(z.string()) })),
    }),
  ),
});

/** Runs the steps of the workflow as GitHub would; npx is our command line, its requests going to the practice tenant. */
async function runnerIn({ folder, flags }: ServedPractice, env: NodeJS.ProcessEnv) {
  const bin = await tempFolder();
  const quoted = [process.execPath, cliEntry()].map((each) => `'${each}'`).join(' ');
  await writeFile(join(bin, 'npx'), `#!/bin/sh\nshift 2\nexec ${quoted} "$@" ${flags.join(' ')}\n`);
  await chmod(join(bin, 'npx'), 0o755);
  const { jobs } = z.parse(Jobs, parse(await folder.read('.github/workflows/ta-exchange-check.yml')));
  const steps = Object.values(jobs).flatMap(({ steps: each }) => each);
  return async (name: string, more: NodeJS.ProcessEnv = {}) => {
    const step = steps.find((each) => each.name === name);
    const PATH = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
    // https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell
    const shell = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? 'exit 99'];
    const options = { cwd: folder.path, env: { ...process.env, ...env, ...more, PATH } };
    return await promisify(execFile)('bash', shell, options).catch((error: unknown) =>
      z.parse(z.looseObject({ code: z.number(), stdout: z.string(), stderr: z.string() }), error),
    );
  };
}

const withoutTime = (document: string) =>
  CheckDocument.parse(JSON.parse(document)).customers.map(({ checkedAt: _, ...customer }) => customer);

interface Item {
  readonly number: number;
  readonly title: string;
  body: string;
  state: string;
}

/** GitHub's issues, as far as the script asks for them. */
async function trackerWith(answer: (request: IncomingMessage, body: string, items: Item[]) => unknown) {
  const items: Item[] = [];
  const server = createServer(async (request, response) => {
    response.end(JSON.stringify(answer(request, await text(request), items)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    items,
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

function github({ method = '', url = '' }: IncomingMessage, body: string, items: Item[]): unknown {
  if (method === 'GET') return items.filter(({ state }) => state === 'open');
  const given: Partial<Item> = JSON.parse(body);
  if (method === 'PATCH')
    return Object.assign(items.find(({ number }) => url.endsWith(`/issues/${number}`)) ?? {}, given);
  const item = { number: items.length + 1, title: '', body: '', state: 'open', ...given };
  items.push(item);
  return item;
}

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
    const step = await runnerIn(practice, { ...env, AGE_KEY: key, TEMP_FOLDER: report });
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

/** Azure Boards, as far as the script asks for it. */
function boards({ method = '', url = '' }: IncomingMessage, body: string, items: Item[]): unknown {
  if (url.includes('/wiql')) return { workItems: items.map(({ number }) => ({ id: number })) };
  const fieldsOf = ({ number, title, body: description }: Item) => ({
    id: number,
    fields: { 'System.Title': title, 'System.Description': description },
  });
  if (url.includes('/workitemsbatch')) return { value: items.map(fieldsOf) };
  const fields: { path: string; value: string }[] = JSON.parse(body);
  const value = (name: string) => fields.find(({ path }) => path === `/fields/System.${name}`)?.value ?? '';
  const found = items.find(({ number }) => url.includes(`/workitems/${number}?`));
  if (method === 'PATCH' && found) found.body = value('Description');
  else
    items.push({
      number: items.length + 1,
      title: value('Title'),
      body: value('Description'),
      state: value('Tags'),
    });
  return { id: items.length };
}

test('a work item of Azure Boards is opened, updated, and told when nothing is to be done any more', async () => {
  const folder = await tempFolder();
  expect((await runCli(['init-pipeline', 'azure-pipelines', '.'], { cwd: folder })).code).toBe(0);
  await using tracker = await trackerWith(boards);
  const finding = {
    code: 'secret-expiring',
    level: 'warn',
    text: 'in <b>5</b> days',
    who: 'you',
    next: 'Renew.',
  };
  const customer = { file: 'c.ta-customer.json', name: 'C & Co', looked: true, findings: [finding] };
  const tell = async (given: object) => {
    await writeFile(join(folder, 'customers.json'), JSON.stringify({ customers: [given] }));
    const script = join(folder, 'azure-pipelines/ta-exchange-work-items.mjs');
    const env = { SYSTEM_COLLECTIONURI: `${tracker.url}/org/`, SYSTEM_TEAMPROJECT: 'T & A' };
    return await promisify(execFile)(process.execPath, [script, 'customers.json'], { cwd: folder, env });
  };
  expect((await tell(customer)).stdout).toBe('#1 opened: c.ta-customer.json\n');
  expect(tracker.items[0]).toMatchObject({
    title: 'T&A email: C & Co (c.ta-customer.json)',
    state: 'ta-exchange',
  });
  expect(tracker.items[0]?.body).toContain('in &lt;b&gt;5&lt;/b&gt; days');
  expect(tracker.items[0]?.body).toContain('npx ta-exchange renew c.ta-customer.json');
  expect((await tell(customer)).stdout).toBe('');
  const later = { ...finding, text: 'in 4 days' };
  expect((await tell({ ...customer, findings: [later] })).stdout).toContain('#1 updated');
  expect((await tell({ ...customer, findings: [] })).stdout).toContain('#1 needs nothing more');
  expect((await tell({ ...customer, findings: [] })).stdout).toBe('');
});
