import { plain, type Sentence } from '../words/say.ts';
import { Failure, type FailureFacts } from './failure.ts';
import { type OwnCode, ownAdvice } from './own.ts';

type Facts = Omit<FailureFacts, 'code' | 'advice' | 'message'>;

function fail(code: OwnCode, message: string, facts: Facts): Failure {
  return new Failure({ code, advice: ownAdvice[code], message, ...facts });
}

/** The same failure, with a next move that fits the place better. */
export const withNext = (failure: Failure, next: Sentence): Failure =>
  new Failure({ ...failure, message: failure.words, advice: { ...failure.advice, next } });

/** Failures that no service of Microsoft reported. One function each; `serviceFailure` makes the others. */
export const errors = {
  /** Both ids as GUIDs; `found` is `undefined` where the token does not tell. */
  wrongTenant(expected: string, found: string | undefined): Failure {
    const message = `You are signed in to tenant ${plain(found ?? 'unknown')}, but the customer's tenant is ${plain(expected)}.`;
    return fail('TA-WRONG-TENANT', message, { doing: 'check the tenant' });
  },

  /** `exists`: a sentence on what is there now, empty where the caller adds it. */
  cancelled(exists: string, facts: { doing?: string; doubt?: boolean; cause?: unknown } = {}): Failure {
    const message = ['Stopped on request.', exists].filter((text) => text !== '').join(' ');
    return fail('TA-CANCELLED', message, { ...facts, doing: facts.doing ?? 'stop' });
  },

  /** The holder of a customer's lock; `since` is an instant. */
  lockLost(): Failure {
    const message = 'Another run took over this customer, so this run stopped.';
    return fail('TA-LOCK-LOST', message, { doing: 'keep the customer to this run' });
  },

  busy({ who, host, pid, since }: { who: string; host: string; pid: number; since: string }): Failure {
    const holder = `${plain(who)} on ${plain(host)}, process ${pid}, since ${plain(since)}`;
    return fail('TA-BUSY', `This customer is being worked on already: ${holder}.`, { doing: 'begin' });
  },

  /** No connection was made: certainly nothing was carried out. `code` is Node's, e.g. `ENOTFOUND`. */
  noConnection(doing: string, host: string, code: string): Failure {
    return fail('TA-NO-CONNECTION', `No connection to ${host} (${code}).`, { doing });
  },

  /** The request may have left, no whole answer came. `reason` is Node's code, or a few words. */
  noAnswer(doing: string, host: string, reason: string, doubt: boolean): Failure {
    return fail('TA-NO-ANSWER', `No answer from ${host} (${reason}).`, { doing, doubt });
  },

  untrustedCertificate(doing: string, host: string, code: string): Failure {
    return fail('TA-UNTRUSTED-CERTIFICATE', `The certificate of ${host} is not trusted (${code}).`, {
      doing,
    });
  },

  certificateCheckOff(doing: string, host: string): Failure {
    return fail('TA-CERTIFICATE-CHECK-OFF', `Nothing was sent to ${host}: certificate checks are off.`, {
      doing,
    });
  },

  badProxy(): Failure {
    const message = 'HTTPS_PROXY, HTTP_PROXY or ALL_PROXY holds no usable address.';
    return fail('TA-BAD-PROXY', message, { doing: 'prepare the connection' });
  },

  somethingBetween(
    doing: string,
    found: {
      status: number;
      contentType: string | undefined;
      requestId?: string | undefined;
      doubt?: boolean;
      retryAfterMs?: number | undefined;
    },
  ): Failure {
    const kind = plain(found.contentType ?? 'no content type').slice(0, 80);
    const message = `Something between us and Microsoft answered (HTTP ${found.status}, ${kind}).`;
    const { contentType: _named, ...facts } = found;
    return fail('TA-SOMETHING-BETWEEN', message, { doing, ...facts });
  },

  /** A 2xx that is not of the documented shape, e.g. `path` = `value.0.id`. */
  oddAnswer(
    doing: string,
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
    const where = path === undefined || path === '' ? '' : ` (at ${plain(path)})`;
    return fail('TA-ODD-ANSWER', `The answer could not be understood${where}.`, { doing, ...facts });
  },

  answerTooLarge(doing: string, host: string, limitBytes: number, doubt: boolean): Failure {
    const message = `${host} answered with more than ${limitBytes / 1024 / 1024} MiB.`;
    return fail('TA-ANSWER-TOO-LARGE', message, { doing, doubt });
  },

  /**
   * `path` inside the file, e.g. `mail.fromAddress`; empty for the file as a whole. `expected` completes "Expected ...". `next`:
   * what to do where no single value can be corrected.
   */
  badInput(found: {
    file: string;
    path: string;
    expected: string;
    found?: string | undefined;
    next?: Sentence;
  }): Failure {
    const place = found.path === '' ? plain(found.file) : `${plain(found.file)}, ${plain(found.path)}`;
    const instead = found.found === undefined ? '' : `, found ${plain(found.found).slice(0, 80)}`;
    const message = `${place}: expected ${found.expected}${instead}.`;
    const failure = fail('TA-BAD-INPUT', message, { doing: 'read the input', exitCode: 3 });
    return found.next === undefined ? failure : withNext(failure, found.next);
  },

  fileMissing(file: string, cause?: unknown): Failure {
    return fail('TA-FILE-MISSING', `${plain(file)} does not exist.`, {
      doing: 'read the input',
      exitCode: 3,
      cause,
    });
  },

  /** Whether there is such a file is not known. */
  cannotRead(path: string, cause: unknown): Failure {
    return fail('TA-CANNOT-READ', `${plain(path)} cannot be read${codeOf(cause)}.`, {
      doing: 'read a file',
      exitCode: 3,
      cause,
    });
  },

  cannotWrite(path: string, cause: unknown): Failure {
    return fail('TA-CANNOT-WRITE', `${plain(path)} cannot be written${codeOf(cause)}.`, {
      doing: 'write a file',
      cause,
    });
  },

  /** `named` is a path in a record; nothing there was looked at. */
  pathOutside(recordFile: string, named: string): Failure {
    const path = plain(named).slice(0, 200);
    return fail(
      'TA-PATH-OUTSIDE',
      `${plain(recordFile)} names a preferences file outside its own folder: ${path}.`,
      { doing: 'find the preferences', exitCode: 3 },
    );
  },

  /** `what` held the address, e.g. `Token Endpoint`; `host` as found, never a whole URL. */
  untrustedHost(what: string, host: string): Failure {
    const message = `${what} points to ${plain(host).slice(0, 100)}, which is not a Microsoft host of this cloud.`;
    return fail('TA-UNTRUSTED-HOST', message, { doing: 'check an address' });
  },

  tenantNotFound(domain: string, requestId?: string): Failure {
    const message = `No tenant was found for ${plain(domain).slice(0, 100)}.`;
    return fail('TA-TENANT-NOT-FOUND', message, { doing: 'find the tenant', requestId });
  },

  timedOut(doing: string, seconds: number): Failure {
    return fail('TA-TIMED-OUT', `Gave up after ${seconds} seconds: ${doing}.`, { doing });
  },
};

/** ` (EACCES)`, by Node's code. */
function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
}
