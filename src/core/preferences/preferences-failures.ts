import { basename } from 'node:path';
import type { Cloud } from '../cloud/clouds.ts';
import { repeat, setCloud } from '../words/faces.ts';
import { Failure, row } from '../words/failure.ts';
import { inTerminal, say, type Words } from '../words/say.ts';

/** An endpoint that is not T&A's text. */
export interface OddEndpoint {
  /** As T&A shows it. */
  readonly label: string;
  readonly expected: string | Words;
  readonly found: string | Words;
  /** What is wrong with a placeholder, in words. */
  readonly fault?: Words;
}

const advice = row(
  say`The API Endpoints in the preferences are not T&A's own of one Microsoft cloud. Nothing was sent.`,
  'you',
  say`Enter T&A's own text in this field again, or create the preferences file again with this tool.`,
);

/** A template that cannot be filled in; `reason` names the placeholder. */
export function templateFault(template: string, reason: Words): Failure {
  return unknownEndpoint(say`In the endpoint ${quoted(template)}, ${reason}.`);
}

export function strangeEndpoint({ label, expected, found, fault }: OddEndpoint): Failure {
  const message = say`${label}: expected "${expected}", found ${quoted(found)}.`;
  return unknownEndpoint(fault === undefined ? message : say`${message} ${fault}.`);
}

/** What does not read like an address may be anything, a secret that was pasted into the wrong field too. */
function quoted(found: string | Words): Words {
  const text = String(found).slice(0, 120);
  return text.length < 8 || /:\/|^\/|[{}]/.test(text) ? say`"${text}"` : say`other text`;
}

/** They are right, but for another cloud than the customer file names. */
export function endpointsOfOtherCloud(found: Cloud, wanted: Cloud): Failure {
  return unknownEndpoint(
    say`The API Endpoints are those of ${found.label}. The cloud of the customer is ${wanted.label}.`,
    row(
      say`A tenant is in one Microsoft cloud, and each cloud has its own endpoints. Either the customer or T&A has the wrong one. Nothing was sent.`,
      'you',
      say`Ask the customer's administrator in which cloud the tenant is. If it is ${found.label}, ${setCloud(found.name)}. If it is ${wanted.label}, enter the endpoints of that cloud in T&A, and give its preferences again.`,
    ),
  );
}

function unknownEndpoint(message: Words, why = advice): Failure {
  return new Failure({
    code: 'TA-ENDPOINT',
    message,
    advice: why,
    doing: say`check the API endpoints`,
    exitCode: 3,
  });
}

/** Another program wrote or removed the file while a run of ours worked with it. */
export function fileChanged(path: string): Failure {
  return new Failure({
    code: 'TA-PREFERENCES-CHANGED',
    message: say`Another program changed ${path} during this run. It was not replaced.`,
    doing: say`write the preferences file`,
    advice: row(
      say`The file has changed since this run read it. It may contain a client secret that is stored nowhere else.`,
      'you',
      say`Find out what changed the file, such as an editor or a sync client. Then ${repeat}: it starts from the file as it is now.`,
    ),
  });
}

/** What an import or a renewal replaces is kept under this name, and there is something else. */
export function oldFileInTheWay(path: string, old: string): Failure {
  return new Failure({
    code: 'TA-OLD-FILE',
    message: say`${path} is not replaced: ${old}, where it would be kept, does not contain the same client secret.`,
    doing: say`keep the preferences file`,
    advice: row(
      say`An earlier import or renewal left this file. The secret that T&A uses now could be in either file, so nothing was changed.`,
      'you',
      say`Find out which of the two secrets T&A uses. If it is that of ${path}, delete ${basename(old)}; otherwise move it to a safe place. Then ${repeat}.`,
    ),
  });
}

/** INI, XML and CSV are written for other programs and for people; of JSON and the screen alone it is certain what was meant. */
export function notImportable(path: string): Failure {
  return new Failure({
    code: 'TA-NOT-IMPORTABLE',
    message: say`${path}: expected a file name that ends in .json or .txt, or in .json.age or .txt.age.`,
    doing: say`read the preferences`,
    exitCode: 3,
    advice: row(
      say`This tool reads preferences from its own JSON and from text pasted from T&A's screen. Nothing was changed.`,
      'you',
      say`If the file came from this tool, export the preferences again${inTerminal` with --format json`.or(say` as JSON`)}. Otherwise open System preferences > Email in T&A, select all of the Connection tab and the API Endpoints tab, copy both into a text file, and save it as .txt in UTF-8.`,
    ),
  });
}

/** What is encrypted with age, and what opens it. */
export const ageFailures = {
  noRecipient(): Failure {
    return encryptionRefusal(
      say`The recipient is not an age key: expected a text that begins with age1.`,
      say`To encrypt a file, you need the public key of the person who will open it.`,
      say`Ask that person for the whole line that begins with age1. ${inTerminal`To create your own key, run ta-exchange key --out FILE.`.or(say`Set-up can also create a key for you.`)}`,
    );
  },

  keyExists(path: string): Failure {
    return encryptionRefusal(
      say`${path} already exists. No key was written.`,
      say`If it is a key, you could never again open what was encrypted for it.`,
      say`Choose another file.`,
      say`create a key`,
    );
  },

  secretKeyGiven(): Failure {
    return encryptionRefusal(
      say`This is the secret half of an age key. Expected the public one, which begins with age1.`,
      say`A secret key on a command line stays in the shell history. Assume that others know it.`,
      say`Create a new key${inTerminal` (ta-exchange key --out FILE)`} and use its public half.`,
    );
  },

  notForThisKey(keys: number): Failure {
    return encryptionRefusal(
      keys === 0
        ? say`The key file contains no age key: expected a line that begins with AGE-SECRET-KEY-.`
        : say`The sealed secret does not open with this age key.`,
      say`It opens only with the key that the script was created for.`,
      say`Use that key. If it is lost, create the script for another key and have it run with --new-secret (PowerShell: -NewSecret).`,
      say`open the sealed secret`,
    );
  },

  doesNotOpen(kind: 'key file' | 'passphrase'): Failure {
    return encryptionRefusal(
      kind === 'passphrase'
        ? say`The file does not open with this passphrase, or is not a complete age file.`
        : say`The file does not open with this key file, or is not a complete age file.`,
      say`It opens only with the passphrase or key that it was encrypted with.`,
      say`Check which one that was, and that the file is complete with its first and last line.`,
      say`open the encrypted preferences`,
    );
  },

  weakPassphrase(minimumLetters: number): Failure {
    return encryptionRefusal(
      say`The passphrase is too short: expected at least ${minimumLetters} characters.`,
      say`Anyone who gets the file can try passphrases for as long as they like.`,
      say`Choose four or five random words.`,
    );
  },

  secretAsPassphrase(): Failure {
    return encryptionRefusal(
      say`The passphrase looks like a client secret.`,
      say`Anyone who is told the passphrase could sign in with it, without the file.`,
      say`Choose four or five random words.`,
    );
  },
};

function encryptionRefusal(
  message: Words,
  cause: Words,
  next: Words,
  doing = say`encrypt the preferences`,
): Failure {
  return new Failure({
    code: 'TA-ENCRYPTION',
    message,
    doing,
    exitCode: 3,
    advice: row(cause, 'you', next),
  });
}
