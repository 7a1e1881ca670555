import { expect, test } from 'vitest';
import { contoso, customerName } from '../support/customer-folder.ts';
import { servedPractice, whatIsLeft } from '../support/served-practice.ts';

const someId = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';

/**
 * Two people begin at once with a customer that was never set up. What the other one may be told besides that it is busy: on a busy
 * computer the first is done before the other begins.
 */
const others: readonly (readonly [command: string, args: readonly string[], refusals: readonly string[]])[] =
  [
    ['onboard', ['--yes'], []],
    ['script', ['--form', 'powershell', '--out', 'setup.ps1'], []],
    ['adopt', ['--client-id', someId, '--yes'], ['TA-ADOPT-MISSING', 'TA-ADOPT-REFUSED']],
    ['remove', ['--confirm', contoso.name], ['TA-NOTHING-TO-REMOVE']],
    ['renew', ['--yes'], ['TA-BLOCKED']],
  ];

test.each(others)(
  'onboard and %s side by side: one of each, and nothing in the way of the next run',
  async (command, args, refusals) => {
    await using practice = await servedPractice({ ownProcess: {} });
    const runs = await Promise.all([
      practice.cli('onboard', customerName, '--yes'),
      practice.cli(command, customerName, ...args),
    ]);
    for (const { code, stderr } of runs) {
      expect([0, 1, 2, 3], stderr).toContain(code);
      if (code === 1 || code === 3)
        expect(['TA-BUSY', ...refusals], stderr).toContain(/Code +(\S+)/.exec(stderr)?.[1]);
    }
    expect((await practice.folder.names()).filter((name) => /\.tmp|\.lock/.test(name))).toEqual([]);
    expect((await practice.cli('onboard', customerName, '--yes')).code).toBe(0);
    expect(whatIsLeft(practice.state)).toMatchObject({ applications: 1, servicePrincipals: 1, grants: 4 });
  },
);
