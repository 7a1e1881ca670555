import * as z from 'zod/mini';
import { Repeat, repeat } from '../words/faces.ts';
import { type Advice, Failure, type FailureFacts, row } from '../words/failure.ts';
import { inTerminal, plain, say, type Words } from '../words/say.ts';
import { codeIn, readServiceError } from '../words/service-failure.ts';
import { afterRefusal, unknownAdvice } from '../words/unknown.ts';
import { armAdvice, armSignatures, secondFactor } from './advice.ts';

const doing = say`keep the secret in the Key Vault`;

/** Failures that only the escrow can meet. */
export const escrowFailures = {
  /** `why` completes "There is no client secret to keep: ...". */
  nothingToKeep(why: Words): Failure {
    return fail({
      code: 'TA-NOTHING-TO-KEEP',
      message: say`There is no client secret to keep: ${why}.`,
      advice: row(
        say`The secret comes from the customer's preferences file, and what is known about it from the record.`,
        'you',
        say`Set up this customer first. Then run this again.`,
      ),
    });
  },

  /** `made`: what was created in Azure before. */
  withMade(failure: Failure, made: readonly Words[]): Failure {
    if (made.length === 0) return failure;
    return failure.retold({
      message: say`${failure.words} Created so far in Azure: ${made}. Run it again to continue.`,
    });
  },

  noSubscription(): Failure {
    return fail({
      code: 'TA-NO-SUBSCRIPTION',
      message: say`The account you signed in with has no active Azure subscription in this tenant.`,
      advice: row(
        say`Most tenants with Microsoft 365 have no Azure subscription. Only accounts with a role in a subscription can see it.`,
        "the customer's admin",
        say`Sign in with an account that has the role Contributor in a subscription. If the customer has none, keep the secret elsewhere, for example as an encrypted export.`,
      ),
    });
  },

  noGroup(): Failure {
    return fail({
      code: 'TA-NO-RESOURCE-GROUP',
      message: say`The Azure subscription has no resource group.`,
      advice: row(
        say`A vault needs a resource group.`,
        'you',
        say`Name a new resource group and its region${inTerminal` (in a terminal: --resource-group NAME --location westeurope)`}.`,
      ),
    });
  },

  /** `what` is a subscription or a resource group. */
  noSuch(what: 'subscription' | 'resource group', name: string, there: readonly string[]): Failure {
    const message =
      what === 'resource group'
        ? say`There is no resource group "${name}". Available: ${there}.`
        : say`There is no subscription "${name}". Available: ${there}.`;
    const next =
      what === 'resource group'
        ? say`Name one that exists, or create a new one${inTerminal` (in a terminal: --resource-group NAME --location westeurope)`}.`
        : say`Name one that exists, by its name or id.`;
    return fail({
      code: 'TA-NO-SUCH-PLACE',
      message,
      advice: row(say`The name is spelt differently, or the account has no role there.`, 'you', next),
    });
  },

  vaultOfOtherTenant(vault: string, found: string, tenantId: string): Failure {
    return fail({
      code: 'TA-VAULT-OF-OTHER-TENANT',
      message: say`The vault ${vault} belongs to tenant ${found}, but the customer's tenant is ${tenantId}. Nothing was written into it.`,
      advice: row(
        say`People of the other tenant can read what is in the vault. A vault keeps its tenant when its subscription moves to another one.`,
        'you',
        say`Name another vault${inTerminal` (--vault NAME)`}, or ask the customer's administrator why this one belongs to another tenant.`,
      ),
    });
  },

  notRegistered(minutes: number): Failure {
    return fail({
      code: 'TA-NOT-REGISTERED',
      message: say`Azure did not finish registering Key Vault for the subscription within ${minutes} minutes.`,
      advice: row(
        say`The registration was requested and continues by itself.`,
        'you',
        say`Wait five minutes and ${repeat}. It continues from here.`,
      ),
    });
  },

  /** The metadata that came back is not what was written. */
  notReadBack(): Failure {
    return fail({
      code: 'TA-NOT-READ-BACK',
      message: say`The secret was written, but Azure shows another expiry date or content type.`,
      doubt: true,
      advice: row(
        say`Someone else wrote the same secret at the same time, or Azure needs more time.`,
        'you',
        say`${Repeat}. It checks first and writes only what is missing.`,
      ),
    });
  },

  /** Azure took the change, and the copy can be read all the same. */
  copyStays(): Failure {
    return fail({
      code: 'TA-COPY-STAYS',
      message: say`The copy of the secret was disabled, but Azure shows it as enabled.`,
      doubt: true,
      advice: row(
        say`Someone else enabled it at the same time, or Azure needs more time.`,
        'you',
        say`${Repeat}. It checks first and changes only what is left.`,
      ),
    });
  },

  /** What it asks for was tried already. */
  moreThanSignIn(asked: Words, { status, requestId }: { status: number; requestId?: string | undefined }) {
    return new Failure({
      code: 'TA-SECOND-FACTOR',
      message: say`Azure refused to ${asked}: it requires more than this sign-in provides.`,
      doing: asked,
      status,
      requestId,
      advice: secondFactor,
    });
  },

  /** Azure took the order and could not carry it out; `body` is its last answer. */
  notDone(found: { readonly doing: Words; readonly body: unknown; readonly requestId?: string | undefined }) {
    const { code, message } = wordsOf(found.body);
    return new Failure({
      code: code || 'TA-OPERATION-FAILED',
      message: say`Azure started to ${found.doing} but could not finish.`,
      doing: found.doing,
      requestId: found.requestId,
      detail: message,
      advice:
        knownAdvice(code, message) ??
        afterRefusal(say`The cause is not known. The operation failed inside Azure.`, { service: 'azure' }),
    });
  },
};

/** The Failure for an answer of Azure Resource Manager that is no success. */
export function armFailure(found: {
  readonly status: number;
  readonly body: unknown;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly doing: Words;
}): Failure {
  const { status, body, requestId, retryAfterMs } = found;
  const { code, message } = wordsOf(body);
  return new Failure({
    code: code || `HTTP ${status}`,
    message:
      status < 500
        ? say`Azure refused to ${found.doing} (HTTP ${status}).`
        : say`Azure could not ${found.doing} (HTTP ${status}).`,
    advice: knownAdvice(code, message) ?? unknownAdvice({ status, service: 'azure' }),
    doing: found.doing,
    status,
    requestId,
    retryAfterMs,
    detail: message,
  });
}

const Inner = z.object({
  error: z.object({ message: z.string(), innererror: z.object({ code: z.string() }) }),
});

/** The same for Key Vault's own API, whose `innererror` says which of several refusals it is. */
export function vaultFailure(found: Parameters<typeof armFailure>[0]): Failure {
  const inner = z.safeParse(Inner, found.body);
  if (!inner.success) return armFailure(found);
  const { message, innererror } = inner.data.error;
  return armFailure({ ...found, body: { error: { code: innererror.code, message } } });
}

function knownAdvice(code: string, message = ''): Advice | undefined {
  const signature = armSignatures.find((row) => row.code === code && row.message.test(message));
  return signature?.advice ?? armAdvice.get(code);
}

function wordsOf(body: unknown): { code: string; message: string | undefined } {
  const said = readServiceError(body);
  if (!said) return { code: '', message: undefined };
  const { code, message } = said;
  const text = plain(message);
  return {
    code: codeIn(code),
    message: text.length > 300 ? `${text.slice(0, 299)}…` : text || undefined,
  };
}

function fail(facts: Omit<FailureFacts, 'doing'>): Failure {
  return new Failure({ doing, ...facts });
}
