import type { PartName } from '../../core/setup/step.ts';
import { chooseCustomer } from '../customers/choose.ts';
import { doPart } from '../set-up/stories.ts';
import type { Command } from '../shell/shell.ts';

const commandFor =
  (part: PartName): Command =>
  async (shell, target) =>
    await doPart(part, await chooseCustomer(shell, target), shell);

export const createAppRegistration = commandFor('registration');
export const createClientSecret = commandFor('secret');
export const grantGraphPermissions = commandFor('permissions');
export const writeEmailPreferences = commandFor('preferences');
