import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/**
 * VS Code calls this inside the extension host, and takes a rejection for a failure. The results are written when mocha
 * is through: without the file, the suite did not run to its end.
 */
export async function run(): Promise<void> {
  const grep = process.env.HOST_GREP;
  const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 60_000, reporter: 'spec', ...(grep && { grep }) });
  for (const name of readdirSync(__dirname)) if (name.endsWith('.host.cjs')) mocha.addFile(join(__dirname, name));

  const tests: { title: string; error?: string }[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => tests.push({ title: test.fullTitle() }));
    runner.on('fail', (test, error) => tests.push({ title: test.fullTitle(), error: error.stack ?? error.message }));
  });
  if (process.env.HOST_RESULTS) writeFileSync(process.env.HOST_RESULTS, JSON.stringify({ tests }));
  if (failures > 0) throw new Error(`${failures} of ${tests.length} tests failed`);
}
