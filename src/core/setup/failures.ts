import type { ClientSecret } from '../tenant/access.ts';
import { type Advice, Failure, row } from '../words/failure.ts';
import { minuteOf } from '../words/moment.ts';
import { joined, say, type Words } from '../words/say.ts';
import type { DeletedChoice } from './existing.ts';
import type { Finding } from './finding.ts';

/** What to do about every finding that blocks. */
export const blockedAdvice = (blocking: readonly Finding[], cause: Words): Advice => ({
  cause,
  who: blocking[0]?.who ?? 'you',
  next: joined(
    blocking.map(({ next }) => next ?? ''),
    ' ',
  ),
  retry: 'no',
});

/** Failures that only setting up can meet. */
export const setUpFailures = {
  /** The same failure, and what is there now. Where anything was changed it is no longer one of a bad input alone. */
  withExisting(failure: Failure, exists: Words, isChanged: boolean): Failure {
    const exitCode = isChanged ? 1 : failure.exitCode;
    return failure.retold({ message: say`${failure.words} ${exists}`, exitCode });
  },

  /** `cause`: why the new secret is in no file. `removed`: whether it could be removed again in the tenant. */
  secretNotKept(
    failure: Failure,
    { displayName, keyId }: { readonly displayName: string; readonly keyId: string },
    removed: boolean,
  ): Failure {
    const { words, advice } = failure;
    const name = say`The new client secret "${displayName}" (key ID ${keyId})`;
    const fate = removed
      ? say`${name} was deleted in the tenant.`
      : say`${name} is valid in the tenant but stored nowhere. The next run deletes it.`;
    const portal = say`If you do not run it again, delete the secret yourself: Entra admin center > App registrations > the application > Certificates & secrets.`;
    return failure.retold({
      message: say`${words} ${fate}`,
      advice: removed ? advice : { ...advice, next: say`${advice.next} ${portal}` },
    });
  },

  /** `choice`: what was done with a deleted application before. */
  blocked(findings: readonly Finding[], choice: DeletedChoice = 'leave'): Failure {
    const blocking = findings.filter(({ level }) => level === 'blocks');
    const [first, ...more] = blocking;
    const also = more.length > 0 ? say` (and ${more.length} more)` : '';
    const what = first?.what ?? say`the pre-flight found an obstacle.`;
    const messages = {
      leave: say`Nothing was changed: ${what}${also}`,
      restore: say`Nothing was changed after the deleted application was restored: ${what}${also}`,
      purge: say`Nothing was changed after the deleted application was deleted permanently: ${what}${also}`,
    };
    return new Failure({
      code: 'TA-BLOCKED',
      message: messages[choice],
      doing: say`run the pre-flight`,
      advice: blockedAdvice(blocking, say`The pre-flight found a problem that would make this run fail.`),
    });
  },

  adoptMissing(clientId: string): Failure {
    return new Failure({
      code: 'TA-ADOPT-MISSING',
      message: say`The tenant has no application with the client id ${clientId}. Nothing was changed.`,
      doing: say`look for the application to adopt`,
      exitCode: 3,
      advice: row(
        say`It was deleted, or the client id belongs to another tenant.`,
        'you',
        say`Compare the client id with the Entra admin center > App registrations > All applications.`,
      ),
    });
  },

  /** `more`: what no one agreed to. */
  moreOnApplication(more: readonly string[]): Failure {
    return new Failure({
      code: 'TA-ADOPT-CHANGED',
      message: say`Someone changed the application after you saw what it contains. New: ${joined(more, '; ')}.`,
      doing: say`look at the application before changing it`,
      advice: row(
        say`You agreed to the list that was shown. The application contains more now.`,
        "the customer's admin",
        say`Find out who added it and why. Then run this again and read the list again.`,
      ),
    });
  },

  /** It was carried out, but what came back does not fit into our files; a secret that came so is removed again. */
  unusableAnswer(doing: Words, facts: { status: number; requestId: string | undefined }): Failure {
    return new Failure({
      code: 'TA-ANSWER-UNUSABLE',
      message: say`This tool cannot use Microsoft's answer, so it kept nothing of it.`,
      doing,
      ...facts,
      doubt: true,
      advice: row(
        say`Microsoft Graph carried out the request, but its answer contains values that this tool cannot work with. A proxy may have changed it.`,
        'you',
        say`Run this again: it removes a client secret that was created, and continues with the rest. If it happens again, try another network.`,
      ),
    });
  },

  planAltered(file: string): Failure {
    return new Failure({
      code: 'TA-PLAN-ALTERED',
      message: say`${file} was changed after the plan was saved. Nothing was changed in the tenant.`,
      doing: say`read the saved plan`,
      exitCode: 3,
      advice: row(
        say`The file no longer matches its SHA-256.`,
        'you',
        say`Get the original file again, or save a new plan and have it approved.`,
      ),
    });
  },

  /** A few words for each difference. */
  planChanged(differences: readonly Words[]): Failure {
    return new Failure({
      code: 'TA-PLAN-CHANGED',
      message: say`The saved plan is out of date. What differs: ${joined(differences, '; ')}.`,
      doing: say`compare with the saved plan`,
      exitCode: 2,
      advice: row(
        say`The tenant, the customer file or the remaining changes are different from when the plan was saved.`,
        'you',
        say`Check the plan as it is now, save it, and have it approved again.`,
      ),
    });
  },

  consentNeeded(link: string, { status, requestId, detail }: Failure): Failure {
    return new Failure({
      status,
      requestId,
      detail,
      code: 'TA-CONSENT-NEEDED',
      message: say`The permissions are not granted yet.`,
      doing: say`grant the Graph permissions`,
      advice: row(
        say`Microsoft Entra does not let the account you signed in with grant Microsoft Graph permissions.`,
        'a Global or Privileged Role Administrator',
        say`Open ${link} and accept, or choose "Grant admin consent" in the Entra admin center > Enterprise applications > the application > Permissions. After you accept, the page may show AADSTS500113 or AADSTS900971, because the application has no reply address. Then run this again: it checks whether the consent is recorded. If your own role was activated just now, run this again first.`,
      ),
    });
  },

  /** `line`: what Entra's report says. */
  oldSecretInUse(line: Words): Failure {
    return new Failure({
      code: 'TA-OLD-SECRET-IN-USE',
      message: say`${line} Nothing was removed.`,
      doing: say`finish the renewal`,
      exitCode: 2,
      advice: row(
        say`Microsoft Entra reports when each client secret was last used, some hours late. Without the old one, email may stop.`,
        'you',
        say`Enter the new client secret in T&A and press Test, on every server and web instance that sends email. The report shows that within a day; then finish the renewal again. If a pipeline checks this customer, it may have used the old secret: encrypt the new preferences for it first, and finish the renewal two days after the last use of the old secret.`,
      ),
    });
  },

  oldSecretStays({ displayName }: { readonly displayName: string }): Failure {
    return new Failure({
      code: 'TA-OLD-SECRET-STAYS',
      message: say`Microsoft Entra still lists the old client secret "${displayName}".`,
      doing: say`finish the renewal`,
      advice: row(
        say`It accepted the removal, but it can take a while for that to reach all of its servers.`,
        'you',
        say`Wait a few minutes, then finish the renewal again. It looks first, and removes the secret if it is still there.`,
      ),
    });
  },

  /** `rival`: the secret of the run that was earlier. */
  renewedElsewhere({ displayName, hint, startsAt }: ClientSecret): Failure {
    return new Failure({
      code: 'TA-RENEWED-ELSEWHERE',
      message: say`Another run renewed this secret at the same time: "${displayName}" (begins with ${hint}, created ${minuteOf(startsAt)}). The preferences file still has the old secret.`,
      doing: say`renew the client secret`,
      advice: row(
        say`Two people renewed the same customer from two computers. The secret that was created first stays.`,
        'you',
        say`Ask your colleague for the record and the preferences file, and continue with those.`,
      ),
    });
  },

  notReplicated(minutes: number): Failure {
    return new Failure({
      code: 'TA-NOT-REPLICATED',
      message: say`After ${minutes} minutes the new objects are still not known everywhere in Microsoft Entra.`,
      doing: say`set up the tenant`,
      advice: row(
        say`A new object takes a while to reach all of Entra's servers. Microsoft states no limit.`,
        'you',
        say`Wait 15 minutes and run this again. It continues from here.`,
      ),
    });
  },

  /** `isInFile`: the secret is written already; otherwise the file has one that works. */
  notProved(minutes: number, last: Words, isInFile: boolean): Failure {
    return new Failure({
      code: 'TA-NOT-PROVED',
      message: say`Microsoft Entra did not accept the new secret or its permissions within ${minutes} minutes (${last}).`,
      doing: say`prove the secret`,
      advice: row(
        say`The token service does not know the secret or the permissions yet. That takes some minutes, and sometimes longer.`,
        'you',
        isInFile
          ? say`Keep the preferences file, wait 15 minutes and run this again. It continues from here. If you imported the secret, check that it is the value and not the secret ID, or restore the file that was kept next to it.`
          : say`Leave T&A as it is: the preferences file still contains the secret that works. Wait 15 minutes and run this again.`,
      ),
    });
  },
};
