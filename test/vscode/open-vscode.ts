import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installServer } from './install-server.ts';
import { startLocalPages } from './local-pages.ts';
import { packageFile, root, sampleFolder } from './places.ts';
import { writeSampleWorkspace } from './sample-workspace.ts';
import { startServer } from './server.ts';

// `npm run vscode`: a VS Code with the extension and customers of the practice tenant, to try it by hand.

const print = (line: string) => process.stdout.write(`${line}\n`);

writeSampleWorkspace(sampleFolder);
if (openDesktop()) print(`VS Code opens ${sampleFolder} with the extension.`);
else await serveInBrowser();

function openDesktop(): boolean {
  const args = [`--extensionDevelopmentPath=${root}`, sampleFolder];
  return spawnSync(codeProgram(), args, { stdio: 'ignore' }).status === 0;
}

/** On Windows `code` is a script, which would take a shell and tear paths apart; the program is in the folder above it. */
function codeProgram(): string {
  if (process.platform !== 'win32') return 'code';
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.find((folder) => existsSync(join(folder, 'code.cmd')));
  return found === undefined ? 'code' : join(found, '..', 'Code.exe');
}

async function serveInBrowser(): Promise<void> {
  print('There is no "code" on the PATH, so VS Code runs in the browser.');
  installServer();
  const pages = await startLocalPages();
  const server = await startServer({ vsix: packageFile, env: pages.env });
  print(`Open ${server.url}/?${new URLSearchParams({ folder: sampleFolder })}`);
  print('Secrets are kept until its window is reloaded. Ctrl+C ends it.');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await server.stop();
  pages.close();
}
