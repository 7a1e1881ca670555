/** The code of all commands, and of what a new window goes on with: loaded together, for most of it is what all of them need. */
export { copyClientId } from './commands/copy-client-id.ts';
export { copySupportInfo } from './commands/copy-support-info.ts';
export { exportPreferences } from './commands/export-preferences.ts';
export { forgetCustomer } from './commands/forget-customer.ts';
export { handOver } from './commands/hand-over.ts';
export { keepSecretInVault } from './commands/keep-secret-in-vault.ts';
export { checkCustomer, previewChanges } from './commands/look.ts';
export { createMailboxScopeScript, proveMailboxScope } from './commands/mailbox-scope.ts';
export { openCustomerFile } from './commands/open-customer-file.ts';
export { openVerificationForm } from './commands/open-verification-form.ts';
export { openWalkthrough } from './commands/open-walkthrough.ts';
export {
  createAppRegistration,
  createClientSecret,
  grantGraphPermissions,
  writeEmailPreferences,
} from './commands/parts.ts';
export { rehearseProblem, startPracticeTenant, stopPracticeTenant } from './commands/practice.ts';
export { removeAllData } from './commands/remove-all-data.ts';
export { savePlan, setUpFromPlan } from './commands/saved-plan.ts';
export { sendTestEmail } from './commands/send-test-email.ts';
export { resumeSetUp, setUpCustomer } from './commands/set-up-customer.ts';
export { showLog } from './commands/show-log.ts';
export { signIn } from './commands/sign-in.ts';
export { signOut } from './commands/sign-out.ts';
export { createAdminScript, importAdminResult } from './commands/two-person.ts';
export { resumeWaits } from './set-up/resume-waits.ts';
