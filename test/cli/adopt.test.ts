import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { byHand, working } from '../support/adopting.ts';
import { contoso, customerName, preferencesName } from '../support/customer-folder.ts';
import { testWith } from '../support/machine-tools.ts';
import { servedPractice } from '../support/served-practice.ts';
import { startInTerminal } from '../support/terminal-cli.ts';

const file = 'fabrikam.ta-customer.json';

test('adopt writes customer, preferences and record from a preferences file, and no one signs in', async () => {
  await using practice = await servedPractice();
  await practice.onboard();
  const { clientId } = JSON.parse(await practice.folder.read(preferencesName)).connection;
  const asked = practice.state.requests.length;
  const run = await practice.cli(
    'adopt',
    file,
    '--preferences',
    preferencesName,
    '--name',
    'Fabrikam',
    '--yes',
  );
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/^PRACTICE: nothing outside this computer is touched\n/);
  expect(run.stdout).toMatch(
    /Seen with the rights of the application itself[\s\S]*the owner grace@contoso\.com/,
  );
  expect(run.stdout).toContain('The registration is as a set-up would create it.');
  const names = ['fabrikam.ta-customer.json', 'fabrikam.ta-email.json', 'fabrikam.ta-record.json'];
  expect(await practice.folder.names()).toEqual(expect.arrayContaining(names));
  expect(JSON.parse(await practice.folder.read(file))).toMatchObject({ name: 'Fabrikam', version: 1 });
  const since = practice.state.requests.slice(asked);
  expect(since.filter(({ path }) => path.includes('devicecode'))).toEqual([]);

  const checked = await practice.cli('check', file);
  expect(checked.stdout).toContain('Fabrikam');
  const text = `Email component: EXCH\n${await pastedFrom(await practice.folder.read(preferencesName))}`;
  await practice.folder.write('pasted.txt', text);
  const again = await practice.cli('adopt', file, '--preferences', 'pasted.txt', '--yes', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ written: [], record: { application: { clientId } } });
});

/** T&A's screen, copied as text. */
async function pastedFrom(preferences: string): Promise<string> {
  const { fields } = await import('../../src/core/preferences/fields.ts');
  const read = JSON.parse(preferences);
  return fields
    .filter(({ tab }) => tab !== 'email')
    .map(({ tab, name, label }) => `${label}: ${read[tab][name]}`)
    .join('\n');
}

test('adopt takes one of the two ways to name the application, and no client id without a customer', async () => {
  await using practice = await servedPractice();
  const neither = await practice.cli('adopt', customerName, '--yes');
  expect([neither.code, neither.stderr]).toEqual([3, expect.stringContaining('Name one of the two')]);
  const id = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';
  const unknown = await practice.cli('adopt', file, '--client-id', id, '--yes');
  expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('TA-ADOPT-REFUSED')]);
  const missing = await practice.cli('adopt', customerName, '--client-id', id, '--yes');
  expect([missing.code, missing.stderr]).toEqual([3, expect.stringContaining('TA-ADOPT-MISSING')]);
  await practice.folder.write('gcc-high.ta-customer.json', JSON.stringify({ ...contoso, cloud: 'usgov' }));
  await practice.onboard();
  const args = ['gcc-high.ta-customer.json', '--preferences', preferencesName, '--yes'];
  const elsewhere = await practice.cli('adopt', ...args);
  expect([elsewhere.code, elsewhere.stderr]).toEqual([
    3,
    expect.stringContaining('in which cloud the tenant is'),
  ]);
  expect(elsewhere.stderr).not.toContain('Token Endpoint');
});

test('where the customer file is there already, adopt tells each field in which T&A differs', async () => {
  await using practice = await servedPractice();
  await practice.onboard();
  const other = { ...contoso, mail: { ...contoso.mail, fromName: 'Contoso Hours' } };
  await practice.folder.write(file, JSON.stringify(other));
  const args = ['adopt', file, '--preferences', preferencesName, '--yes'];
  const { code, stdout } = await practice.cli(...args);
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining(
      `From name: the customer file has "Contoso Hours", T&A has "${contoso.mail.fromName}"`,
    ),
  ]);
  const { differences } = JSON.parse((await practice.cli(...args, '--json')).stdout);
  expect(differences).toMatchObject([{ expected: 'Contoso Hours', found: contoso.mail.fromName }]);
});

test('what a set-up would change is told with the command for it, which closes the gap', async () => {
  await using practice = await servedPractice({ lagFactor: 0 });
  const { application } = byHand(practice, working.slice(0, 3));
  const { stdout } = await practice.cli('adopt', customerName, '--client-id', application.appId, '--yes');
  expect(stdout).toContain('Nothing was changed in the tenant.');
  const [, command = ''] = /To make the changes of the plan: .*?(onboard .*)$/m.exec(stdout) ?? [];
  expect(command).toContain(`--adopt ${application.appId}`);
  expect(await practice.cli(...command.split(' '), '--yes')).toMatchObject({ code: 0, stderr: '' });
  expect((await practice.cli('plan', customerName)).code).toBe(0);
});

const inTerminal = testWith('python3');

inTerminal('what is no secret is not taken for one, and without one an admin looks', async () => {
  await using practice = await servedPractice({ ownProcess: {} });
  expect((await practice.onboard()).code).toBe(0);
  const whole = await pastedFrom(await practice.folder.read(preferencesName));
  await practice.folder.write('pasted.txt', whole.replace(/^Client Secret.*$/m, 'Client Secret: ********'));
  const before = await practice.folder.names();
  const args = ['adopt', file, '--preferences', 'pasted.txt', ...practice.flags];
  const pasting = startInTerminal(args, { cwd: practice.folder.path });
  await pasting.shows('Client Secret');
  pasting.type(`${whole.replaceAll('\n', '\r')}\r`);
  await pasting.shows('without spaces');
  pasting.type('\u0003');
  const { screen } = await pasting.ended;
  expect(stripVTControlCharacters(screen)).not.toMatch(/\dQ~|Endpoint/);
  expect(await practice.folder.names()).toEqual(before);

  const without = startInTerminal(args, { cwd: practice.folder.path });
  await without.shows('Leave it empty if you do not have it');
  without.type('\r');
  await without.shows('Is this the application that T&A works with?');
  without.type('y');
  expect((await without.ended).code).toBe(0);
  expect(await practice.folder.names()).not.toContain('fabrikam.ta-email.json');
});
