import { execFile } from 'node:child_process';
import { chmod, readdir, readFile, realpath, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { compiledCode, isOnlyOurs } from '../../src/cli/compiled-code.ts';
import { english } from '../../src/core/hand-over/texts.ts';
import { findPerson } from '../../src/practice/people.ts';
import { cliEntry } from '../support/cli-entry.ts';
import { customerFolder, customerName, preferencesName } from '../support/customer-folder.ts';
import { browseSignIn, signInLink } from '../support/login-browser.ts';
import { placeOf, testWith } from '../support/machine-tools.ts';
import { manifest as ours } from '../support/manifest.ts';
import { servedPractice, whatIsLeft } from '../support/served-practice.ts';
import { startCli } from '../support/start-cli.ts';
import { tempFolder } from '../support/temp-folder.ts';

const onNode20 = testWith('Node 20');
const node20 = placeOf('Node 20') ?? '';

/** The file of npm: that of the one that runs us, or that on the PATH. */
const npmFile = async () => process.env.npm_execpath ?? (await realpath(placeOf('npm') ?? ''));

test('npm pack takes the command line alone, and npx does the whole job with it', async () => {
  const folder = await tempFolder();
  const npm = await npmFile();
  const built = dirname(cliEntry());
  // Any program of npm's asks PATH for Node.
  const env = { PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), HOME: folder };
  const start = (cwd: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, args, {
      cwd,
      env: { ...env, npm_config_cache: join(folder, '.npm') },
    });
  const packed = await start(folder, npm, 'pack', built, '--json', '--offline');
  const [{ filename, files, unpackedSize, name }] = JSON.parse(packed.stdout);
  const names: string[] = files.map(({ path }: { path: string }) => path);
  const parts = (await readdir(join(built, 'cli'))).map((part) => `cli/${part}`);
  expect(names.filter((each) => !parts.includes(each)).sort()).toEqual([
    'LICENSE',
    'README.md',
    'ThirdPartyNotices.txt',
    'cli.js',
    'package.json',
  ]);
  expect(name).toBe('ta-exchange');
  expect(unpackedSize).toBeLessThanOrEqual(1.6e6);
  const npx = join(dirname(npm), 'npx-cli.js');
  await using customer = await customerFolder();
  await rename(join(folder, filename), join(customer.path, filename));
  // As the checklist of the report prints it.
  const line = /npx (.+) send FILE --to ADDRESS/.exec(String(english.checklist.there))?.[1];
  const options = line?.replace('VERSION', ours.version).split(' ') ?? [];
  expect(options).toContain(`./${filename}`);
  const run = (...args: string[]) => start(customer.path, npx, '--offline', ...options, ...args);
  const to = ['--to', 'robin@contoso.com'];
  const { stdout, stderr } = await run('onboard', customerName, '--practice', '--yes', ...to);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/npx --package \S+\.tgz ta-exchange send contoso\.ta-email\.json/);
  expect(await run('send', preferencesName, ...to, '--practice')).toMatchObject({ stderr: '' });
});

