import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import { findPerson } from '../../src/practice/people.ts';
import { customerName } from '../support/customer-folder.ts';
import { browseSignIn, signInLink } from '../support/login-browser.ts';
import { testWith } from '../support/machine-tools.ts';
import { type ServedPractice, servedPractice, whatIsLeft } from '../support/served-practice.ts';
import { startInTerminal, type TerminalCli } from '../support/terminal-cli.ts';

const test = testWith('python3');

const question = 'Make these changes in Contoso (contoso.com) as grace@contoso.com?';

function onboardIn(practice: ServedPractice, columns?: number): TerminalCli {
  const options = { cwd: practice.folder.path, ...(columns !== undefined && { columns }) };
  return startInTerminal(['onboard', customerName, ...practice.flags], options);
}

test.concurrent('asks before the first change, naming tenant, domain and admin, and goes on with y', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  const running = onboardIn(practice);
  const screen = stripVTControlCharacters(await running.shows(question));
  expect(screen).toContain('5. Write the preferences file');
  expect(whatIsLeft(practice.state)).toMatchObject({ applications: 0 });
  running.type('y');
  const { code, screen: last } = await running.ended;
  expect(code).toBe(0);
  expect(stripVTControlCharacters(last)).toContain('1 to look, 3 to make the changes');
  expect(whatIsLeft(practice.state)).toMatchObject({ applications: 1, secrets: 1, grants: 4 });
});

test.concurrent.each([
  ['Enter, since Stop is what stands there', '\r'],
  ['Ctrl+C', '\u0003'],
  ['Escape', '\u001b'],
])('stops with %s, and nothing was changed', async (_key, keys) => {
  await using practice = await servedPractice({ ownProcess: {} });
  const running = onboardIn(practice);
  await running.shows(question);
  running.type(keys);
  const { code, screen } = await running.ended;
  expect(code).toBe(1);
  expect(stripVTControlCharacters(screen)).toContain(
    'Stopped on request. Nothing was changed in the tenant.',
  );
  expect(whatIsLeft(practice.state)).toMatchObject({ applications: 0, servicePrincipals: 0 });
  expect(await practice.folder.names()).toEqual([customerName]);
});

test.concurrent('asks legibly where the terminal does not tell its width, as one of a container', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  const running = onboardIn(practice, 0);
  await running.shows(question);
  running.type('n');
  expect((await running.ended).code).toBe(1);
  expect(whatIsLeft(practice.state)).toMatchObject({ applications: 0, servicePrincipals: 0 });
});

test.concurrent('Ctrl+C on the keyboard stops the wait for the code', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  practice.state.approveAs = undefined;
  const running = onboardIn(practice);
  await running.shows('good until');
  running.type('\u0003');
  const { code, screen } = await running.ended;
  expect(code).toBe(1);
  expect(screen).toContain('TA-CANCELLED');
});

test.concurrent('asks once where a policy refuses the code, and the same run continues by browser', async () => {
  await using practice = await servedPractice({ scenarios: ['device-code-blocked'], ownProcess: {} });
  const running = onboardIn(practice);
  await running.shows('Sign in by browser instead?');
  running.type('y');
  const url = await signInLink(running);
  const person = findPerson(practice.state, 'grace@contoso.com')?.id ?? '';
  await browseSignIn(practice.port, url, { action: 'approve', person });
  await running.shows(question);
  running.type('y');
  expect((await running.ended).code).toBe(0);
  expect(whatIsLeft(practice.state)).toMatchObject({ applications: 1, secrets: 1, grants: 4 });
});

test.concurrent('paints in a terminal, and does not with NO_COLOR or in a dumb one', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  const bold = '\u001b[1m';
  const plan = (env: Record<string, string>) =>
    startInTerminal(['plan', customerName, ...practice.flags], { cwd: practice.folder.path, env }).ended;
  expect((await plan({})).screen).toContain(bold);
  expect(colours((await plan({ NO_COLOR: '1' })).screen)).toEqual([]);
  expect((await plan({ TERM: 'dumb' })).screen).not.toContain('\u001b');
});

test.concurrent('a passing line never wraps in a narrow terminal, for then it could not be taken back', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  const columns = 20;
  const args = ['onboard', customerName, '--yes', '--to', 'robin@contoso.com', ...practice.flags];
  const { code, screen } = await startInTerminal(args, { cwd: practice.folder.path, columns }).ended;
  expect(code).toBe(0);
  const passing = screen.split('\u001b[2K').filter((text) => text.startsWith('  … ') && !text.includes('\n'));
  expect(passing.length).toBeGreaterThan(5);
  for (const text of passing) expect(text.replace(/\r$/, '').length, text).toBeLessThan(columns);
});

/** The paints that a screen was told to take up: SGR sequences. */
function colours(screen: string): string[] {
  return screen.split('\u001b[').filter((part) => /^[\d;]+m/.test(part));
}
