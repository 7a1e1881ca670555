import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteResult } from './host-result.ts';
import { cacheFolder } from './places.ts';
import { runBrowserSuite, runHostSuite } from './suites.ts';

// `npm run test:vscode [-- host [TITLE] | browser [FILE]]`: both suites, or one of them or a part of it.

const suites = { host: runHostSuite, browser: runBrowserSuite };
const [only, filter] = process.argv.slice(2);
const print = (line: string) => process.stdout.write(`${line}\n`);

const results: SuiteResult[] = [];
for (const [name, run] of Object.entries(suites)) {
  if (only !== undefined && only !== name) continue;
  print(`\n${name} suite`);
  const result = await run(filter).catch(notRun);
  for (const line of result.lines) print(line);
  results.push(result);
}

const passed = results.reduce((sum, each) => sum + each.passed, 0);
const failed = results.length === 0 ? 1 : results.reduce((sum, each) => sum + each.failed, 0);
writeFileSync(join(cacheFolder, 'vscode-results.json'), JSON.stringify({ passed, failed }));
print(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** A suite that cannot even be built fails like one that does not run to its end. */
function notRun(error: Error): SuiteResult {
  return { passed: 0, failed: 1, lines: [error.message] };
}
