import { chmod, truncate, writeFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { say } from '../../src/core/words/say.ts';
import { type Onboarding, onboarding } from '../support/onboarding.ts';
import { expectSound, firstSetUp } from './stories.ts';

vi.mock('../../src/core/cloud/trusted-url.ts', async (original) => ({
  ...(await original<typeof import('../../src/core/cloud/trusted-url.ts')>()),
  trustedUrl: (_what: unknown, url: string) => new URL(url),
}));

/** The program does this although it never should. */
const wrongs: readonly (readonly [what: string, told: string, (customer: Onboarding) => Promise<unknown>])[] =
  [
    [
      'a stranger is asked, as if the gate of addresses were open',
      'evil.example',
      ({ http }) =>
        http
          .send({
            method: 'GET',
            url: 'https://evil.example/',
            replay: 'safe',
            doing: say`ask`,
            signal: undefined,
          })
          .catch(() => undefined),
    ],
    [
      'a token goes to an upload address',
      'upload requests with a token',
      ({ tenant }) =>
        tenant.fetch(
          new Request('https://outlook.office.com/api', { headers: { Authorization: 'Bearer x' } }),
        ),
    ],
    ['others may read the file', 'mode of', ({ files }) => chmod(files.preferences, 0o644)],
    ['half the file is there', 'ta-email.json', ({ files }) => truncate(files.preferences, 40)],
    ['the lock stays', 'locks', ({ files }) => writeFile(`${files.record}.lock`, '{}')],
    ['a temporary file stays', 'temporary files', ({ files }) => writeFile(`${files.record}.1.tmp`, '')],
  ];

test.each(wrongs)('it is noticed where %s', async (what, told, goWrong) => {
  const customer = await onboarding();
  expect((await firstSetUp.run(customer)).failure).toBeUndefined();
  await expectSound(firstSetUp, customer, undefined);
  await goWrong(customer);
  const isSeen = expect(expectSound(firstSetUp, customer, undefined), what);
  if (told === 'mode of' && process.platform === 'win32') await isSeen.resolves.toBeUndefined();
  else await isSeen.rejects.toThrow(told);
});
