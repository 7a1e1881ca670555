import { expect, test } from 'vitest';
import { registerForm } from '../../../src/extension/mail-form/open-form.ts';
import { registerSetUpPages } from '../../../src/extension/set-up/pages.ts';
import { openFormCommand, openPageCommand } from '../../../src/extension/shell/runs.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import { commands, person } from '../../support/fake-vscode.ts';

/** Fills no page: what is asked here is over before one is filled. */
const shell = { runs: { onDidChange: () => undefined } } as unknown as Shell;

test.each([
  ['set-up page', registerSetUpPages, openPageCommand],
  ['form', registerForm, openFormCommand],
])(
  'the %s takes the focus when it is asked for, and not once more when it is filled',
  async (_, register, open) => {
    register(shell);
    const opening = commands.executeCommand(open);
    const panel = person.panels.at(-1) ?? expect.fail();
    const again = commands.executeCommand(open);
    expect(panel.reveals).toBe(1);
    await Promise.allSettled([opening, again]);
    expect(panel.reveals).toBe(1);
  },
);
