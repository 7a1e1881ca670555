import { Failure } from '../../advice/failure.ts';
import { plain } from '../../advice/plain.ts';
import { row } from '../../advice/row.ts';

/** Failures of the scripts for the customer's admin, and of what comes back from them. */
export const scriptFailures = {
  unknownPermissions(names: readonly string[]): Failure {
    return new Failure({
      code: 'TA-SCRIPT-PERMISSIONS',
      message: `A script cannot grant ${names.join(', ')}.`,
      doing: 'write the script',
      exitCode: 3,
      advice: row(
        'The ids of permissions besides the usual ones are known only after a look at the tenant, which a script does not have.',
        'you',
        "Take these permissions out of the customer file, or set the customer up with the admin's own sign-in.",
      ),
    });
  },

  otherConfig(path: string): Failure {
    return new Failure({
      code: 'TA-BICEP-CONFIG',
      message: `${plain(path)} is there already, with other settings.`,
      doing: 'write the script',
      exitCode: 3,
      advice: row(
        'A Bicep file needs a bicepconfig.json of its own beside it, and one that lies there may be in use.',
        'you',
        'Choose an empty folder for the script.',
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
        'Send the result again as the script printed it. Where that is gone, remove the secret in Entra and run the script again.',
      ),
    });
  },
};
