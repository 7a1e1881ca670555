import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { documentNamed, documents, errorPages, linksIn, reports } from '../support/documents.ts';
import { testWith } from '../support/machine-tools.ts';
import { root } from '../support/source-imports.ts';

/** As GitHub makes the address of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

function anchorsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)];
}

/** Of all that is published, with the page that each stands in. */
const links = [...documents, ...errorPages, ...reports].flatMap((page) =>
  linksIn(page).map((link) => ({ path: page.path, link })),
);
const leadsElsewhere = ({ link }: { link: string }): boolean => /^\w+:/.test(link);

test('every link leads to something', () => {
  // The history may name what is gone.
  const own = links.filter((each) => !leadsElsewhere(each) && each.path !== 'CHANGELOG.md');
  expect(own.length).toBeGreaterThan(30);
  const broken = own.filter(({ path, link }) => {
    const [file, anchor] = link.split('#');
    const target = join(root, file === '' ? path : join(dirname(path), file ?? ''));
    return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test('every link to another site is a whole address: https, a host of several parts, written as a browser would', () => {
  const others = links.filter(leadsElsewhere);
  // Each page of a code of Entra's has one to Microsoft's own.
  expect(others.length).toBeGreaterThan(errorPages.filter(({ path }) => path.includes('aadsts')).length);
  const isWhole = ({ link }: { link: string }): boolean => {
    const url = URL.canParse(link) ? new URL(link) : undefined;
    return url?.protocol === 'https:' && /\w\.\w/.test(url.host) && [link, `${link}/`].includes(url.href);
  };
  expect(others.filter((each) => !isWhole(each))).toEqual([]);
});

test('every guide can be reached from the README', () => {
  const guides = documents.map(({ path }) => path).filter((path) => path.startsWith('docs/'));
  expect(guides.filter((path) => !documentNamed('README.md').includes(`](${path})`))).toEqual([]);
});

testWith('bash')('the weekly job asks for every link to another site that a page has', async () => {
  const ci = parse(readFileSync(join(root, '.github', 'workflows', 'ci.yml'), 'utf8'));
  const job: string = ci.jobs.links.steps.at(-1).run;
  const script = `curl() { echo "\${*: -1}"; }\n${job}`;
  const { stdout } = await promisify(execFile)('bash', ['-ec', script], { cwd: root });
  const others = new Set(links.filter(leadsElsewhere).map(({ link }) => link));
  expect(stdout.trim().split('\n').sort()).toEqual([...others].sort());
});
