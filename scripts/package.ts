import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';
import { placeholder } from './bundles.ts';
import { type Outputs, partsList, thirdPartiesIn } from './third-party.ts';

// Packs the extension as `npm run build` left it, and refuses to make it big. Writes the parts lists of a release: of the extension and of the
// command line. With `--release TAG` it first asks whether this is one.

const packagePath = 'ta-exchange-setup.vsix';
const budgetMB = 1;

const { name, version, publisher } = JSON.parse(readFileSync('package.json', 'utf8'));
const [, minor] = version.split('.').map(Number);
const at = process.argv.indexOf('--release');
const fault = at < 0 ? undefined : faultOfRelease(process.argv[at + 1]);
if (fault !== undefined) {
  process.stderr.write(`${fault}\n`);
  process.exit(1);
}

function faultOfRelease(tag: string | undefined): string | undefined {
  if (publisher === placeholder)
    return `The publisher "${publisher}" is a placeholder. Name yours in package.json, and the repository in its links.`;
  if (tag !== `v${version}`) return `The tag of version ${version} is v${version}, not ${tag}.`;
  const [, released] = /^## (\d\S+) - /m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
  return released === version
    ? undefined
    : `The newest version in CHANGELOG.md is ${released}, not ${version}.`;
}

// The least that a zip file can say, for every file and in every time zone: the same sources give the same bytes.
process.env.SOURCE_DATE_EPOCH = '315532800';
process.env.TZ = 'UTC';
// Who installs the extension has other questions than who opens the repository, so its page is a document of its own.
// In the Marketplace an odd minor version is a pre-release: https://code.visualstudio.com/api/working-with-extensions/publishing-extension
await createVSIX({
  packagePath,
  readmePath: 'MARKETPLACE.md',
  dependencies: false,
  preRelease: minor % 2 === 1,
});

const outputs: Outputs = JSON.parse(readFileSync('.cache/bundle.json', 'utf8'));
for (const [application, files] of [
  [name, /^dist\/(extension|chunks|webview)/],
  ['ta-exchange', /^dist\/cli/],
] as const) {
  const own = Object.fromEntries(Object.entries(outputs).filter(([file]) => files.test(file)));
  writeFileSync(`dist/${application}.cdx.json`, partsList(application, version, thirdPartiesIn(own)));
}

const sizeMB = statSync(packagePath).size / 1e6;
process.stdout.write(`${packagePath}: ${sizeMB.toFixed(2)} MB of ${budgetMB} MB\n`);
if (sizeMB > budgetMB) process.exitCode = 1;
