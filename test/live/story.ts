import type { Connections } from '../../src/core/cloud/connect-to.ts';
import type { Graph } from '../../src/core/cloud/graph.ts';
import type { Http } from '../../src/core/cloud/http.ts';
import type { Customer } from '../../src/core/customer/customer.ts';
import type { Clock } from '../../src/core/ports.ts';
import type { Session } from '../../src/core/sign-in/session.ts';
import { Failure } from '../../src/core/words/failure.ts';
import { withoutNames } from './witness.ts';

/** One run of the product's stories in a real tenant, or in one that plays it. */
export interface Live {
  readonly customer: Customer;
  readonly tenantId: string;
  /** Everything that the run makes begins with it, and only what does is removed. */
  readonly prefix: string;
  readonly folder: string;
  readonly connections: Connections;
  readonly clock: Clock;
  /** Spreads pauses: from 0 up to 1. */
  readonly random: () => number;
  /** So long a service may take to act before a socket is cut. */
  readonly holdMs: number;
  /** Ends the stories; what was made is removed all the same. */
  readonly signal: AbortSignal;
  readonly session: Session;
  /** As the admin. */
  readonly graph: Graph;
  readonly http: Http;
  /** Another way out, which is witnessed too. */
  readonly httpBy: (connections: Connections) => Http;
  readonly person: Person;
  /** What probes saw, by their name. */
  readonly notes: Map<string, string>;
}

interface Person {
  ask(question: string): Promise<boolean>;
  tell(line: string): void;
}

export interface LiveOptions
  extends Pick<Live, 'customer' | 'connections' | 'clock' | 'random' | 'person' | 'holdMs' | 'signal'> {
  readonly runId: string;
  /** `signal` ends a sign-in that someone is waited for; none where all that is left is to remove what was made. */
  readonly signIn: (http: Http, tenantId: string, signal: AbortSignal | undefined) => Promise<Session>;
  /** The practice tenant's answers by shape. */
  readonly practiceShapes: string;
}

/** How one story ended. */
export interface Told {
  readonly name: string;
  readonly outcome: 'done' | 'not run' | 'stopped';
  readonly words: string;
  readonly ms: number;
}

/** Why a story cannot be run here. */
export class NotRun extends Error {}

/** One story that stops does not keep the next from being run. */
export async function outcomeOf(name: string, clock: Clock, work: () => Promise<string>): Promise<Told> {
  const since = clock.now();
  const end = (outcome: Told['outcome'], words: string): Told => ({
    name,
    outcome,
    words,
    ms: clock.now() - since,
  });
  try {
    return end('done', await work());
  } catch (cause) {
    if (cause instanceof NotRun) return end('not run', cause.message);
    if (cause instanceof Failure) return end('stopped', `${cause.code}: ${withoutNames(cause.message)}`);
    return end('stopped', withoutNames(cause instanceof Error ? cause.message : String(cause)));
  }
}
