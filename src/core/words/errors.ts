import { Failure, type FailureFacts } from './failure.ts';
import { minuteOf } from './moment.ts';
import { type OwnCode, ownAdvice } from './own.ts';
import { say, type Value, type Words } from './say.ts';

type Facts = Omit<FailureFacts, 'code' | 'advice' | 'message'>;

function fail(code: OwnCode, message: Words, facts: Facts): Failure {
  return new Failure({ code, advice: ownAdvice[code], message, ...facts });
}

/** The same failure, with a next move that fits the place better. */
export const withNext = (failure: Failure, next: Words): Failure =>
  new Failure({ ...failure, message: failure.words, advice: { ...failure.advice, next } });

/** Failures that no service of Microsoft reported. One function each; `serviceFailure` makes the others. */
export const errors = {
  /** Both ids as GUIDs; `found` is `undefined` where the token does not tell. */
  wrongTenant(expected: string, found: string | undefined): Failure {
    const message = say`You are signed in to tenant ${found ?? say`unknown`}, but the customer's tenant is ${expected}.`;
    return fail('TA-WRONG-TENANT', message, { doing: say`check the tenant` });
  },

  /** `exists`: a sentence on what is there now, empty where the caller adds it. */
  cancelled(exists: Words | '', facts: { doing?: Words; doubt?: boolean; cause?: unknown } = {}): Failure {
    const message = exists === '' ? say`Stopped on request.` : say`Stopped on request. ${exists}`;
    return fail('TA-CANCELLED', message, { ...facts, doing: facts.doing ?? say`stop` });
  },

  /** The holder of a customer's lock; `since` is an instant. */
  lockLost(): Failure {
    const message = say`Another run is using this customer now, so this run stopped.`;
    return fail('TA-LOCK-LOST', message, { doing: say`keep the customer's lock` });
  },

  busy({ who, host, pid, since }: { who: string; host: string; pid: number; since: string }): Failure {
    const message = say`Another run is using this customer: ${who} on ${host}, process ${pid}, since ${minuteOf(since)}.`;
    return fail('TA-BUSY', message, { doing: say`start the run` });
  },

  /** No connection was made: certainly nothing was carried out. `code` is Node's, e.g. `ENOTFOUND`. */
  noConnection(doing: Words, host: string, code: string): Failure {
    return fail('TA-NO-CONNECTION', say`No connection to ${host} (${code}).`, { doing });
  },

  /** The request may have left, no whole answer came. `reason` is Node's code, or a few words. */
  noAnswer(doing: Words, host: string, reason: Value, doubt: boolean): Failure {
    return fail('TA-NO-ANSWER', say`No answer from ${host} (${reason}).`, { doing, doubt });
  },

  untrustedCertificate(doing: Words, host: string, code: string): Failure {
    return fail('TA-UNTRUSTED-CERTIFICATE', say`The certificate of ${host} is not trusted (${code}).`, {
      doing,
    });
  },

  certificateCheckOff(doing: Words, host: string): Failure {
    return fail('TA-CERTIFICATE-CHECK-OFF', say`Nothing was sent to ${host}: certificate checks are off.`, {
      doing,
    });
  },

  /** `variable` of the environment; `scheme` where it names a kind of proxy that is not spoken here. Never the address. */
  badProxy(variable: string, scheme?: string): Failure {
    const message =
      scheme === undefined
        ? say`The address in ${variable} is not the address of a proxy.`
        : say`${variable} names a ${scheme} proxy, which is not supported.`;
    return fail('TA-BAD-PROXY', message, { doing: say`prepare the connection` });
  },

  /** `proxy` as host:port; `status` where it answered, `reason` is Node's code where it did not. */
  proxyFailed(
    doing: Words,
    found: { proxy: string; host: string; status: number | undefined; reason: string },
  ): Failure {
    const { proxy, host, status, reason } = found;
    const message =
      status === undefined
        ? say`No connection to the proxy ${proxy} (${reason}).`
        : say`The proxy ${proxy} refused the connection to ${host} (HTTP ${status}).`;
    return fail('TA-PROXY', message, { doing, status });
  },

  somethingBetween(
    doing: Words,
    found: {
      status: number;
      contentType: string | undefined;
      requestId?: string | undefined;
      doubt?: boolean;
      retryAfterMs?: number | undefined;
    },
  ): Failure {
    const { contentType, ...facts } = found;
    const kind = contentType?.slice(0, 80) ?? say`no content type`;
    // Microsoft's front doors send a page as well while a service is down: OneDrive/onedrive-api-docs#697, Sep 2017, and
    // Azure/ms-rest-nodeauth#108, Jan 2021. A network's sign-in page has 511 by its definition.
    if (facts.status >= 500 && facts.status !== 511) {
      const message = say`An error page came instead of an answer (HTTP ${facts.status}, ${kind}).`;
      return fail('TA-ERROR-PAGE', message, { doing, ...facts });
    }
    const message = say`A proxy or sign-in page answered instead of Microsoft (HTTP ${facts.status}, ${kind}).`;
    return fail('TA-SOMETHING-BETWEEN', message, { doing, ...facts });
  },

  /** A 2xx that is not of the documented shape, e.g. `path` = `value.0.id`. */
  oddAnswer(
    doing: Words,
    found: {
      path?: string;
      status?: number;
      requestId?: string | undefined;
      doubt?: boolean;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    },
  ): Failure {
    const { path, ...facts } = found;
    const message = path
      ? say`This tool cannot read Microsoft's answer (at ${path}).`
      : say`This tool cannot read Microsoft's answer.`;
    return fail('TA-ODD-ANSWER', message, { doing, ...facts });
  },

  answerTooLarge(doing: Words, host: string, limitBytes: number, doubt: boolean): Failure {
    const message = say`The answer from ${host} is larger than ${limitBytes / 1024 / 1024} MB.`;
    return fail('TA-ANSWER-TOO-LARGE', message, { doing, doubt });
  },

  /**
   * `path` inside the file, e.g. `mail.fromAddress`; empty for the file as a whole. `expected` completes "Expected ...". `next`:
   * what to do where no single value can be corrected.
   */
  badInput(found: {
    file: Value;
    path: Value;
    expected: Words;
    found?: Value | undefined;
    next?: Words;
  }): Failure {
    const { file, path, expected } = found;
    const instead = typeof found.found === 'string' ? found.found.slice(0, 80) : found.found;
    const place = path === '' ? file : say`${file}, ${path}`;
    const message =
      instead === undefined
        ? say`${place}: expected ${expected}.`
        : say`${place}: expected ${expected}, found ${instead}.`;
    const failure = fail('TA-BAD-INPUT', message, { doing: say`read the input`, exitCode: 3 });
    return found.next === undefined ? failure : withNext(failure, found.next);
  },

  fileMissing(file: string, cause?: unknown): Failure {
    return fail('TA-FILE-MISSING', say`${file} does not exist.`, {
      doing: say`read the input`,
      exitCode: 3,
      cause,
    });
  },

  /** Whether there is such a file is not known. */
  cannotRead(path: string, cause: unknown): Failure {
    return fail('TA-CANNOT-READ', say`${path} cannot be read${codeOf(cause)}.`, {
      doing: say`read a file`,
      exitCode: 3,
      cause,
    });
  },

  cannotWrite(path: string, cause: unknown): Failure {
    const message = say`${path} cannot be written${codeOf(cause)}.`;
    const failure = fail('TA-CANNOT-WRITE', message, { doing: say`write a file`, cause });
    return `${codeOf(cause)}`.includes('NAMETOOLONG')
      ? withNext(failure, say`Choose a shorter name or folder.`)
      : failure;
  },

  /** `named` is a path in a record; nothing there was looked at. */
  pathOutside(recordFile: string, named: string): Failure {
    const message = say`${recordFile} names a preferences file outside its own folder: ${named.slice(0, 200)}.`;
    return fail('TA-PATH-OUTSIDE', message, { doing: say`find the preferences`, exitCode: 3 });
  },

  /** `what` held the address, e.g. `Token Endpoint`; `host` as found, never a whole URL. */
  untrustedHost(what: Words, host: Value): Failure {
    const message = say`${what} points to ${typeof host === 'string' ? host.slice(0, 100) : host}, which is not a Microsoft host of this cloud.`;
    return fail('TA-UNTRUSTED-HOST', message, { doing: say`check an address` });
  },

  tenantNotFound(domain: string, requestId?: string): Failure {
    const message = say`No tenant was found for ${domain.slice(0, 100)}.`;
    return fail('TA-TENANT-NOT-FOUND', message, { doing: say`find the tenant`, requestId });
  },

  timedOut(doing: Words, seconds: number): Failure {
    return fail('TA-TIMED-OUT', say`No result after ${seconds} seconds: ${doing}.`, { doing });
  },
};

/** ` (EACCES)`, by Node's code. */
function codeOf(cause: unknown): Words | '' {
  return cause instanceof Error && 'code' in cause ? say` (${String(cause.code)})` : '';
}
