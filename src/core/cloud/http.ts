import type { Words } from '../words/say.ts';

/** One request to Microsoft, whichever host. All of core's traffic, MSAL's too, goes through an `Http`. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** The real https URL; where the socket goes is the transport's affair. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The one host that is meant, where it is that of a customer's Key Vault; every other host is one of Microsoft's own. */
  readonly vaultHost?: string;
  readonly body?: string | Uint8Array;
  /**
   * `safe`: asking twice does no harm (reads, upserts by our own key, deletes, upload ranges by offset), so lost answers
   * and 5xx are asked again. `unsafe`: asked again only when the service certainly did not act (429, no connection);
   * a lost answer is a Failure with `doubt`, a 5xx comes back as an answer, and the caller reads back what happened.
   */
  readonly replay: 'safe' | 'unsafe';
  /**
   * Goes on no connection that was used before: the other side may be just closing that, and then it stays open what was done. For what
   * no look settles afterwards.
   */
  readonly newConnection?: true;
  /** For messages: `read the tenant`, `create the draft`. */
  readonly doing: Words;
  readonly timeoutMs?: number;
  /** Cuts the request and its waits. Named by everyone who sends, so that a stop cannot be forgotten. */
  readonly signal: AbortSignal | undefined;
  /** Ends the waits between tries: a request under way is finished, and the last answer stands. */
  readonly giveUp?: AbortSignal | undefined;
  /** Milliseconds, waits that the service asks for aside, in place of the usual three minutes. */
  readonly patienceMs?: number | undefined;
  /** Around each try, not around the waits between them: for whoever sends much at once. */
  readonly inTurn?: InTurn | undefined;
  /** Told before each wait between tries, in milliseconds. */
  readonly onWait?: (ms: number) => void;
}

/** Does a piece of work when its turn has come. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** What a service answered, alone or as an item of a `$batch`. It is parsed once, where it arrives. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON, `undefined` where there was no body. Untrusted: read it with a schema before use. */
  readonly body: unknown;
  readonly requestId: string | undefined;
  /** Milliseconds that the service asks to wait (`Retry-After`), a second at least. */
  readonly retryAfterMs: number | undefined;
}

export interface HttpResponse extends Answer {
  header(name: string): string | undefined;
  /** Empty, or a JSON text: anything else is a Failure of kind "something between us and Microsoft answered". */
  readonly text: string;
  /** Words of this answer without what they repeat of the request's secrets. `text` and `body` of a refusal are without it. */
  readonly withoutEchoes: (words: string) => string;
}

export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
}
