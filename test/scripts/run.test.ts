import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manifest } from '../support/manifest.ts';
import { root } from '../support/source-imports.ts';
import { tempFolder } from '../support/temp-folder.ts';

const lock = JSON.stringify({ packages: {} });
const own = 'node_modules/node-of-this-one';
const node24 = 'node_modules/.bin/node24';
const print = 'process.stdout.write(JSON.stringify([process.execPath, ...process.argv.slice(2)]));';
const words = ['x.json&echo y', 'Jane Doe/N.json', '"quoted"', '$HOME %PATH%', "it's", 'ü', ''];

/** A checkout without `.git`, in a folder that a shell would tear apart. */
async function checkout({ installed }: { installed: boolean }): Promise<string> {
  const folder = join(await tempFolder(), 'Büro & 1');
  for (const each of ['scripts/node', 'node_modules/.bin', 'node_modules/printer', `${own}/bin`]) {
    await mkdir(join(folder, each), { recursive: true });
  }
  for (const name of ['run.mjs', 'install.mjs', 'node/node24.mjs']) {
    await copyFile(join(root, 'scripts', name), join(folder, 'scripts', name));
  }
  const packages = {
    'scripts/node': {
      optionalDependencies: { 'node-of-another-machine': '24.0.0', 'node-of-this-one': '24.0.0' },
    },
    [own]: { bin: { node: 'bin/node' } },
    'node_modules/printer': { bin: { printer: 'print.mjs' } },
  };
  for (const [name, manifest] of Object.entries(packages)) {
    await writeFile(join(folder, name, 'package.json'), JSON.stringify(manifest));
  }
  await symlink(process.execPath, join(folder, own, 'bin/node'));
  // As npm links a package that is a folder of the project.
  await symlink('../scripts/node', join(folder, 'node_modules/node-of-the-scripts'));
  await symlink('../node-of-the-scripts/node24.mjs', join(folder, node24));
  await writeFile(join(folder, 'node_modules/printer/print.mjs'), print);
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
  return start(folder, ['scripts/run.mjs', ...args], env);
}

function start(
  folder: string,
  [file = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Run> {
  const all = [...(env.FIRST ? [env.FIRST] : []), join(folder, file), ...args];
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

describe.each(['scripts/run.mjs', node24])('%s', (starter) => {
  test.each(['print.ts', 'printer'])(
    '%s gets its words whole, from the Node of the lock file',
    async (program) => {
      const folder = await checkout({ installed: true });
      const { code, stdout } = await start(folder, [starter, program, ...words]);
      expect(JSON.parse(stdout)).toEqual([process.execPath, ...words]);
      expect(code).toBe(0);
    },
  );

  test('the exit code is that of the program', async () => {
    const folder = await checkout({ installed: true });
    await writeFile(join(folder, 'ends.mjs'), 'process.exit(42);');
    expect(await start(folder, [starter, 'ends.mjs'])).toMatchObject({ code: 42 });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'the program gets a %s, and ends in its own time',
    async (signal) => {
      const folder = await checkout({ installed: true });
      const waits = `process.on('${signal}', () => process.exit(43)); process.stdin.resume(); process.stdout.write('ready');`;
      await writeFile(join(folder, 'waits.mjs'), waits);
      const child = spawn(process.execPath, [join(folder, starter), 'waits.mjs'], { stdio: 'pipe' });
      await once(child.stdout, 'data');
      child.kill(signal);
      expect(await once(child, 'close')).toEqual([43, null]);
    },
  );

  test('a tool that is not there is told by its name', async () => {
    const folder = await checkout({ installed: true });
    expect(await start(folder, [starter, 'print'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('"print"'),
    });
  });
});

test.each(['18.20.8', '20.11.1'])('Node %s is too old, which is told in one line', async (version) => {
  const folder = await checkout({ installed: false });
  const FIRST = `--import=data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"${version}"}})`;
  expect(await run(folder, ['printer'], { FIRST })).toEqual({
    code: 1,
    stdout: '',
    stderr: `This is Node ${version}. Install Node 20.12 or newer: https://nodejs.org\n`,
  });
});

test('what the lock file names is installed once', async () => {
  const folder = await checkout({ installed: false });
  const npm = await fakeNpm(folder, '');
  expect(await run(folder, ['printer'], npm)).toMatchObject({ code: 0 });
  expect(await run(folder, ['printer'], npm)).toMatchObject({ code: 0, stderr: '' });
  expect(await askedOf(folder)).toEqual(['ping', 'ci']);
});

test('install.mjs only installs', async () => {
  const folder = await checkout({ installed: false });
  const npm = await fakeNpm(folder, '');
  expect(await start(folder, ['scripts/install.mjs'], npm)).toMatchObject({ code: 0, stdout: '' });
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
  const { code: exit, stderr } = await run(folder, ['printer'], npm);
  expect(exit).toBe(1);
  expect(stderr).toContain('No npm registry answers');
  expect(stderr).toContain('npm config set https-proxy http://PROXY:PORT');
  expect(await askedOf(folder)).toEqual(['ping', 'ci offline']);
});

test('without a registry the cache of npm will do', async () => {
  const folder = await checkout({ installed: false });
  const npm = await fakeNpm(folder, `process.exit(asked.includes('--offline') ? 0 : 1);`);
  expect(await run(folder, ['printer'], npm)).toMatchObject({ code: 0 });
});

test('a registry that knows no ping has answered, and what fails at once is tried again', async () => {
  const folder = await checkout({ installed: false });
  const npm = await fakeNpm(
    folder,
    `const tries = require('fs').readFileSync(${JSON.stringify(join(folder, 'asked.txt'))}, 'utf8').split('\\n').length;
    if (asked.startsWith('ping')) console.log(JSON.stringify({ error: { code: 'E404' } }, undefined, 2));
    process.exit(tries < 4 ? 1 : 0);`,
  );
  expect(await run(folder, ['printer'], npm)).toMatchObject({ code: 0 });
  expect(await askedOf(folder)).toEqual(['ping', 'ci', 'ci']);
});

test('where there is no npm, it says how to start this', async () => {
  const folder = await checkout({ installed: false });
  const { code, stderr } = await run(folder, ['printer'], { npm_execpath: '/opt/pnpm/bin/pnpm.cjs' });
  expect(code).toBe(1);
  expect(stderr).toContain('Run this through npm');
});

describe('package.json', () => {
  const scripts = Object.entries(manifest.scripts);

  test('says the true commands: run.mjs starts what people start first', () => {
    const served = scripts.filter(([, command]) => command.includes('run.mjs')).map(([name]) => name);
    expect(served).toEqual(['start', 'test', 'test:vscode', 'test:windows', 'vscode']);
  });

  test('has no command that needs what is not installed yet, but for the parts of check', () => {
    const installs = (command: string): boolean => {
      const [, name = ''] = /^npm run (\S+)/.exec(command) ?? [];
      if (name !== '') return installs(manifest.scripts[name] ?? '');
      return /^node scripts\/(run|install)\.mjs /.test(command);
    };
    const later = scripts.filter(([, command]) => !installs(command)).map(([name]) => name);
    expect(later).toEqual(['types', 'lint', 'format', 'unused']);
  });

  // npm for Windows puts what is written behind the last command, and quotes it for a shim only where the first command is one.
  test('gives the paths of people to a program, not to a shim', () => {
    expect(manifest.scripts.cli).toMatch(/ && node dist\/cli\.js$/);
  });
});
