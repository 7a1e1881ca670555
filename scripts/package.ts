import { statSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';

// Packs the extension as `npm run build` left it, and refuses to make it big.

const packagePath = 'ta-exchange-setup.vsix';
const budgetMB = 1.5;

await createVSIX({ packagePath, dependencies: false });
const sizeMB = statSync(packagePath).size / 1e6;
process.stdout.write(`${packagePath}: ${sizeMB.toFixed(2)} MB of ${budgetMB} MB\n`);
if (sizeMB > budgetMB) process.exitCode = 1;
