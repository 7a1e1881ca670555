import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { CheckDocument } from '../../src/core/check/checked.ts';
import { cliEntry } from './cli-entry.ts';
import { contoso, customerName, preferencesName } from './customer-folder.ts';
import { runCli } from './run-cli.ts';
import type { ServedPractice } from './served-practice.ts';
import { tempFolder } from './temp-folder.ts';

/** Four customers of one tenant, as a repository has them: `c` has a sender that its preferences do not have, `d` cannot be read. */
export async function repository({
  cli,
  folder,
  onboard,
}: ServedPractice): Promise<{ readonly key: string }> {
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

const Step = z.looseObject({
  name: z.optional(z.string()),
  run: z.optional(z.string()),
  displayName: z.optional(z.string()),
  bash: z.optional(z.string()),
  env: z.optional(z.record(z.string(), z.string())),
});
type Step = z.infer<typeof Step>;
const Job = z.looseObject({ steps: z.array(Step) });

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell: the test gives what its expressions stand for. */
export const onGitHub = {
  file: '.github/workflows/ta-exchange-check.yml',
  stepsOf: (document: unknown) =>
    Object.values(z.parse(z.looseObject({ jobs: z.record(z.string(), Job) }), document).jobs),
  shell: ['--noprofile', '--norc', '-eo', 'pipefail', '-c'],
  envOf: (_step: Step, values: NodeJS.ProcessEnv) => values,
};

/**
 * https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/bash-v3: no -e, and the macro of a variable that is not there stays as it
 * is (process/variables). A secret is in no step that does not name it.
 */
export const onAzure = {
  file: 'azure-pipelines/ta-exchange-check.yml',
  stepsOf: (document: unknown) => z.parse(z.looseObject({ jobs: z.array(Job) }), document).jobs,
  shell: ['--noprofile', '--norc', '-c'],
  envOf: ({ env = {} }: Step, values: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
    ...Object.fromEntries(Object.entries(values).filter(([name]) => /^[A-Z_]+$/.test(name))),
    ...Object.fromEntries(
      Object.entries(env).map(([name, text]) => [
        name,
        text.replace(/\$\((.*?)\)/g, (macro, variable: string) => values[variable] ?? macro),
      ]),
    ),
  }),
};

/** Runs the steps as the engine would, by their names; npx is our command line, its requests going to the practice tenant. */
export async function runnerIn(
  { folder, flags }: Pick<ServedPractice, 'folder' | 'flags'>,
  engine: typeof onGitHub | typeof onAzure,
  values: NodeJS.ProcessEnv,
) {
  const bin = await tempFolder();
  const quoted = [process.execPath, cliEntry()].map((each) => `'${each}'`).join(' ');
  await writeFile(join(bin, 'npx'), `#!/bin/sh\nshift 2\nexec ${quoted} "$@" ${flags.join(' ')}\n`);
  await chmod(join(bin, 'npx'), 0o755);
  const steps = engine.stepsOf(parse(await folder.read(engine.file))).flatMap(({ steps: each }) => each);
  return async (name: string, more: NodeJS.ProcessEnv = {}) => {
    const step = steps.find((each) => (each.name ?? each.displayName) === name);
    const PATH = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
    const own = step ? engine.envOf(step, { ...values, ...more }) : {};
    const script = step?.run ?? step?.bash ?? 'exit 99';
    const options = { cwd: folder.path, env: { ...process.env, ...own, PATH } };
    return await promisify(execFile)('bash', [...engine.shell, script], options).catch((error: unknown) =>
      z.parse(z.looseObject({ code: z.number(), stdout: z.string(), stderr: z.string() }), error),
    );
  };
}

export const withoutTime = (document: string) =>
  CheckDocument.parse(JSON.parse(document)).customers.map(({ checkedAt: _, ...customer }) => customer);

interface Item {
  readonly number: number;
  readonly title: string;
  /** Labels of an issue, tags of a work item. */
  readonly labels: readonly string[];
  readonly comments: string[];
  body: string;
  state: string;
}

export const itemWith = (number: number, item: Partial<Item>): Item => ({
  ...{ title: '', body: '', state: 'open', labels: ['ta-exchange'], comments: [] },
  ...item,
  number,
});

/** The script waits after each change, so that no one asks it to slow down. */
async function withoutPauses(script: string): Promise<void> {
  const text = await readFile(script, 'utf8');
  expect(text).toContain('delay(1000)');
  await writeFile(script, text.replaceAll('delay(1000)', 'delay(1)'));
}

