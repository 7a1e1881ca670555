import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Mocha from 'mocha';
import { version } from 'vscode';

interface HostTest {
  readonly title: string;
  readonly ms: number;
  readonly error?: string;
}

/**
 * VS Code calls this inside the extension host, and takes a rejection for a failure. The results are written when mocha
 * is through: without the file, the suite did not run to its end.
 */
export async function run(): Promise<void> {
  const { HOST_GREP: grep, HOST_RESULTS: file } = process.env;
  // By `import`: what `require` gives of it differs between the Node of the oldest VS Code and that of the newest.
  const { default: Runner } = await import('mocha');
  const mocha = new Runner({
    ui: 'tdd',
    color: false,
    timeout: 120_000,
    forbidOnly: true,
    forbidPending: true,
    ...(grep !== undefined && { grep }),
  });
  for (const name of readdirSync(__dirname)) {
    if (name.endsWith('.host.mjs')) mocha.addFile(join(__dirname, name));
  }
  await mocha.loadFilesAsync();
  const tests = await results(mocha);
  if (file !== undefined) writeFileSync(file, JSON.stringify({ version, tests }));
  const failed = tests.filter(({ error }) => error !== undefined).length;
  if (failed > 0) throw new Error(`${failed} of ${tests.length} tests failed`);
}

function results(mocha: Mocha): Promise<HostTest[]> {
  const tests: HostTest[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(tests));
    const about = (test: Mocha.Runnable) => ({ title: test.fullTitle(), ms: test.duration ?? 0 });
    runner.on('pass', (test) => tests.push(about(test)));
    runner.on('fail', (test, error) => tests.push({ ...about(test), error: error.stack ?? error.message }));
  });
}
