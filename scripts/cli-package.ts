import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';

// The npm package of the command line, `ta-exchange`: what stands in dist/ beside the built files, for `npm pack ./dist`.

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const Extension = z.object({
  version: z.string(),
  license: z.string(),
  homepage: z.string(),
  repository: z.object({ type: z.string(), url: z.string() }),
  bugs: z.object({ url: z.string() }),
  engines: z.object({ node: z.string() }),
});

/** Each file's text by its name. */
export function cliPackageFiles(): Readonly<Record<string, string>> {
  const { version, license, homepage, repository, bugs, engines } = z.parse(
    Extension,
    JSON.parse(read('package.json')),
  );
  const manifest = {
    name: 'ta-exchange',
    version,
    description: 'Sets up and proves email from T&A (Time & Attendance) through Microsoft Exchange Online.',
    license,
    type: 'module',
    bin: { 'ta-exchange': 'cli.js' },
    files: ['cli.js', 'cli/*.js', 'ThirdPartyNotices.txt'],
    engines: { node: engines.node },
    homepage,
    repository,
    bugs,
  };
  return {
    'package.json': `${JSON.stringify(manifest, undefined, 2)}\n`,
    'README.md': withWholeLinks('docs/command-line.md', repository.url.replace(/\.git$/, '')),
    LICENSE: read('LICENSE'),
  };
}

/** A document that leaves the repository: its links lead back there. */
function withWholeLinks(path: string, repository: string): string {
  const base = `${repository}/blob/main/${dirname(path)}/`;
  return read(path).replaceAll(
    /\]\((?!https:|#)([^)]+)\)/g,
    (_, link: string) => `](${new URL(link, base)})`,
  );
}
