import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { contoso } from '../support/customer-folder.ts';
import { codeIn, commandsIn, type Document, documents } from '../support/documents.ts';
import { limitAppsToSender } from '../support/exchange-admin.ts';
import { type FakeClock, fakeClock } from '../support/fake-clock.ts';
import { manifest } from '../support/manifest.ts';
import { type CliRun, runCli } from '../support/run-cli.ts';
import { scopedCustomer } from '../support/scoped-customer.ts';
import { type ServedPractice, servedPractice } from '../support/served-practice.ts';
import { root } from '../support/source-imports.ts';
import { startCli } from '../support/start-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

const begin = 'npm run cli -- ';

/** The commands of this program in a document, from its first line to its last, as a reader goes. */
const commandsOf = (document: Document): string[] =>
  commandsIn(document).flatMap((line) => (line.startsWith(begin) ? [line.slice(begin.length)] : []));

const stories = documents
  .map((document) => ({ path: document.path, lines: commandsOf(document) }))
  .filter(({ lines }) => lines.length > 0);

test.each(stories)('$path: every command runs as it is printed', async ({ lines }) => {
  const customer = lines.some((line) => line.startsWith('scope')) ? scopedCustomer : contoso;
  const clock = fakeClock();
  await using practice = await servedPractice({ clock });
  await fillFolder(practice, customer, lines, clock);
  for (const line of lines) {
    const run = await runDocumented(line, practice, clock);
    if (line.includes('--out scope.ps1')) limitAppsToSender(practice.state);
    expect(run.stderr, line).not.toMatch(/^error:|TA-USAGE/m);
    expect(String(run.code), `${line}\n${run.stdout}${run.stderr}`).toMatch(
      codesOf(line, customer === scopedCustomer),
    );
  }
});

/** What a reader has when the story begins, `npm start` behind it; a guide that begins with the preferences follows a set-up. */
async function fillFolder(
  { folder, cli }: ServedPractice,
  customer: object,
  lines: readonly string[],
  clock: FakeClock,
) {
  const [first = ''] = lines;
  await mkdir(join(folder.path, 'practice-run'));
  for (const stem of ['NAME', 'practice-run/contoso'])
    await folder.write(`${stem}.ta-customer.json`, JSON.stringify(customer));
  for (const name of ['roster.pdf', 'RESULT.txt']) await folder.write(name, name);
  await folder.write('pasted.txt', 'Email component: EXCH\nTenant ID: 1b4e28ba-2fa1-4d2c-883f-0016d3cca427');
  if (first.startsWith('check')) {
    await mkdir(join(folder.path, 'FOLDER'));
    await folder.write('FOLDER/NAME.ta-customer.json', JSON.stringify(customer));
  }
  const started = ['onboard', 'practice-run/contoso.ta-customer.json', '--practice', '--yes'];
  if (lines.some((line) => line.includes('practice-run'))) await runCli(started, { cwd: folder.path, clock });
  if (/^(handover|export|send|remove|check|key|renew)/.test(first))
    await cli('onboard', 'NAME.ta-customer.json', '--yes');
}

/** A run that is to fail, one that stops where Exchange is waited for, a result that no admin sent, and what may be still to be done. */
function codesOf(line: string, scoped: boolean): RegExp {
  if (line.includes('app-admin-only') || (line.startsWith('onboard') && scoped)) return /1/;
  // The text in the folder is a part of T&A's screen.
  if (/^(import-result|adopt) /.test(line)) return /3/;
  return /^(plan|import|check) /.test(line) ? /0|2/ : /0/;
}

/** The tenant, the consent to the changes and who there is in the tenant are what a reader adds. */
async function runDocumented(
  line: string,
  { folder, cli }: ServedPractice,
  clock: FakeClock,
): Promise<CliRun> {
  const key = await folder.read('my-age-key.txt').catch(() => '');
  const [recipient = ''] = /age1\w+/.exec(key) ?? [];
  const real = line.replace('you@contoso.com', 'robin@contoso.com').replace('age1...', recipient);
  const words = real.split(/ +/);
  const [command = ''] = words;
  if (command === 'practice') return await servesUntilStopped(words, folder.path);
  const yes =
    ['onboard', 'escrow', 'adopt', 'renew'].includes(command) && !words.includes('--yes') ? ['--yes'] : [];
  const name = command === 'remove' ? ['--confirm', contoso.name] : [];
  const all = [...words, ...yes, ...name];
  return words.includes('--practice') ? await runCli(all, { cwd: folder.path, clock }) : await cli(...all);
}

