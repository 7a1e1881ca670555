import { routeOf } from './route.ts';

export type FaultAnswer =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** The connection breaks before the request is applied. */
  | { readonly kind: 'reset-before' }
  /** The request is applied, then the connection breaks: the caller cannot know. */
  | { readonly kind: 'reset-after' }
  /** The connection breaks, and the request is applied later, when the caller may have looked already and seen nothing. */
  | { readonly kind: 'reset-late'; readonly after: Delay }
  /** A proxy between the caller and Microsoft answers with its own login page and 200. */
  | { readonly kind: 'html' }
  /** The request is applied, half of the answer arrives. */
  | { readonly kind: 'truncate' };

/** Right before the nth request that follows, or before the first one that comes so much later. */
export type Delay = { readonly requests: number } | { readonly ms: number };

/** Which of the matching requests, counted from 1. */
type Nth = number | readonly number[] | { readonly first?: number; readonly each: number };

export interface FaultRule {
  readonly method?: string;
  readonly host?: string;
  /** A prefix of the path, or an expression tried on path and query. */
  readonly path?: string | RegExp;
  /** Without it: each one. */
  readonly nth?: Nth;
  /** Counts each route (`PATCH /v1.0/applications()`) by itself. */
  readonly perRoute?: boolean;
  readonly answer: FaultAnswer;
}

export interface FaultScript {
  /** Empty it, and nothing fails any more. */
  rules: FaultRule[];
  /** What goes wrong with this request; the first rule that applies wins, every matching rule counts it. */
  next(request: { readonly method: string; readonly url: string }): FaultAnswer | undefined;
  /** A request that is to be applied later. */
  postpone(apply: () => Promise<unknown>, delay: Delay, now: number): void;
  /** Another request comes in: what is due by now is applied before it. */
  catchUp(now: number): Promise<void>;
}

export function createFaultScript(rules: readonly FaultRule[] = []): FaultScript {
  const counts = new Map<FaultRule, Map<string, number>>();
  const count = (rule: FaultRule, key: string): number => {
    const ofRule = counts.get(rule) ?? new Map<string, number>();
    counts.set(rule, ofRule);
    const seen = (ofRule.get(key) ?? 0) + 1;
    ofRule.set(key, seen);
    return seen;
  };
  let late: Late[] = [];
  return {
    rules: [...rules],
    next(request) {
      const url = new URL(request.url);
      const key = `${request.method} ${url.hostname}${routeOf(url.pathname)}`;
      const due = this.rules
        .filter((rule) => matches(rule, request.method, url))
        .filter((rule) => isDue(rule.nth, count(rule, rule.perRoute ? key : '')));
      return due[0]?.answer;
    },
    postpone(apply, delay, now) {
      const due = 'ms' in delay ? { at: now + delay.ms, requests: 0 } : { at: now, ...delay };
      late.push({ apply, ...due });
    },
    async catchUp(now) {
      for (const one of late) one.requests -= 1;
      const isDue = ({ at, requests }: Late): boolean => at <= now && requests <= 0;
      const due = late.filter(isDue);
      late = late.filter((one) => !isDue(one));
      for (const { apply } of due) await apply();
    },
  };
}

interface Late {
  readonly apply: () => Promise<unknown>;
  readonly at: number;
  /** How many are still to come. */
  requests: number;
}

function matches(rule: FaultRule, method: string, url: URL): boolean {
  if (rule.method !== undefined && rule.method !== method) return false;
  if (rule.host !== undefined && rule.host !== url.hostname) return false;
  if (rule.path === undefined) return true;
  if (typeof rule.path === 'string') return url.pathname.startsWith(rule.path);
  return rule.path.test(decodeURIComponent(url.pathname) + url.search);
}

function isDue(nth: Nth | undefined, seen: number): boolean {
  if (nth === undefined) return true;
  if (typeof nth === 'number') return nth === seen;
  if (!('each' in nth)) return nth.includes(seen);
  return seen === nth.first || seen % nth.each === 0;
}
