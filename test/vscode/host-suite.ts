import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { findVscode, freshProfile } from './desktop.ts';
import { hostSuite, root } from './places.ts';
import { writeSampleWorkspace } from './sample-workspace.ts';

// Runs the host suite in one VS Code. The exit code says whether it ended well; HOST_RESULTS names the file of results.

const home = mkdtempSync(join(tmpdir(), 'ta-host-'));
const workspace = join(home, 'workspace');
writeSampleWorkspace(workspace);
try {
  await runTests({
    vscodeExecutablePath: await findVscode(),
    extensionDevelopmentPath: root,
    extensionTestsPath: hostSuite,
    launchArgs: [workspace, ...freshProfile(home)],
  });
} catch (error) {
  if (!(error instanceof TestRunFailedError)) throw error;
  process.exitCode = error.code ?? 1;
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
