import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Whatever a run leaves behind; ignored by git. */
export const cacheFolder = join(root, '.cache');
export const packageFile = join(root, 'ta-exchange-setup.vsix');
/** The host suite as esbuild writes it. */
export const hostSuite = join(cacheFolder, 'host', 'index.cjs');

export const vscodePackage = join(root, 'test', 'vscode');
/** The VS Code inside code-server. */
export const serverFolder = join(vscodePackage, 'node_modules', 'code-server', 'lib', 'vscode');
/** Customers to try the extension with. */
export const sampleFolder = join(cacheFolder, 'sample-workspace');
