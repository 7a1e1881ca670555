import { expect, test } from 'vitest';
import { errors } from '../../../src/core/words/errors.ts';
import { copySupportInfo } from '../../../src/extension/commands/copy-support-info.ts';
import { createRecentFailures } from '../../../src/extension/shell/recent-failures.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import { person, settings } from '../../support/fake-vscode.ts';
import { contributes, manifest } from '../../support/manifest.ts';

test('of a failure only what names nobody is kept', () => {
  const failures = createRecentFailures();
  failures.add('taExchange.signIn', errors.tenantNotFound('contoso.com', 'request-1'));
  expect(failures.list()).toEqual([
    {
      at: expect.stringMatching(/^\d{4}-/),
      command: 'taExchange.signIn',
      code: 'TA-TENANT-NOT-FOUND',
      status: undefined,
      requestId: 'request-1',
    },
  ]);
});

test('the last twenty are kept', () => {
  const failures = createRecentFailures();
  for (let nth = 1; nth <= 25; nth += 1) failures.add(`command ${nth}`, errors.badProxy('HTTPS_PROXY'));
  expect(failures.list().map(({ command }) => command)).toEqual(
    Array.from({ length: 20 }, (_, index) => `command ${index + 6}`),
  );
});

test('support info names every setting that was changed, and no value', async () => {
  const names = Object.keys(contributes.configuration.properties).map((id) => id.replace('taExchange.', ''));
  for (const name of names) settings[name] = 'Contoso';
  const shell = {
    context: { extension: { packageJSON: manifest } },
    customers: { list: async () => [] },
    practice: { running: undefined },
    sessions: { all: () => [] },
    failures: createRecentFailures(),
  };
  await copySupportInfo(shell as unknown as Shell, {} as never);
  for (const name of names) delete settings[name];
  expect(person.copied).toContain(`\nSettings changed: ${names.join(', ')}\n`);
  expect(person.copied).not.toContain('Contoso');
});
