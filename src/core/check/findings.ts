import type { CheckFinding } from './finding.ts';
import { applicationFindings } from './findings/application.ts';
import { fileFindings } from './findings/files.ts';
import { permissionFindings } from './findings/permissions.ts';
import { renewalFindings } from './findings/renewal.ts';
import { secretFindings } from './findings/secret.ts';
import { senderFindings } from './findings/sender.ts';
import type { AppLook } from './look.ts';

/** The only list of what a check looks for. Pure. */
export function checkFindings(look: AppLook): CheckFinding[] {
  return [
    ...[secretFindings, renewalFindings, permissionFindings, applicationFindings, senderFindings].flatMap(
      (findings) => findings(look),
    ),
    ...fileFindings(look, look.now),
  ];
}
