/**
 * The commands: `taExchange.NAME` of package.json runs what is exported here by that name. With them what a new window goes on
 * with: loaded together, for most of their code is what all of them need.
 */

export { checkDaily } from '../fleet/daily-check.ts';
export { showForm } from '../mail-form/panel.ts';
export { mirror } from '../set-up/mirror.ts';
export { createSetUpHost } from '../set-up/page.ts';
export { customerWith, showSetUp } from '../set-up/panel.ts';
export { resumeWaits } from '../set-up/resume-waits.ts';
export { adoptRegistration } from './adopt-registration.ts';
export { checkAllCustomers, checkCustomer } from './check.ts';
export { checkEveryNight } from './check-every-night.ts';
export { copySupportInfo } from './copy-support-info.ts';
export { exportPreferences } from './export-preferences.ts';
export { forgetCustomer } from './forget-customer.ts';
export { handOver } from './hand-over.ts';
export { keepSecretInVault } from './keep-secret-in-vault.ts';
export { createMailboxScopeScript, proveMailboxScope } from './mailbox-scope.ts';
export {
  copyClientId,
  openCustomerFile,
  openVerificationForm,
  openWalkthrough,
  previewChanges,
  sendTestEmail,
  showLog,
} from './open.ts';
export {
  openPracticeTenant,
  rehearseProblem,
  showPracticeMenu,
  startPracticeTenant,
  stopPracticeTenant,
} from './practice.ts';
export { removeAllData } from './remove-all-data.ts';
export { removeCustomer } from './remove-customer.ts';
export { finishRenewal, renewSecret } from './renew.ts';
export { savePlan, setUpFromPlan } from './saved-plan.ts';
export {
  createAppRegistration,
  createClientSecret,
  grantGraphPermissions,
  newCustomer,
  resumeSetUp,
  setUpCustomer,
  writeEmailPreferences,
} from './set-up-customer.ts';
export { signIn, signOut } from './sign-in.ts';
export { createAdminScript, importAdminResult } from './two-person.ts';
