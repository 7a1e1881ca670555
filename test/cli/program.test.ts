import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createProgram } from '../../src/cli/program.ts';
import { realSurroundings } from '../../src/cli/surroundings.ts';
import { scenarios } from '../../src/practice/scenarios.ts';
import { runCli } from '../support/run-cli.ts';

const { commands } = createProgram(() => undefined);
const names = commands.map((command) => command.name());
const helpOf = (name: string): string =>
  commands.find((command) => command.name() === name)?.helpInformation() ?? '';
const forServices = ['--practice', '--manual', '--connect-to'];
const offline = ['export', 'import', 'key', 'handover', 'practice', 'init-pipeline'];

test.each(offline)('%s has no option that is for services alone', (name) => {
  for (const option of forServices) expect(helpOf(name)).not.toContain(option);
  expect(helpOf(name)).not.toContain('request');
  for (const option of ['--json', '--verbose', '--version']) expect(helpOf(name)).toContain(option);
});

test('every other command has the options that are for services', () => {
  const others = names.filter((name) => !offline.includes(name));
  expect(others.length).toBeGreaterThan(6);
  for (const name of others)
    for (const option of [...forServices, '--scenario']) expect(helpOf(name), name).toContain(option);
});

test.each(['', ...names])('the help of "%s" has examples, and shows no empty default', async (name) => {
  const { code, stdout } = await runCli([...(name ? [name] : []), '--help']);
  expect(code).toBe(0);
  expect(stdout).not.toContain('[]');
  const [, example = ''] = /\nExamples:\n {2}ta-exchange (.+)\n/.exec(stdout) ?? [];
  expect(example.split(' ')[0]).toBe(name || 'onboard');
});

test('the help of practice lists the scenarios', async () => {
  const { stdout } = await runCli(['practice', '--help']);
  for (const [name, { description }] of Object.entries(scenarios)) {
    expect(stdout).toContain(`\n  ${name.padEnd(26)}${description}\n`);
  }
});

/** What may follow an option in place of the value that it must, or may, have. */
const noValues = (required: boolean): string[] =>
  required ? ['--json', '--practise', '--', '-h', ''] : [''];

test.each(names)('no option of %s takes another one for its value, nor nothing', async (name) => {
  const options = commands.find((command) => command.name() === name)?.options ?? [];
  for (const { long, required, optional } of options) {
    if (!long || !(required || optional)) continue;
    for (const next of noValues(required)) {
      const { code, stderr } = await runCli([name, 'x.json', '--practice', long, next]);
      expect([code, stderr], `${long} ${next}`).toEqual([
        3,
        expect.stringContaining(`${long} needs a value.`),
      ]);
    }
  }
});

test('says that the code of a command is loaded before the command does anything', async () => {
  const told: string[] = [];
  const stream = (name: string) => ({ write: () => told.push(name) });
  const process = { ...realSurroundings.process, stdout: stream('stdout'), stderr: stream('stderr') };
  await main(['plan', 'none.ta-customer.json'], {
    ...realSurroundings,
    process: {
      ...process,
      on: () => undefined,
      off: () => undefined,
      env: {},
      stdin: {},
      exit: () => undefined,
    },
    loaded: () => told.push('loaded'),
  });
  expect(told).toEqual(['loaded', 'stderr']);
});
