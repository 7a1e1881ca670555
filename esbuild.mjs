import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { cli, extension, page } from './scripts/bundles.ts';
import { cliPackageFiles } from './scripts/cli-package.ts';
import { notices, thirdPartiesIn } from './scripts/third-party.ts';

const builds = [extension, cli, page];
// npm packs each file with the mode that it has, which is not to be that of whoever builds.
process.umask(0o022);

if (process.argv.includes('--watch')) {
  const readable = { minify: false, sourcemap: true, logLevel: 'info' };
  for (const options of builds) await (await context({ ...options, ...readable })).watch();
} else if (!process.argv.includes('--if-older') || isOlder('dist/cli.js')) {
  rmSync('dist', { recursive: true, force: true });
  const results = await Promise.all(builds.map((options) => build(options)));
  const [ofExtension, ofCli, ofPage] = results.map(({ metafile }) => metafile.outputs);
  writeFileSync('ThirdPartyNotices.txt', notices(thirdPartiesIn({ ...ofExtension, ...ofPage })));
  writeFileSync('dist/ThirdPartyNotices.txt', notices(thirdPartiesIn(ofCli)));
  for (const [name, text] of Object.entries(cliPackageFiles())) writeFileSync(join('dist', name), text);
  // What is in which file, for the parts list of a release and the tests of sizes and of what loads at once.
  mkdirSync('.cache', { recursive: true });
  writeFileSync('.cache/bundle.json', JSON.stringify({ ...ofExtension, ...ofCli, ...ofPage }));
}

/** Whether a file is missing, or older than what it is built from. */
function isOlder(file) {
  const built = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync('src', { recursive: true }).map((name) => join('src', name));
  return ['esbuild.mjs', 'scripts/bundles.ts', 'package.json', 'package-lock.json', ...sources].some(
    (source) => statSync(source).mtimeMs > built,
  );
}
