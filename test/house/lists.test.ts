import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { lostStops, walks } from '../../scripts/walks.ts';
import { createProgram } from '../../src/cli/program.ts';
import { lookUp } from '../../src/core/words/look-up.ts';
import { ownAdvice } from '../../src/core/words/own.ts';
import { root, sourceFiles } from '../support/source-imports.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');
const Packages = z.optional(z.record(z.string(), z.string()));
const Manifest = z.object({
  dependencies: Packages,
  devDependencies: Packages,
  optionalDependencies: Packages,
});
const manifests = ['package.json', 'scripts/node/package.json'].map((name) =>
  z.parse(Manifest, JSON.parse(read(name))),
);

test('versions are exact', () => {
  const versions = manifests.flatMap((each) =>
    Object.values(each).flatMap((packages) => Object.entries(packages ?? {})),
  );
  expect(versions.length).toBeGreaterThan(40);
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([
    ['node-of-the-scripts', 'file:scripts/node'],
  ]);
});

test('every package in the lock file is pinned by its content', () => {
  const Lock = z.object({
    packages: z.record(
      z.string(),
      z.object({ integrity: z.optional(z.string()), link: z.optional(z.boolean()) }),
    ),
  });
  const { packages } = z.parse(Lock, JSON.parse(read('package-lock.json')));
  const loose = Object.entries(packages).filter(
    ([name, { integrity, link }]) => name.startsWith('node_modules/') && !integrity && !link,
  );
  expect(loose.map(([name]) => name)).toEqual([]);
});

test('no file of ours is longer than 250 lines, in no folder', () => {
  const files = ['src', 'test', 'scripts'].flatMap(sourceFiles);
  const long = files.filter(({ text }) => text.split('\n').length - 1 > 250);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('no name is exported by two files: a reader need not look at the import to know what is meant', () => {
  const homes = new Map<string, Set<string>>();
  for (const { path, text } of ['src', 'webview'].flatMap(sourceFiles))
    for (const [, name = ''] of text.matchAll(
      /^export (?:async )?(?:const|function|interface|type|class) (\w+)/gm,
    ))
      homes.set(name, (homes.get(name) ?? new Set()).add(path));
  expect(homes.size).toBeGreaterThan(1000);
  expect([...homes].filter(([, paths]) => paths.size > 1)).toEqual([]);
});

test.each(['schemas', 'errors'])('what scripts/%s.ts makes is up to date', async (name) => {
  const check = promisify(execFile)(process.execPath, [`scripts/${name}.ts`, '--check'], { cwd: root });
  await expect(check).resolves.toMatchObject({ stderr: '' });
});

test('every code of our own can be linked to: the list of errors has an anchor for it, and it has a page', () => {
  const page = read('docs/errors.md');
  const codes = sourceFiles('src')
    .filter(({ path }) => !path.startsWith('src/practice'))
    .flatMap(({ text }) => [...text.matchAll(/'(TA-[A-Z-]+[A-Z])'/g)].map(([, code = '']) => code));
  expect(codes.length).toBeGreaterThan(90);
  const isListed = (code: string): boolean => {
    const id = code.toLowerCase();
    return page.includes(`<a id="${id}"></a>[\`${code}\`](errors/${id}.md)`);
  };
  expect(codes.filter((code) => !isListed(code))).toEqual([]);
  const anchors = [...page.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  expect(anchors.length).toBe(new Set(anchors).size);
});

test('a page of an error has only what is said with its own code, and explains a mark only where it has one', () => {
  expect(read('docs/errors/ta-not-set-up.md')).not.toContain('Choose a customer.');
  expect(read('docs/errors/ta-no-customer.md')).not.toContain('not set up');
  expect(read('docs/errors/ta-signed-out.md')).not.toContain('`…`');
  expect(read('docs/errors/ta-other-name.md')).toContain('enter its name as the customer file has it: …');
});

test('every code of our own is made in one place, where its advice is', () => {
  const made = sourceFiles('src/core').flatMap(({ path, text }) =>
    [...text.matchAll(/code: '(TA-[A-Z-]+)'|^ {2}'(TA-[A-Z-]+)': row/gm)].map(([, code, row]) => ({
      code: code ?? row,
      path,
    })),
  );
  const twice = made.filter(({ code }, at) => made.findIndex((other) => other.code === code) !== at);
  expect(twice).toEqual([]);
  expect(made.length).toBeGreaterThan(Object.keys(ownAdvice).length);
});

test('a failure is made in a file whose name says so, and in the two of the command line for its own', () => {
  const homes = /^src\/core\/(?:words\/|.*failures\.ts$)|^src\/cli\/(?:usage|show\/failure)\.ts$/;
  const makers = ['src', 'webview'].flatMap(sourceFiles).filter(({ text }) => /new Failure\(/.test(text));
  expect(makers.map(({ path }) => path).filter((path) => !homes.test(path))).toEqual([]);
  expect(makers.length).toBeGreaterThan(10);
});

/** Met only by a client that asks for something else than a code. */
const notOurs = new Set(['70005', '901002']);

test('every refusal that the login host of the practice tenant plays has advice of its own', () => {
  const played = sourceFiles('src/practice').flatMap(({ text }) => [
    ...text.matchAll(/new OAuthFault\(\s*(\d{3}),\s*'(\w+)',\s*(\d+)/g),
  ]);
  expect(played.length).toBeGreaterThan(20);
  const unadvised = played.filter(([, status, error, number]) => {
    const symptom = {
      service: 'entra',
      status: Number(status),
      error,
      errorCodes: [Number(number)],
    } as const;
    return (
      !notOurs.has(number ?? '') && String(lookUp(symptom).advice.cause).startsWith('The cause is not known.')
    );
  });
  expect(unadvised.map(([, , error, number]) => `${error} ${number}`)).toEqual([]);
});

test('every command has a file of its name, and every file is a command', () => {
  const names = createProgram(() => {}).commands.map((command) => command.name());
  const files = sourceFiles('src/cli/commands').map(({ path }) => path.replace(/.*\/|\.ts$/g, ''));
  expect(names.sort()).toEqual(files.sort());
});

test('SECURITY names every file in which the text of a secret is read', () => {
  const [, table = ''] = /\| what for \| files \|([\s\S]*?)\n\n/.exec(read('SECURITY.md')) ?? [];
  const named = [...table.matchAll(/`([\w-]+\.ts)`/g)].map(([, name]) => name);
  const reading = ['src', 'webview']
    .flatMap((folder) => sourceFiles(folder))
    .filter(({ text }) => text.includes('.reveal('))
    .map(({ path }) => path.replace(/.*\//, ''));
  expect(named.sort()).toEqual(reading.sort());
});

test('the walks that npm run house prints are in the source', () => {
  expect(walks.flatMap(lostStops)).toEqual([]);
  const [file = '', , does = ''] = walks[0]?.stops[0] ?? [];
  expect(lostStops({ title: '', stops: [[file, 'notThere', does]] })).toEqual([`${file}: notThere`]);
});
