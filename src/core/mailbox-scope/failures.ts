import { fieldWords } from '../words/faces.ts';
import { Failure, row } from '../words/failure.ts';
import { minutesOf } from '../words/moment.ts';
import { inTerminal, say } from '../words/say.ts';

const doing = say`prove the mailbox scope`;

/** Failures of the limit to one mailbox, which Exchange keeps. */
export const scopeFailures = {
  /** `waitedMs`: how long Exchange was asked. */
  waitingForExchange(mailbox: string, waitedMs: number): Failure {
    const minutes = Math.floor(waitedMs / 60_000);
    return new Failure({
      code: 'TA-WAITING-FOR-EXCHANGE',
      message:
        minutes === 0
          ? say`Waiting for Exchange: it does not let the app into ${mailbox} yet.`
          : say`Waiting for Exchange: it does not let the app into ${mailbox} after ${minutesOf(minutes)}.`,
      doing,
      advice: row(
        say`No one has run the script for Exchange yet, or Exchange still uses the old state from its cache. That takes 30 minutes to two hours.`,
        'an Exchange administrator',
        say`Create the script (${inTerminal`in a terminal: scope --out FILE, in VS Code: `}"Create Mailbox Scope Script…") and ask an Exchange administrator to run it in PowerShell. Then prove it (${inTerminal`in a terminal: scope --prove, in VS Code: `}"Prove Mailbox Scope"): that waits until Exchange is ready.`,
        'ours',
      ),
    });
  },

  tooWide(mailbox: string, other: string): Failure {
    return new Failure({
      code: 'TA-SCOPE-TOO-WIDE',
      message: say`The app can read ${other} too, so it is not limited to ${mailbox}.`,
      doing,
      advice: row(
        say`Exchange grants the app this access, not Entra. A role assignment has a wider scope or none, or Exchange still uses the old state from its cache.`,
        'an Exchange administrator',
        say`In Exchange Online PowerShell: Get-ManagementRoleAssignment -RoleAssignee (object id of the enterprise application) | Format-List Name, Role, CustomResourceScope. Remove what is not limited to the mailbox, wait two hours and prove it again.`,
      ),
    });
  },

  /** `permissions`: those that open every mailbox, in the token or granted. */
  tenantWide(permissions: readonly string[]): Failure {
    return new Failure({
      code: 'TA-TENANT-WIDE',
      message: say`The app can use every mailbox of the tenant: it has ${permissions}.`,
      doing,
      advice: row(
        say`Entra grants these permissions. As long as it does, Exchange cannot limit the app to one mailbox.`,
        'a Global or Privileged Role Administrator',
        say`Set up this customer again to remove these grants. If you have just done that, wait 15 minutes.`,
      ),
    });
  },

  scopeIsTenant(): Failure {
    return new Failure({
      code: 'TA-SCOPE-IS-TENANT',
      message: say`The customer file does not ask for one mailbox only.`,
      doing: say`read the input`,
      exitCode: 3,
      advice: row(
        say`${inTerminal`Its scope is "tenant": the`.or(say`The`)} app can use every mailbox.`,
        'you',
        say`${inTerminal`Set "scope": "mailbox" in the customer file`.or(say`Set ${fieldWords.scope} to ${fieldWords.oneMailbox}`)} and set up this customer again. Then create the script.`,
      ),
    });
  },

  notRegistered(): Failure {
    return new Failure({
      code: 'TA-NO-APP-YET',
      message: say`This customer is not set up yet, so there is no app to limit.`,
      doing: say`read the input`,
      exitCode: 3,
      advice: row(
        say`Exchange needs the ids of the app, and the record next to the customer file has none.`,
        'you',
        say`Set up this customer first. The run will stop at "waiting for Exchange"; that is expected.`,
      ),
    });
  },

  otherMailboxNeeded(): Failure {
    return new Failure({
      code: 'TA-OTHER-MAILBOX-NEEDED',
      message: say`Name a second mailbox that the app must not be able to open.`,
      doing,
      exitCode: 3,
      advice: row(
        say`The proof has two parts: the sender can send, and the app is refused by another mailbox.`,
        'you',
        say`Set ${fieldWords.otherMailbox} ${fieldWords.place} to the user principal name of a mailbox that the app must not be able to open${inTerminal`, or name it with --other`}. No email in it is read.`,
      ),
    });
  },

  /** The other mailbox answers that it is none. */
  noOtherMailbox(other: string, cause: Failure): Failure {
    return new Failure({
      code: 'TA-NO-OTHER-MAILBOX',
      message: say`${other} cannot be used for the proof: it has no mailbox in this tenant.`,
      doing,
      status: cause.status,
      requestId: cause.requestId,
      cause,
      advice: row(
        say`The app can be refused only by a mailbox that exists.`,
        'you',
        say`Name another one in ${fieldWords.otherMailbox}.`,
      ),
    });
  },
};
