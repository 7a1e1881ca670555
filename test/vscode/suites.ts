import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { buildHostSuite } from './build-host-suite.ts';
import { HostResults, hostResult, type SuiteResult } from './host-result.ts';
import { cacheFolder, root, vscodePackage } from './places.ts';
import { runLimited } from './run-limited.ts';

/** A suite that takes longer hangs. */
const limitMs = 60 * 60_000;

/** `test/host`, inside the extension host of a real VS Code; of its tests only those whose title holds the text. */
export async function runHostSuite(grep: string | undefined): Promise<SuiteResult> {
  await buildHostSuite();
  const file = freshResults('host-results.json');
  const log = join(cacheFolder, 'host.log');
  const output = openSync(log, 'w');
  const env = { HOST_RESULTS: file, ...(grep !== undefined && { HOST_GREP: grep }) };
  const code = await runLimited([join(vscodePackage, 'host-suite.ts')], { env, limitMs, output });
  closeSync(output);
  return hostResult(code, read(HostResults, file), readFileSync(log, 'utf8'));
}

const VitestResults = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
});

/** `test/browser`, which drives a VS Code with the packed extension as a person does; only files whose path holds the text. */
export async function runBrowserSuite(filter: string | undefined): Promise<SuiteResult> {
  const file = freshResults('browser-results.json');
  const args = [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config',
    'vitest.browser.config.ts',
  ];
  const code = await runLimited([...args, ...(filter === undefined ? [] : [filter])], { limitMs });
  const results = read(VitestResults, file) ?? { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  // A test that a failed hook skipped did not pass.
  const failed = results.numFailedTests + results.numPendingTests;
  return { passed: results.numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1), lines: [] };
}

function freshResults(name: string): string {
  const file = join(cacheFolder, name);
  rmSync(file, { force: true });
  return file;
}

/** `undefined`: there is no such file, so the suite did not end. */
function read<Schema extends z.ZodMiniType>(schema: Schema, file: string): z.infer<Schema> | undefined {
  try {
    return z.parse(schema, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
