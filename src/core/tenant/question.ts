import type * as z from 'zod/mini';
import { inDirectory, readAnswer } from '../cloud/answers.ts';
import { type BatchRequest, batchLimit, type Graph, type GraphAnswer } from '../cloud/graph.ts';
import { errors } from '../words/errors.ts';
import { say } from '../words/say.ts';

/** One read of the look: what to ask Graph, and what the answer means. */
export interface Question<T> {
  /** Path and query below `/v1.0`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  read(answer: GraphAnswer): T;
}

export type Answers<Q> = { readonly [K in keyof Q]: NonNullable<Q[K]> extends Question<infer T> ? T : never };

const doing = say`look at the tenant`;

/** Asks all questions in one `$batch`, or in as few as hold them. */
export async function askAll<Q extends Record<string, Question<unknown>>>(
  graph: Graph,
  questions: Q,
  signal: AbortSignal | undefined,
): Promise<Answers<Q>> {
  const requests = Object.entries(questions).map(
    ([id, { path, headers }]): BatchRequest => ({
      id,
      method: 'GET',
      path,
      replay: 'safe',
      ...(headers ? { headers } : {}),
    }),
  );
  const answers = new Map<string, GraphAnswer>();
  for (let at = 0; at < requests.length; at += batchLimit) {
    const some = await graph.batch(requests.slice(at, at + batchLimit), doing, signal);
    for (const [id, answer] of some) answers.set(id, answer);
  }
  const read = Object.entries(questions).map(([id, question]) => {
    const answer = answers.get(id);
    if (!answer) throw errors.oddAnswer(doing, { path: id });
    return [id, question.read(answer)];
  });
  return Object.fromEntries(read) as Answers<Q>;
}

/** The parsed body of a 2xx answer; a Failure with advice for every other. */
export function bodyOf<S extends z.ZodMiniType>(answer: GraphAnswer, schema: S): z.output<S> {
  return readAnswer(answer, schema, inDirectory(doing, false, 'look'));
}

/** As `bodyOf`, but `undefined` where the object is not there (404). */
export function bodyIfFound<S extends z.ZodMiniType>(
  answer: GraphAnswer,
  schema: S,
): z.output<S> | undefined {
  return answer.status === 404 ? undefined : bodyOf(answer, schema);
}

/** As `bodyOf`, but `undefined` where this admin may not read it or the tenant does not offer it. */
export function bodyIfReadable<S extends z.ZodMiniType>(
  answer: GraphAnswer,
  schema: S,
): z.output<S> | undefined {
  return answer.status >= 400 && answer.status < 500 ? undefined : bodyOf(answer, schema);
}

/** Stands for what may not be read with the rights of who asks. */
export const unread: unique symbol = Symbol('unread');

/** The same question, for whoever may lack the right to it. */
export const ifAllowed = <T>({ read, ...question }: Question<T>): Question<T | typeof unread> => ({
  ...question,
  read: (answer) => (answer.status === 403 ? unread : read(answer)),
});

/** A string literal of an OData filter or key: quotes doubled, then percent-encoded. */
export function odata(value: string): string {
  return `'${encodeURIComponent(value.replaceAll("'", "''"))}'`;
}
