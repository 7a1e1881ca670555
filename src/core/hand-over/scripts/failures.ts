import { Failure } from '../../advice/failure.ts';
import { row } from '../../advice/row.ts';

/** Failures of the scripts for the customer's admin, and of what comes back from them. */
export const scriptFailures = {
  unknownPermissions(names: readonly string[]): Failure {
    return new Failure({
      code: 'TA-SCRIPT-PERMISSIONS',
      message: `No application permission of Microsoft Graph is known here as ${names.join(', ')}.`,
      doing: 'write the script',
      exitCode: 3,
      advice: row(
        "A script is made without a look at the tenant, so it can grant only what Microsoft's published list names.",
        'you',
        'Compare "app.permissions" in the customer file with learn.microsoft.com/graph/permissions-reference, capitals too. One that is right there is newer than this list: have it granted with the admin\'s own sign-in, which asks the tenant.',
      ),
    });
  },

  keyNeeded(): Failure {
    return new Failure({
      code: 'TA-KEY-NEEDED',
      message: 'The result holds a sealed secret, and no key was given to open it. Nothing was changed.',
      doing: 'import the result',
      exitCode: 3,
      advice: row(
        'The secret is sealed to the age key that was given when the script was made.',
        'you',
        'Import it again with the file that holds the secret half of that key.',
      ),
    });
  },

  noSecretInside(): Failure {
    return new Failure({
      code: 'TA-NO-SECRET-INSIDE',
      message: 'What was sealed is not the client secret that the result names. Nothing was changed.',
      doing: 'import the result',
      exitCode: 3,
      advice: row(
        'The result was altered, or put together from two runs of the script.',
        "the customer's admin",
        'Send the result again as the script printed it. Where that is gone, run the script with --new-secret (PowerShell: -NewSecret) and send that result.',
      ),
    });
  },
};
