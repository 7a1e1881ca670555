import { askCloud } from './steps/cloud.ts';
import { askLifetime } from './steps/lifetime.ts';
import { askName } from './steps/name.ts';
import { askPermissions } from './steps/permissions.ts';
import { askScope } from './steps/scope.ts';
import { askFromAddress, askFromName } from './steps/sender.ts';
import { askSenderMode } from './steps/sender-mode.ts';
import type { WizardStep } from './steps/step.ts';
import { askTenant } from './steps/tenant.ts';

/** The questions in order; where the files go comes after them. */
export const wizardSteps: readonly WizardStep[] = [
  askName,
  askTenant,
  askCloud,
  askFromAddress,
  askFromName,
  askSenderMode,
  askScope,
  askPermissions,
  askLifetime,
];
