import { Failure, type FailureFacts } from '../advice/failure.ts';
import { row } from '../advice/row.ts';
import { readServiceError } from '../advice/service-error.ts';
import { adviceByStatus } from '../advice/status.ts';
import { plain, type Sentence, say } from '../words/say.ts';
import { armAdvice, noRights } from './advice.ts';

const doing = 'keep the secret in the Key Vault';

/** Failures that only the escrow can meet. */
export const failures = {
  /** `why` completes "There is no client secret to keep: ...". */
  nothingToKeep(why: string): Failure {
    return fail({
      code: 'TA-NOTHING-TO-KEEP',
      message: `There is no client secret to keep: ${why}.`,
      advice: row(
        "The escrow takes the secret from the customer's preferences file and what is known of it from the record.",
        'you',
        'Run the onboarding of this customer first, then this again.',
      ),
    });
  },

  /** `made`: what was created in Azure before. */
  withMade(failure: Failure, made: readonly string[]): Failure {
    if (made.length === 0) return failure;
    return failure.retold({
      message: say`${failure.words} Created so far in Azure: ${made}. Run it again to continue.`,
    });
  },

  noSubscription(): Failure {
    return fail({
      code: 'TA-NO-SUBSCRIPTION',
      message: 'The signed-in account sees no active Azure subscription in this tenant.',
      advice: row(
        'Most tenants with Microsoft 365 have no Azure subscription, and only who has a role in one sees it.',
        "the customer's admin",
        'Sign in with an account that has the role Contributor in a subscription. If the customer has none, keep the secret elsewhere: the encrypted export is made for that.',
      ),
    });
  },

  noGroup(): Failure {
    return fail({
      code: 'TA-NO-RESOURCE-GROUP',
      message: 'The Azure subscription has no resource group.',
      advice: row(
        'A vault lies in a resource group.',
        'you',
        'Name a new one and its region (in a terminal: --resource-group NAME --location westeurope).',
      ),
    });
  },

  /** `what` is a subscription or a resource group. */
  noSuch(what: string, name: string, there: readonly string[]): Failure {
    const names = there.map((one) => plain(one)).join(', ');
    const next =
      what === 'resource group'
        ? 'Name one that exists, or have it made (in a terminal: --resource-group NAME --location westeurope).'
        : 'Name one that exists, by its name or id.';
    return fail({
      code: 'TA-NO-SUCH-PLACE',
      message: `There is no ${what} "${plain(name)}". There are: ${names}.`,
      advice: row('The name is spelt otherwise, or the account has no role there.', 'you', next),
    });
  },

  notRegistered(minutes: number): Failure {
    return fail({
      code: 'TA-NOT-REGISTERED',
      message: `After ${minutes} minutes Azure has not yet finished to register Key Vault for the subscription.`,
      advice: row(
        'The registration was asked for and goes on by itself.',
        'you',
        'Wait some minutes and run the same command again: it goes on from here.',
      ),
    });
  },

  /** The metadata that came back is not what was written. */
  notReadBack(): Failure {
    return fail({
      code: 'TA-NOT-READ-BACK',
      message: 'The secret was written, but Azure shows another expiry or content type than was written.',
      doubt: true,
      advice: row(
        'Somebody else wrote the same secret at the same moment, or Azure is late.',
        'you',
        'Run the same command again. It looks first and writes only what is missing.',
      ),
    });
  },

  /** Azure took the order and could not carry it out; `body` is its last answer. */
  notDone(found: {
    readonly doing: Sentence;
    readonly body: unknown;
    readonly requestId?: string | undefined;
  }) {
    const { code, message } = wordsOf(found.body);
    return new Failure({
      code: code || 'TA-OPERATION-FAILED',
      message: `Azure began to ${found.doing} and could not finish it.`,
      doing: found.doing,
      requestId: found.requestId,
      detail: message,
      advice:
        armAdvice.get(code) ??
        row(
          'The operation failed inside Azure.',
          'you',
          'See https://azure.status.microsoft, wait some minutes and run the same command again.',
        ),
    });
  },
};

/** The Failure for an answer of Azure Resource Manager that is no success. */
export function armFailure(found: {
  readonly status: number;
  readonly body: unknown;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly doing: Sentence;
}): Failure {
  const { status, body, requestId, retryAfterMs } = found;
  const { code, message } = wordsOf(body);
  return new Failure({
    code: code || `HTTP ${status}`,
    message: `Azure ${status < 500 ? 'refused to' : 'could not'} ${found.doing} (HTTP ${status}).`,
    advice: armAdvice.get(code) ?? (status === 403 ? noRights : adviceByStatus(status)),
    doing: found.doing,
    status,
    requestId,
    retryAfterMs,
    detail: message,
  });
}

function wordsOf(body: unknown): { code: string; message: string | undefined } {
  const said = readServiceError(body);
  if (!said) return { code: '', message: undefined };
  const { code, message } = said;
  const text = plain(message);
  return {
    code: plain(code).slice(0, 80),
    message: text.length > 300 ? `${text.slice(0, 299)}…` : text || undefined,
  };
}

function fail(facts: Omit<FailureFacts, 'doing'>): Failure {
  return new Failure({ doing, ...facts });
}
