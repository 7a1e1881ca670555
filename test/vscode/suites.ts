import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { buildHostSuite } from './build-host-suite.ts';
import { cacheFolder, root, vscodePackage } from './places.ts';
import { runLimited } from './run-limited.ts';

export interface SuiteResult {
  readonly passed: number;
  /** At least 1 when the suite did not run to its end. */
  readonly failed: number;
  /** For people: what passed, what failed and why. Empty where the suite printed by itself. */
  readonly lines: readonly string[];
}

const limitMs = 20 * 60_000;

const HostResults = z.object({
  tests: z.array(z.object({ title: z.string(), error: z.optional(z.string()) })),
});
const VitestResults = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });

/** `test/host`, inside the extension host of a real VS Code. */
export async function runHostSuite(grep: string | undefined): Promise<SuiteResult> {
  await buildHostSuite();
  const file = freshResults('host-results.json');
  const log = join(cacheFolder, 'host.log');
  const output = openSync(log, 'w');
  const env = { HOST_RESULTS: file, ...(grep !== undefined && { HOST_GREP: grep }) };
  const code = await runLimited([join(vscodePackage, 'host-suite.ts')], { env, limitMs, output });
  closeSync(output);
  return hostResult(code, read(HostResults, file)?.tests, readFileSync(log, 'utf8'));
}

/** `test/browser`, which drives a VS Code with the packed extension as a person does. */
export async function runBrowserSuite(filter: string | undefined): Promise<SuiteResult> {
  const file = freshResults('browser-results.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [
    vitest,
    'run',
    '--config',
    'vitest.browser.config.ts',
    ...(filter === undefined ? [] : [filter]),
  ];
  const code = await runLimited(args, { limitMs });
  const results = read(VitestResults, file);
  const counted = results?.numFailedTests ?? 0;
  return {
    passed: results?.numPassedTests ?? 0,
    failed: code === 0 ? counted : Math.max(counted, 1),
    lines: [],
  };
}

type HostTests = z.infer<typeof HostResults>['tests'];

/** What VS Code printed is shown when no test tells what went wrong. */
export function hostResult(code: number, tests: HostTests | undefined, log: string): SuiteResult {
  const failed = tests?.filter((each) => each.error !== undefined) ?? [];
  const lines = (tests ?? []).map(({ title, error }) =>
    error === undefined ? ` ok      ${title}` : ` FAILED  ${title}\n${error}`,
  );
  const ended = tests !== undefined && tests.length > 0 && (code === 0 || failed.length > 0);
  if (!ended) lines.push(log, `The host suite did not run to its end (code ${code}).`);
  return {
    passed: lines.length === 0 ? 0 : (tests?.length ?? 0) - failed.length,
    failed: ended ? failed.length : Math.max(failed.length, 1),
    lines,
  };
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
