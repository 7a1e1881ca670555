import { expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';

const program = createProgram(() => undefined);
const helpOf = (name: string): string =>
  program.commands.find((command) => command.name() === name)?.helpInformation() ?? '';
const forServices = ['--practice', '--manual', '--connect-to'];
const offline = ['export', 'import', 'handover'];

test.each(offline)('the help of %s names no option that is for services alone', (name) => {
  const help = helpOf(name);
  for (const option of forServices) expect(help).not.toContain(option);
  for (const option of ['--json', '--verbose', '--out']) expect(help).toContain(option);
});

test.each(offline)('%s takes these options all the same, as every command does', (name) => {
  const known = program.commands.find((command) => command.name() === name)?.options ?? [];
  expect(known.map(({ long }) => long)).toEqual(expect.arrayContaining(forServices));
});

test('every other command shows them', () => {
  const others = program.commands.map((command) => command.name()).filter((name) => !offline.includes(name));
  expect(others.length).toBeGreaterThan(6);
  for (const name of others) for (const option of forServices) expect(helpOf(name), name).toContain(option);
});
