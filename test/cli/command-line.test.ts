import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CallerProcess, calledAs, commandLine } from '../../src/cli/command-line.ts';

const caller = (
  file: string,
  env: CallerProcess['env'] = {},
  platform: NodeJS.Platform = 'linux',
): CallerProcess => ({
  argv: ['/usr/bin/node', file],
  env,
  platform,
  cwd: () => '/work/house',
});

test.each([
  ['npm run cli --', caller('/work/house/dist/cli.js', { npm_lifecycle_event: 'cli', npm_command: 'run' })],
  ['npm run cli --', caller('/work/house/dist/cli.js', { npm_lifecycle_event: 'start' })],
  [
    'npx ta-exchange',
    caller('/work/house/node_modules/.bin/ta-exchange', { npm_command: 'exec', npm_lifecycle_event: 'npx' }),
  ],
  [
    "npx --package './Büro/ta.tgz' ta-exchange",
    caller('/home/a/.npm/_npx/1/node_modules/.bin/ta-exchange', {
      npm_command: 'exec',
      npm_lifecycle_event: 'npx',
      npm_config_package: './Büro/ta.tgz',
    }),
  ],
  ['ta-exchange', caller('/usr/local/bin/ta-exchange')],
  ['ta-exchange', caller('C:\\npm\\node_modules\\ta-exchange-setup\\dist\\cli.js', {}, 'win32')],
  ['node dist/cli.js', caller('/work/house/dist/cli.js', { npm_lifecycle_event: 'test' })],
  ["node '../a house/dist/cli.js'", caller('/work/a house/dist/cli.js')],
])('%s', (expected, from) => {
  expect(calledAs(from)).toBe(expected);
});

test('Windows gets double quotes, and its paths as they are', () => {
  const line = commandLine(
    ['plan', 'C:\\kunden\\Müller & Co.ta-customer.json'],
    caller('C:\\ta-exchange.exe', {}, 'win32'),
  );
  expect(line).toBe('ta-exchange plan "C:\\kunden\\Müller & Co.ta-customer.json"');
  expect(commandLine(['C:\\kunden\\a.json'], caller('ta-exchange', {}, 'win32'))).toContain(
    ' C:\\kunden\\a.json',
  );
});

test.each([
  ['Lohn $env.json', "'Lohn $env.json'"],
  ['a`b’s.json', "'a`b’’s.json'"],
  ['„Nord“ & Süd.json', "'„Nord“ & Süd.json'"],
  ['Nord, Süd.json', '"Nord, Süd.json"'],
  ['Nord,Sued.json', '"Nord,Sued.json"'],
  ['@home.json', '"@home.json"'],
  ['O’Brien.json', '"O’Brien.json"'],
  ['C:\\Kunden Nord\\', '"C:\\Kunden Nord\\\\"'],
  ['robin@contoso.com', 'robin@contoso.com'],
])('PowerShell takes %s as it is', (word, quoted) => {
  expect(commandLine([word], caller('C:\\ta-exchange.exe', {}, 'win32'))).toBe(`ta-exchange ${quoted}`);
});

test('whatever a file is called, bash reads back the same words', async () => {
  const signs = [...' \'"\\$`!&|;<>(){}[]*?~#%^=-+,.:/@aé\n\t\u202e\u2028'];
  const word = fc.string({ unit: fc.constantFrom(...signs), minLength: 1, maxLength: 12 });
  const words = fc.sample(fc.array(word, { minLength: 1, maxLength: 4 }), { numRuns: 60, seed: 8 });
  const line = commandLine(words.flat(), caller('/bin/ta-exchange'));
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    `ta-exchange() { printf '%s\\0' "$@"; }; ${line}`,
  ]);
  const asFiles = words.flat().map((each) => (/^-[^=]*\./.test(each) ? `./${each}` : each));
  expect(stdout.split('\0').slice(0, -1)).toEqual(asFiles);
});

test('zsh puts the path of a program in the place of a word that begins with =', () => {
  expect(commandLine(['=ls.json', 'a=b'], caller('/bin/ta-exchange'))).toBe("ta-exchange '=ls.json' a=b");
});

test('a file whose name begins with a dash is no option', () => {
  const line = commandLine(
    ['send', '-x.ta-email.json', '--out', '--y.csv', '--practice', '--to', 'a@b.de'],
    caller('/bin/ta-exchange'),
  );
  expect(line).toBe('ta-exchange send ./-x.ta-email.json --out ./--y.csv --practice --to a@b.de');
});
