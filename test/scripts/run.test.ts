import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../support/source-imports.ts';
import { tempFolder } from '../support/temp-folder.ts';

const lock = JSON.stringify({
  packages: {
    '': { bin: { 'ta-exchange': 'dist/cli.js' } },
    'node_modules/another/node_modules/printer': { bin: { print: 'old.mjs' } },
    'node_modules/node-of-another-machine': { bin: { node: 'bin/node.exe' } },
    'node_modules/node-of-this-one': { bin: { node: 'bin/node' } },
    'node_modules/printer': { bin: { print: 'print.mjs' } },
  },
});
const print = 'process.stdout.write(JSON.stringify([process.execPath, ...process.argv.slice(2)]));';
const words = ['x.json&echo y', 'Jane Doe/N.json', '"quoted"', '$HOME %PATH%', "it's", 'ü', ''];

/** A checkout without `.git` and without `node_modules/.bin`, in a folder that a shell would tear apart. */
async function checkout({ installed }: { installed: boolean }): Promise<string> {
  const folder = join(await tempFolder(), 'Büro & 1');
  const old = 'node_modules/another/node_modules/printer';
  for (const each of ['scripts', old, 'node_modules/printer', 'node_modules/node-of-this-one/bin']) {
    await mkdir(join(folder, each), { recursive: true });
  }
  await copyFile(join(root, 'scripts/run.mjs'), join(folder, 'scripts/run.mjs'));
  await symlink(process.execPath, join(folder, 'node_modules/node-of-this-one/bin/node'));
  await writeFile(join(folder, 'node_modules/printer/print.mjs'), print);
  await writeFile(join(folder, old, 'old.mjs'), 'process.exit(9);');
  await writeFile(join(folder, 'print.ts'), `${print}\nconst typed: number = 1;`);
  await writeFile(join(folder, 'package-lock.json'), lock);
  if (installed) await writeFile(join(folder, 'node_modules/.installed-lock'), lock);
  return folder;
}

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const all = [...(env.FIRST ? [env.FIRST] : []), join(folder, 'scripts/run.mjs'), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, all, { env: { PATH: '', ...env } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** An npm that writes down what it is asked to do, and does these lines. */
async function fakeNpm(folder: string, lines: string): Promise<NodeJS.ProcessEnv> {
  const file = join(folder, 'npm-cli.js');
  const note = `require('fs').appendFileSync(${JSON.stringify(join(folder, 'asked.txt'))}, asked + '\\n');`;
  await writeFile(file, `const asked = process.argv.slice(2).join(' ');\n${note}\n${lines}`);
  return { npm_execpath: file };
}

const askedOf = async (folder: string) =>
  (await readFile(join(folder, 'asked.txt'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[0] + (line.includes('--offline') ? ' offline' : ''));

test.each(['print.ts', 'print'])(
  '%s gets its words whole, from the Node of the lock file',
  async (program) => {
    const folder = await checkout({ installed: true });
    const { code, stdout } = await run(folder, [program, ...words]);
    expect(JSON.parse(stdout)).toEqual([process.execPath, ...words]);
    expect(code).toBe(0);
  },
);

test('the exit code is that of the program', async () => {
  const folder = await checkout({ installed: true });
  await writeFile(join(folder, 'ends.mjs'), 'process.exit(42);');
  expect(await run(folder, ['ends.mjs'])).toMatchObject({ code: 42 });
});

test.each(['18.20.8', '20.11.1'])('Node %s is too old, which is told in one line', async (version) => {
  const folder = await checkout({ installed: false });
  const FIRST = `--import=data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"${version}"}})`;
  expect(await run(folder, ['print'], { FIRST })).toEqual({
    code: 1,
    stdout: '',
    stderr: `This is Node ${version}. Install Node 20.12 or newer: https://nodejs.org\n`,
  });
});

test('what the lock file names is installed once', async () => {
  const folder = await checkout({ installed: false });
  const npm = await fakeNpm(folder, '');
  expect(await run(folder, ['print'], npm)).toMatchObject({ code: 0 });
  expect(await run(folder, ['print'], npm)).toMatchObject({ code: 0, stderr: '' });
  expect(await askedOf(folder)).toEqual(['ping', 'ci']);
});

test('without a file or a tool it only installs', async () => {
  const folder = await checkout({ installed: false });
  const npm = await fakeNpm(folder, '');
  expect(await run(folder, [], npm)).toMatchObject({ code: 0, stdout: '' });
  expect(await askedOf(folder)).toEqual(['ping', 'ci']);
});

test.each([
  ['a registry that does not answer', 'ENOTFOUND'],
  ['a proxy that refuses', 'E407'],
])('%s is told at once, with what to do behind a proxy', async (_, code) => {
  const folder = await checkout({ installed: false });
  const npm = await fakeNpm(
    folder,
    `if (asked.startsWith('ping')) console.log(JSON.stringify({ error: { code: '${code}' } })); process.exit(1);`,
  );
  const { code: exit, stderr } = await run(folder, ['print'], npm);
  expect(exit).toBe(1);
  expect(stderr).toContain('No npm registry answers');
  expect(stderr).toContain('npm config set https-proxy http://PROXY:PORT');
  expect(await askedOf(folder)).toEqual(['ping', 'ci offline']);
});

test('without a registry the cache of npm will do', async () => {
  const folder = await checkout({ installed: false });
  const npm = await fakeNpm(folder, `process.exit(asked.includes('--offline') ? 0 : 1);`);
  expect(await run(folder, ['print'], npm)).toMatchObject({ code: 0 });
});

test('a registry that knows no ping has answered, and what fails at once is tried again', async () => {
  const folder = await checkout({ installed: false });
  const npm = await fakeNpm(
    folder,
    `const tries = require('fs').readFileSync(${JSON.stringify(join(folder, 'asked.txt'))}, 'utf8').split('\\n').length;
    if (asked.startsWith('ping')) console.log(JSON.stringify({ error: { code: 'E404' } }, undefined, 2));
    process.exit(tries < 4 ? 1 : 0);`,
  );
  expect(await run(folder, ['print'], npm)).toMatchObject({ code: 0 });
  expect(await askedOf(folder)).toEqual(['ping', 'ci', 'ci']);
});

test('where there is no npm, it says how to start this', async () => {
  const folder = await checkout({ installed: false });
  const { code, stderr } = await run(folder, ['print'], { npm_execpath: '/opt/pnpm/bin/pnpm.cjs' });
  expect(code).toBe(1);
  expect(stderr).toContain('Run this through npm');
});