async function servesUntilStopped(words: readonly string[], cwd: string): Promise<CliRun> {
  const practice = startCli(words, { cwd });
  await practice.shows('Ctrl+C ends it');
  practice.interrupt();
  return await practice.ended;
}

/**
 * Whole, these take minutes, a desktop or the net. Here each runs in the smallest form that it has: with a word that it does not know, where it
 * lists those that it knows, with few customers, or with a `code` that opens nothing.
 */
const bounded: Readonly<Record<string, { words: readonly string[]; code?: number; says: RegExp }>> = {
  reliability: { words: ['none'], code: 3, says: /^There is no section none\. Sections: mutation, / },
  bench: { words: ['none'], code: 3, says: /^There is no part none\. Parts: requests, / },
  'bench:fleet': { words: ['3', '0'], says: /right verdicts: 3 of 3$/m },
  witness: { words: ['none'], code: 3, says: /^There is no witness none\. Witnesses: / },
  house: { words: [], code: 0, says: /^ours +\d+ +\d+/m },
  vscode: { words: [], code: 0, says: /^VS Code opens .*sample-workspace with the extension\.$/m },
  'test:vscode': { words: ['none'], code: 1, says: /^0 passed, 1 failed$/m },
};

/** Of every other script the file that runs what it runs: a test, or CI. */
const runElsewhere: Readonly<Record<string, string>> = {
  start: 'test/e2e/main-story.test.ts',
  test: '.ci/run',
  check: '.ci/run',
  'test:windows': '.ci/run',
  build: 'test/support/built-cli.ts',
  package: 'test/house/vsix.test.ts',
  executable: 'test/e2e/executable.test.ts',
  l10n: 'test/scripts/l10n.test.ts',
  schemas: 'test/house/lists.test.ts',
  docs: 'test/house/lists.test.ts',
  live: 'test/live/live.test.ts',
};

test('every script that a document prints is run by a test or by CI', async () => {
  const printed = documents
    .filter(({ path }) => path !== 'CHANGELOG.md')
    .flatMap((document) => [...commandsIn(document), ...codeIn(document)])
    .flatMap((line) => /^(?:\w+=\S+ )?npm (?:run )?([a-z][\w:]*)/.exec(line)?.[1] ?? []);
  const known = ['cli', 'pack', ...Object.keys(bounded), ...Object.keys(runElsewhere)];
  expect([...new Set(printed)].filter((name) => !known.includes(name))).toEqual([]);
  for (const [name, file] of Object.entries(runElsewhere)) {
    const [script = ''] = (manifest.scripts[name] ?? '').match(/[\w-]+\.(?:ts|mjs)$/) ?? [];
    const text = await readFile(join(root, file), 'utf8');
    const calls = [`npm run ${name}`, `npm ${name}`, script, `${script.replace(/\.ts$/, '')}`];
    expect(
      calls.some((call) => call !== '' && text.includes(call)),
      `${name} in ${file}`,
    ).toBe(true);
  }
});

test.each(Object.entries(bounded))('npm run %s starts', async (name, { words, code, says }) => {
  const [, file = ''] = /(\S+\.ts)$/.exec(manifest.scripts[name] ?? '') ?? [];
  const bin = await tempFolder();
  await writeFile(join(bin, 'code'), '#!/bin/sh\n');
  await chmod(join(bin, 'code'), 0o755);
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  const run = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(process.execPath, [join(root, file), ...words], { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: `${stderr}${stdout}` }),
    );
  });
  expect(run.output).toMatch(says);
  if (code !== undefined) expect(run.code).toBe(code);
});
