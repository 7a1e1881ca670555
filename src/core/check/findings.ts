import type { CheckFinding } from './finding.ts';
import { checkApplication } from './findings/application.ts';
import { checkFiles } from './findings/files.ts';
import { checkPermissions } from './findings/permissions.ts';
import { checkRenewal, checkSecretLife } from './findings/secret.ts';
import { checkSender } from './findings/sender.ts';
import type { AppLook } from './look.ts';

/** The only list of what a check looks for. Pure. */
export function checkFindings(look: AppLook): CheckFinding[] {
  return [
    ...[checkSecretLife, checkRenewal, checkPermissions, checkApplication, checkSender].flatMap((findings) =>
      findings(look),
    ),
    ...checkFiles(look, look.now),
  ];
}