test.each([
  ['linux', { HOME: '/home/robin' }, '/home/robin/.cache/ta-exchange'],
  ['linux', { HOME: '/home/robin', XDG_CACHE_HOME: '/caches' }, '/caches/ta-exchange'],
  ['darwin', { HOME: '/Users/robin' }, '/Users/robin/Library/Caches/ta-exchange'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/ta-exchange'],
  ['linux', { HOME: '/home/robin', XDG_CACHE_HOME: '.' }, '/home/robin/.cache/ta-exchange'],
  ['linux', { HOME: 'robin' }, undefined],
  ['linux', {}, undefined],
] as const)('on %s with %j compiled code is kept in %s', (platform, env, folder) => {
  expect(compiledCode({ platform, env })?.replaceAll('\\', '/')).toBe(folder);
});

test('compiled code is kept among the caches of the user, and in no other place', async () => {
  const [home, cwd, TMPDIR] = [await tempFolder(), await tempFolder(), await tempFolder()];
  const env = {
    HOME: home,
    XDG_CACHE_HOME: join(home, 'caches'),
    LOCALAPPDATA: join(home, 'caches'),
    TMPDIR,
  };
  // The version is printed before any program is loaded.
  expect(await startCli(['--version'], { cwd, env }).ended).toMatchObject({ code: 0, stderr: '' });
  expect(await readdir(home)).toEqual([]);
  expect(await startCli(['--help'], { cwd, env }).ended).toMatchObject({ code: 0, stderr: '' });
  expect([await readdir(home), await readdir(cwd), await readdir(TMPDIR)]).toEqual([['caches'], [], []]);
  expect(await readdir(join(home, 'caches'))).toEqual(['ta-exchange']);
});

test.skipIf(process.platform === 'win32')(
  'a folder in which another user could lay code is not used',
  async () => {
    const [home, umask] = [await tempFolder(), process.umask(0)];
    try {
      expect(isOnlyOurs(join(home, 'caches', 'ta-exchange'))).toBe(true);
    } finally {
      process.umask(umask);
    }
    for (const part of ['caches', 'caches/ta-exchange'])
      expect((await stat(join(home, part))).mode & 0o777, part).toBe(0o700);
    await chmod(join(home, 'caches', 'ta-exchange'), 0o777);
    expect(isOnlyOurs(join(home, 'caches', 'ta-exchange'))).toBe(false);
    await symlink(join(home, 'caches'), join(home, 'link'));
    expect(isOnlyOurs(join(home, 'link'))).toBe(false);
    await writeFile(join(home, 'file'), '');
    expect(isOnlyOurs(join(home, 'file'))).toBe(false);
  },
);

test('the package of the command line brings no other package, and its README leads back to the repository', async () => {
  const read = (name: string) => readFile(join(dirname(cliEntry()), name), 'utf8');
  const manifest: object = JSON.parse(await read('package.json'));
  expect(Object.keys(manifest).filter((key) => /dependencies|scripts/i.test(key))).toEqual([]);
  const links = [...(await read('README.md')).matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
  expect(links.filter((link) => !link?.startsWith('https://'))).toEqual([]);
  expect(links).toContain(`${ours.homepage.replace('#readme', '')}/blob/main/docs/practice.md`);
});

onNode20('every part of the command line loads in Node 20', async () => {
  const folder = dirname(cliEntry());
  const parts = (await readdir(join(folder, 'cli'))).filter((name) => name.endsWith('.js'));
  const urls = parts.map((name) => pathToFileURL(join(folder, 'cli', name)).href);
  const program = `for (const url of ${JSON.stringify(urls)}) await import(url);`;
  await promisify(execFile)(node20, ['--input-type=module', '-e', program]);
});

onNode20('the whole job runs in Node 20, signed in by browser', async () => {
  await using practice = await servedPractice({ ownProcess: { node: node20, env: { PATH: '' } } });
  const running = practice.start('onboard', customerName, '--yes', '--browser', '--to', 'robin@contoso.com');
  const url = await signInLink(running);
  const person = findPerson(practice.state, 'grace@contoso.com')?.id ?? '';
  await browseSignIn(practice.port, url, { action: 'approve', person });
  expect(await running.ended).toMatchObject({ code: 0, stderr: '' });
  expect(whatIsLeft(practice.state)).toMatchObject({ secrets: 1, grants: 4, mails: 1 });
});

test('what is thrown where nothing waits for it ends the run with advice, and without a stack trace', async () => {
  const later = 'setTimeout(() => Promise.reject(new TypeError("abc8Q~x")), 500)';
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(later)}`;
  for (const args of [['practice'], ['practice', '--json']]) {
    const { code, stdout, stderr } = await startCli(args, { cwd: await tempFolder(), env: { NODE_OPTIONS } })
      .ended;
    expect(code).toBe(1);
    expect(stderr).toContain('Unexpected error (TypeError). This is a bug; please report it.');
    expect(stdout + stderr).not.toMatch(/abc8Q~x|^\s+at /m);
    expect(stdout.includes('"code": "TA-UNEXPECTED"')).toBe(args.includes('--json'));
  }
});

/** Found in the built files by name. What a library asks for before it uses it is not meant. */
const newerThanNode20 =
  /Promise\.(withResolvers|try)|(Object|Map)\.groupBy|Array\.fromAsync|\bURL\.parse\(|Iterator\.from|Error\.isError|RegExp\.escape|getBuiltinModule|\.(difference|symmetricDifference|isSubsetOf)\(|DisposableStack/;

test('the command line calls nothing that came after Node 20', async () => {
  const folder = dirname(cliEntry());
  const parts = (await readdir(folder, { recursive: true })).filter((name) => /^cli\W.*js$/.test(name));
  expect(parts.length).toBeGreaterThan(10);
  for (const name of parts)
    expect(newerThanNode20.exec(await readFile(join(folder, name), 'utf8'))?.[0], name).toBe(undefined);
});
