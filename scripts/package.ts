import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { placeholder } from './bundles.ts';
import { type Outputs, partsList, thirdPartiesIn } from './third-party.ts';

// Packs the extension as `npm run build` left it, and refuses to make it big. Writes the parts lists of a release: of the extension and of the
// command line. With `--release TAG` it first asks whether this is one.

// The least that a zip file can say of a time, and the order of one language: the same sources give the same bytes. Node takes its language at the start.
const alike = { SOURCE_DATE_EPOCH: '315532800', TZ: 'UTC', LC_ALL: 'C' };
if (Object.entries(alike).some(([name, value]) => process.env[name] !== value)) {
  const env = { ...process.env, ...alike };
  process.exit(spawnSync(process.execPath, process.argv.slice(1), { env, stdio: 'inherit' }).status ?? 1);
}
const { createVSIX, listFiles, PackageManager } = await import('@vscode/vsce');

const packagePath = 'ta-exchange-setup.vsix';
const budgetMB = 1;

const { name, version, publisher, repository, bugs, homepage, qna } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
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
  const link = [repository.url, bugs.url, homepage, qna].find((url) => url.split('/').includes(placeholder));
  if (link !== undefined) return `The link ${link} in package.json is a placeholder. Name your repository.`;
  if (tag !== `v${version}`) return `The tag of version ${version} is v${version}, not ${tag}.`;
  const [, released] = /^## (\d\S+) - /m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
  return released === version
    ? undefined
    : `The newest version in CHANGELOG.md is ${released}, not ${version}.`;
}

// It has the mode of each file too, which is that of the umask of whoever checked it out.
for (const file of await listFiles({ packageManager: PackageManager.None })) chmodSync(file, 0o644);
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
