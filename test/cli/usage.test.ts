import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { oldPractice, usageFault, wantsDocument } from '../../src/cli/usage.ts';

test.each([
  '--secret',
  '--secret=abc',
  '--client-secret',
  '--clientSecret=x',
  '--secret-value',
  '--SECRET',
  '--password',
  '-password',
  '--token=eyJ',
  '--passphrase',
  '--client_secret=x',
  '--app-secret',
  '--refresh-token=x',
  '--pwd',
  '--api-key=x',
])('%s is refused, with the reason and without the value', (flag) => {
  const fault = usageFault(['onboard', 'a.json', flag, 'abc']);
  expect(fault).toMatch(/^--?[\w-]+ is refused: .*history.*list of processes/);
  expect(fault).not.toMatch(/abc|eyJ|=x/);
});

const pasted = 'Xy18Q~0123456789._-abcdefghijklmnopqrstuv';

test.each([
  ['onboard', 'a.json', pasted],
  ['send', 'a.json', '--to', pasted],
  ['export', 'a.json', `--secret=${pasted}`],
  ['plan', '--', pasted],
  [pasted],
  ['send', 'a.json', '--body', `secret=${encodeURIComponent(pasted).replace('~', '%7E')}`],
  ['plan', 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln'],
])('a secret or a token in the place of something else is refused and not repeated: %j', (...argv) => {
  const fault = usageFault(argv);
  expect(fault).toMatch(/ looks like a client secret or a token, and is refused: .*list of processes/);
  expect(fault).not.toMatch(/8Q~|eyJ/);
});

test('the secret half of an age key is refused wherever it stands, and not repeated', () => {
  const key = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`;
  for (const flag of ['--identity', '--recipient']) {
    const fault = usageFault(['adopt', 'a.json', flag, key]);
    expect(fault).toMatch(/^The secret half of an age key .* list of processes.* key --out FILE/);
    expect(fault).not.toContain('QQQ');
  }
});

test('export alone may be told what to do with the secret', () => {
  expect(usageFault(['export', 'a.json', '--secret', 'omit'])).toBeUndefined();
  expect(usageFault(['export', 'a.json', '--password', 'x'])).toContain('--password is refused');
});

test('an option without its value is named', () => {
  expect(usageFault(['send', 'a.json', '--to='])).toBe('--to= needs a value.');
});

test('only an option that takes several values may stand twice', () => {
  expect(usageFault(['onboard', 'a.json', '--yes', '--yes'])).toBe(
    '--yes is given twice; which one counts is not clear.',
  );
  expect(usageFault(['onboard', 'a.json', '--out', 'a', '--out=b'])).toContain('--out is given twice');
  const several = ['--to', 'a@b.de', '--to=c@d.de', '--attach', 'x', '--attach', 'y'];
  expect(usageFault(['onboard', 'a.json', ...several])).toBeUndefined();
});

test('a folder that was removed under the terminal is told', () => {
  const cwd = vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw Object.assign(new Error('uv_cwd'), { code: 'ENOENT' });
  });
  onTestFinished(() => cwd.mockRestore());
  expect(usageFault(['plan', 'a.json'])).toMatch(/^The folder of this terminal no longer exists/);
});

test('what follows -- is a name, whatever it looks like', () => {
  expect(usageFault(['plan', '--', '--secret'])).toBeUndefined();
  expect(wantsDocument(['plan', '--', '--json'])).toBe(false);
});

test('scenarios behind --practice, as once, are told their new place', () => {
  const told = '--practice takes no value. Write: --practice --scenario app-admin-only --scenario flaky';
  expect(oldPractice(['onboard', 'a.json', '--practice', 'app-admin-only,flaky'])).toBe(told);
  expect(oldPractice(['onboard', 'a.json', '--practice=app-admin-only,flaky', '--yes'])).toBe(told);
  expect(oldPractice(['onboard', '--practice', 'a.json', 'b.json'])).toBeUndefined();
  expect(oldPractice(['onboard', 'a.json', 'b.json'])).toBeUndefined();
  expect(oldPractice(['onboard', 'a.json', '--practice'])).toBeUndefined();
});

test('no command line makes the check itself fail, and no fault holds a control character', () => {
  const argument = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((text) => `--${text}`),
  );
  fc.assert(
    fc.property(fc.array(argument), (argv) => {
      expect(usageFault(argv) ?? '').not.toMatch(/\p{Cc}/u);
    }),
  );
});
