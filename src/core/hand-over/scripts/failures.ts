import { fieldWords } from '../../words/faces.ts';
import { Failure, row } from '../../words/failure.ts';
import { say } from '../../words/say.ts';

/** Failures of the scripts for the customer's admin, and of what comes back from them. */
export const scriptFailures = {
  unknownPermissions(names: readonly string[]): Failure {
    return new Failure({
      code: 'TA-SCRIPT-PERMISSIONS',
      message: say`This tool does not know an application permission of Microsoft Graph named ${names}.`,
      doing: say`write the script`,
      exitCode: 3,
      advice: row(
        say`A script is created without access to the tenant, so it can grant only permissions of Microsoft's published list.`,
        'you',
        say`Compare ${fieldWords.permissions} ${fieldWords.place} with learn.microsoft.com/graph/permissions-reference, including capitals. If the name is correct, the permission is newer than the list. Then set up with a sign-in of the customer's administrator instead.`,
      ),
    });
  },

  keyNeeded(): Failure {
    return new Failure({
      code: 'TA-KEY-NEEDED',
      message: say`The result contains a sealed secret, and you gave no key to open it. Nothing was changed.`,
      doing: say`import the result`,
      exitCode: 3,
      advice: row(
        say`The secret is sealed for the age key that the script was created for.`,
        'you',
        say`Import the result again with the file of that age key.`,
      ),
    });
  },

  noSecretInside(): Failure {
    return new Failure({
      code: 'TA-NO-SECRET-INSIDE',
      message: say`The sealed text is not the client secret that the result names. Nothing was changed.`,
      doing: say`import the result`,
      exitCode: 3,
      advice: row(
        say`The result was changed, or combined from two runs of the script.`,
        "the customer's admin",
        say`Send the result again as the script printed it. If you no longer have it, run the script with --new-secret (PowerShell: -NewSecret) and send that result.`,
      ),
    });
  },
};
