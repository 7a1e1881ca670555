import { say, type Words } from './say.ts';

/** Whose move it is after a failure. */
export const people = {
  you: say`you`,
  "the customer's admin": say`the customer's administrator`,
  'a Global or Privileged Role Administrator': say`a Global or Privileged Role Administrator`,
  'an Application Administrator': say`an Application Administrator`,
  'an Exchange administrator': say`an Exchange administrator`,
  'an owner of the Azure subscription': say`an owner of the Azure subscription`,
  'the network team': say`the network team`,
  Microsoft: say`Microsoft`,
} as const;
export type Who = keyof typeof people;

/** What a person needs to know to go on. Sentences, shown as they are. */
export interface Advice {
  readonly cause: Words;
  readonly who: Who;
  readonly next: Words;
  /** Whether waiting and asking again is ours to do before a person is troubled. */
  readonly retry: 'ours' | 'no';
}

export interface FailureFacts {
  /** What happened, one plain sentence. */
  readonly message: Words;
  /** The code to quote and to search for: `AADSTS53003`, `Authorization_RequestDenied`, `TA-WRONG-TENANT`. */
  readonly code: string;
  readonly advice: Advice;
  /** What was being done, e.g. `register application`. */
  readonly doing: Words;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** The service's own words, stripped of control characters and ids of ours; never a body with a secret. */
  readonly detail?: string | undefined;
  /** Whether the service may have carried the request out although no usable answer came. */
  readonly doubt?: boolean | undefined;
  /** What the service asked to wait, in milliseconds: whoever asks again does not do so earlier. */
  readonly retryAfterMs?: number | undefined;
  /** 1 failed, 2 something has to be done first, 3 bad input: the exit code of the command line. */
  readonly exitCode?: 1 | 2 | 3 | undefined;
  readonly cause?: unknown;
}

/** The only error that core throws on purpose; made by `errors`, never at the place that throws. */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** What `message` says, with its pattern and values. */
  readonly words: Words;
  readonly code: string;
  readonly advice: Advice;
  readonly doing: Words;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly detail: string | undefined;
  readonly doubt: boolean;
  readonly retryAfterMs: number | undefined;
  readonly exitCode: 1 | 2 | 3;

  constructor(facts: FailureFacts) {
    super(String(facts.message), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.words = facts.message;
    this.code = facts.code;
    this.advice = facts.advice;
    this.doing = facts.doing;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.detail = facts.detail === undefined ? undefined : wordsAlone(facts.detail);
    this.doubt = facts.doubt ?? false;
    this.retryAfterMs = facts.retryAfterMs;
    this.exitCode = facts.exitCode ?? 1;
  }

  /** The same failure, told otherwise. */
  retold(facts: Partial<FailureFacts>): Failure {
    return new Failure({ ...this, message: this.words, cause: this.cause, ...facts });
  }
}

/** What a person reads in what a service says: ids of Entra's, instants. */
const readable = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z?/gi;
/** Numbers and single letters, one after the other. */
const series = /(?:(?<![a-z\d])(?:[xu]?[\da-f]{1,12}|[g-z])[^a-z\d]{1,6}){20,}/gi;

/**
 * What a service says, without what no one reads: a long word of letters and digits by turns, a long number, a row of signs. It may repeat
 * a secret in a coding that `echoCutter` does not know, or one of another request.
 */
const wordsAlone = (said: string): string =>
  said
    .replace(series, (row) => `***${row.endsWith(' ') ? ' ' : ''}`)
    .replace(/\S{16,}/g, (word) => (isCode(word.replace(readable, '')) ? '***' : word));

const isCode = (word: string): boolean =>
  /\d{20}/.test(word) || (word.match(/\d(?=[a-z])|[a-z](?=\d)/gi) ?? []).length >= 6;

/** One row of an advice table. */
export function row(cause: Words, who: Who, next: Words, retry: Advice['retry'] = 'no'): Advice {
  return { cause, who, next, retry };
}

/** Put in by the build: where the guides of this program are. */
declare const builtDocs: string | undefined;

/** The page of errors has an entry for each code of the advice tables, made from the same tables. */
export const helpOn = (code: string): string =>
  `${typeof builtDocs === 'string' ? builtDocs : 'docs'}/errors.md#${anchorOf(code)}`;

export const anchorOf = (code: string): string => code.toLowerCase().replaceAll(/[^\w]+/g, '-');