/** What the engines tell their script in the run of a night. */
const nights = {
  github: (url: string) => ({
    ...{ GITHUB_API_URL: url, GITHUB_REPOSITORY: 'o/r', GITHUB_EVENT_NAME: 'schedule' },
    script: '.github/ta-exchange-issues.mjs',
  }),
  'azure-pipelines': (url: string) => ({
    ...{ SYSTEM_COLLECTIONURI: `${url}/org/`, SYSTEM_TEAMPROJECT: 'T & A' },
    ...{ BUILD_REASON: 'Schedule', BUILD_REPOSITORY_ID: 'r1' },
    script: 'azure-pipelines/ta-exchange-work-items.mjs',
  }),
};

/** Writes what an engine is given, and runs its script on customers as `check` tells them; gives what it says. */
export async function tellerIn(engine: keyof typeof nights, url: string) {
  const folder = await tempFolder();
  expect((await runCli(['init-pipeline', engine, '.'], { cwd: folder })).code).toBe(0);
  const { script, ...env } = nights[engine](url);
  await withoutPauses(join(folder, script));
  const tell = async (customers: readonly object[], more: NodeJS.ProcessEnv = {}): Promise<string> => {
    await writeFile(join(folder, 'customers.json'), JSON.stringify({ customers }));
    const options = { cwd: folder, env: { ...env, ...more } };
    return (await promisify(execFile)(process.execPath, [script, 'customers.json'], options)).stdout;
  };
  return { folder, tell };
}

/** Issues of GitHub, as far as the script asks for them. */
export function github({ method = '', url = '' }: IncomingMessage, body: string, items: Item[]): unknown {
  const label = new URL(url, 'http://localhost').searchParams.get('labels') ?? '';
  if (method === 'GET')
    return items.filter(({ state, labels }) => state === 'open' && labels.includes(label));
  const given: Partial<Item> = JSON.parse(body);
  const [, number, part] = /\/issues\/(\d+)(\/comments)?$/.exec(url) ?? [];
  if (number === undefined) {
    const item = itemWith(items.length + 1, given);
    items.push(item);
    return item;
  }
  const item = items.find((each) => String(each.number) === number);
  if (part) item?.comments.push(given.body ?? '');
  return item && (part ? given : Object.assign(item, given));
}

const states = [
  { name: 'To Do', category: 'Proposed' },
  { name: 'Doing', category: 'InProgress' },
  { name: 'Done', category: 'Completed' },
];

/** Azure Boards, as far as the script asks for it. Nothing leads from Doing to Done. */
export function boards({ method = '', url = '' }: IncomingMessage, body: string, items: Item[]): unknown {
  if (url.includes('/workitemtypes/Task/states?')) return { value: states };
  if (url.includes('/wiql')) {
    const { query } = JSON.parse(body);
    const isAsked = ({ state, labels }: Item) =>
      !query.includes(`'${state}'`) && labels.some((label) => query.includes(`CONTAINS '${label}'`));
    return { workItems: items.filter(isAsked).map(({ number }) => ({ id: number })) };
  }
  if (url.includes('/workitemsbatch')) {
    const { ids } = JSON.parse(body);
    return { value: items.filter(({ number }) => ids.includes(number)).map(fieldsOf) };
  }
  const fields: { path: string; value: string }[] = JSON.parse(body);
  const value = (name: string) => fields.find(({ path }) => path === `/fields/System.${name}`)?.value;
  const [title = '', text, tags = '', state, comment] = [
    'Title',
    'Description',
    'Tags',
    'State',
    'History',
  ].map(value);
  const item = items.find(({ number }) => url.includes(`/workitems/${number}?`));
  if (method !== 'PATCH') {
    items.push(
      itemWith(items.length + 1, { title, body: text ?? '', labels: tags.split('; '), state: 'To Do' }),
    );
    return { id: items.length };
  }
  if (!item || (state !== undefined && item.state === 'Doing')) return undefined;
  if (comment !== undefined) item.comments.push(comment);
  return Object.assign(item, text !== undefined && { body: text }, state !== undefined && { state });
}

const fieldsOf = ({ number, title, body, labels }: Item) => ({
  id: number,
  fields: { 'System.Title': title, 'System.Description': body, 'System.Tags': labels.join('; ') },
});

/** Issues or work items of an engine: `answer` is for one request, the whole response if it is one; `undefined` refuses it. */
export async function trackerWith(
  answer: (request: IncomingMessage, body: string, items: Item[]) => unknown,
) {
  const items: Item[] = [];
  const server = createServer(async (request, response) => {
    const given = answer(request, await text(request), items);
    if (given instanceof Response) response.writeHead(given.status, Object.fromEntries(given.headers));
    else if (given === undefined) response.statusCode = 400;
    response.end(given instanceof Response ? await given.text() : JSON.stringify(given ?? {}));
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
