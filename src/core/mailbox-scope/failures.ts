import { Failure } from '../advice/failure.ts';
import { row } from '../advice/row.ts';
import { plain } from '../words/say.ts';

const doing = 'prove the mailbox scope';

/** Failures of the limit to one mailbox, which Exchange keeps. */
export const scopeFailures = {
  /** `waitedMs`: how long Exchange was asked. */
  waitingForExchange(mailbox: string, waitedMs: number): Failure {
    const waited = waitedMs < 60_000 ? '' : ` after ${Math.floor(waitedMs / 60_000)} minutes`;
    return new Failure({
      code: 'TA-WAITING-FOR-EXCHANGE',
      message: `Waiting for Exchange: it does not let the app into ${plain(mailbox)} yet${waited}.`,
      doing,
      advice: row(
        'The script for Exchange has not been run, or Exchange still has the old state in its cache. That takes 30 minutes to two hours.',
        'an Exchange administrator',
        'Create the script (in a terminal: scope --out FILE, in VS Code: "Create Mailbox Scope Script…") and ask an Exchange administrator to run it in PowerShell. Then prove it (in a terminal: scope --prove, in VS Code: "Prove Mailbox Scope"): that waits for Exchange.',
        'ours',
      ),
    });
  },

  tooWide(mailbox: string, other: string): Failure {
    return new Failure({
      code: 'TA-SCOPE-TOO-WIDE',
      message: `The app can read ${plain(other)} too, so it is not limited to ${plain(mailbox)}.`,
      doing,
      advice: row(
        'Entra grants the app no mailbox, so Exchange does: it has a role assignment with a wider scope or none, or has its old state in its cache.',
        'an Exchange administrator',
        'In Exchange Online PowerShell: Get-ManagementRoleAssignment -RoleAssignee (object id of the enterprise application) | Format-List Name, Role, CustomResourceScope. Remove what is not limited to the mailbox, wait two hours and prove again.',
      ),
    });
  },

  /** `permissions`: those in the token that open every mailbox. */
  tenantWide(permissions: readonly string[]): Failure {
    return new Failure({
      code: 'TA-TENANT-WIDE',
      message: `The app may use every mailbox of the tenant: its token holds ${plain(permissions.join(', '))}.`,
      doing,
      advice: row(
        'These permissions are granted in Entra. Exchange adds its own to them and narrows nothing while they stand.',
        'a Global or Privileged Role Administrator',
        'Set up again: it removes these grants. If that was done just now, wait a quarter of an hour.',
      ),
    });
  },

  scopeIsTenant(): Failure {
    return new Failure({
      code: 'TA-SCOPE-IS-TENANT',
      message: 'The customer file does not ask for one mailbox only.',
      doing: 'read the input',
      exitCode: 3,
      advice: row(
        'Its scope is "tenant": the app may use every mailbox.',
        'you',
        'Set "scope": "mailbox" in the customer file and set up again. Then make the script.',
      ),
    });
  },

  notRegistered(): Failure {
    return new Failure({
      code: 'TA-NO-APP-YET',
      message: 'This customer is not set up yet, so there is no app to limit.',
      doing: 'read the input',
      exitCode: 3,
      advice: row(
        'Exchange has to be told the ids of the app, and the record beside the customer file holds none.',
        'you',
        'Set this customer up first. That stops where Exchange is waited for, and is right so.',
      ),
    });
  },

  otherMailboxNeeded(): Failure {
    return new Failure({
      code: 'TA-OTHER-MAILBOX-NEEDED',
      message: 'No other mailbox than the sender is named that has to be closed to the app.',
      doing,
      exitCode: 3,
      advice: row(
        'The proof goes both ways: the sender can send, and another mailbox is refused.',
        'you',
        'Set "mail.otherMailbox" in the customer file to the user principal name of a mailbox that T&A shall not reach, or name it with --other. No mail of it is read.',
      ),
    });
  },

  /** The other mailbox answers that it is none. */
  noOtherMailbox(other: string, cause: Failure): Failure {
    return new Failure({
      code: 'TA-NO-OTHER-MAILBOX',
      message: `${plain(other)} cannot show that other mailboxes are closed: it has no mailbox in this tenant.`,
      doing,
      status: cause.status,
      requestId: cause.requestId,
      cause,
      advice: row(
        'Only a mailbox that exists can be refused.',
        'you',
        'Name another one in "mail.otherMailbox".',
      ),
    });
  },
};
