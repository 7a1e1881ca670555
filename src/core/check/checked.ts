import * as z from 'zod/mini';
import { compareText } from '../customer/find-customers.ts';
import { CheckedFinding, isToDo } from '../customer/last-check.ts';
import { Instant } from '../customer/record.ts';
import { statuses } from '../customer/standing.ts';
import { readJson } from '../files/read-json.ts';
import { dayOf, daysOf } from '../words/moment.ts';
import { say, type Words } from '../words/say.ts';

const text = z.string(say`text`.pattern);

/** What a check says of one customer. */
export const CheckedCustomer = z.strictObject({
  file: text,
  name: text,
  standing: z.enum(statuses, say`a standing such as ready or expiring`.pattern),
  checkedAt: Instant,
  /** `false`: there was no answer, or a file could not be read. Nothing is known of the customer then. */
  looked: z.boolean(say`true or false`.pattern),
  /** Of the secret in the preferences file; `null` where it is not known. */
  secret: z.nullable(
    z.strictObject({ expiresAt: Instant, daysLeft: z.int(say`a whole number of days`.pattern) }),
  ),
  findings: z.array(CheckedFinding, say`a list`.pattern),
});
export type CheckedCustomer = z.infer<typeof CheckedCustomer>;

/** The document of `check --json`: all customers, or a part of them that other documents complete. */
export const CheckDocument = z.strictObject(
  { customers: z.array(CheckedCustomer, say`a list`.pattern) },
  say`an object`.pattern,
);
export type CheckDocument = z.infer<typeof CheckDocument>;

/** In one order, whichever was ready first. */
export const documentOf = (customers: readonly CheckedCustomer[]): CheckDocument => ({
  customers: customers.toSorted((one, other) => compareText(one.file, other.file)),
});

/** Of some 50,000 customers; one takes 2 KB. */
const mostMB = 100;

/** Throws a Failure, exit code 3, where the file is no document of a check. */
export const readCheckDocument = (path: string): Promise<CheckDocument> =>
  readJson(path, CheckDocument, mostMB);

/** One document of many. Of a customer that is in several, what was seen last counts. */
export function mergeChecks(documents: readonly CheckDocument[]): CheckDocument {
  const latest = new Map<string, CheckedCustomer>();
  for (const customer of documents.flatMap(({ customers }) => customers)) {
    const other = latest.get(customer.file);
    if (!other || isLater(customer, other)) latest.set(customer.file, customer);
  }
  return documentOf([...latest.values()]);
}

/** Of two that were seen at the same time one wins, whichever comes first. */
function isLater(one: CheckedCustomer, other: CheckedCustomer): boolean {
  const ms = Date.parse(one.checkedAt) - Date.parse(other.checkedAt);
  return ms === 0 ? JSON.stringify(one) > JSON.stringify(other) : ms > 0;
}

/** Which part of the customers this shard checks: each customer is in exactly one of `of` shards. `number` counts from 1. */
export const shardOf = <T>(all: readonly T[], { number, of }: Shard): T[] =>
  all.filter((_, index) => index % of === number - 1);

export interface Shard {
  readonly number: number;
  readonly of: number;
}

export const wantsAction = ({ looked, findings }: CheckedCustomer): boolean =>
  looked && findings.some(isToDo);

/** 1 where a customer could not be looked at, else 2 where something needs action, else 0. */
export function exitCodeOf({ customers }: CheckDocument): 0 | 1 | 2 {
  if (customers.some(({ looked }) => !looked)) return 1;
  return customers.some(wantsAction) ? 2 : 0;
}

/** What matters most first: what could not be looked at, what needs action, then by the day on which the secret expires. */
export function byUrgency({ customers }: CheckDocument): CheckedCustomer[] {
  const rank = (customer: CheckedCustomer): number => (customer.looked ? levelRank(customer) : unlookedRank);
  return customers.toSorted(
    (one, other) =>
      rank(one) - rank(other) ||
      daysLeftOf(one.secret) - daysLeftOf(other.secret) ||
      compareText(one.name, other.name) ||
      compareText(one.file, other.file),
  );
}

const unlookedRank = 1;

function levelRank({ findings }: CheckedCustomer): number {
  if (findings.some(({ level }) => level === 'bad')) return 0;
  return findings.some(isToDo) ? 2 : 3;
}

const daysLeftOf = (secret: CheckedCustomer['secret']): number => secret?.daysLeft ?? Number.MAX_SAFE_INTEGER;

/** `secret until 2027-05-23 (180 days)` */
export const untilWords = ({ expiresAt, daysLeft }: NonNullable<CheckedCustomer['secret']>): Words =>
  daysLeft > 0
    ? say`secret until ${dayOf(expiresAt)} (${daysOf(daysLeft)})`
    : say`secret expired on ${dayOf(expiresAt)}`;

/** What a person looks at together. Of a removed customer nothing is there to be good. */
export function stateOf(customer: CheckedCustomer): 'action' | 'unlooked' | 'removed' | 'fine' {
  if (!customer.looked) return 'unlooked';
  if (wantsAction(customer)) return 'action';
  return customer.standing === 'removed' ? 'removed' : 'fine';
}

/** How many customers are in which state. */
export function countsOf({ customers }: CheckDocument) {
  const counts = { all: customers.length, action: 0, unlooked: 0, removed: 0, fine: 0 };
  for (const customer of customers) counts[stateOf(customer)] += 1;
  return counts;
}

/** Names that do not tell which customer is meant: two files may have the same one. */
export function sharedNames({ customers }: CheckDocument): ReadonlySet<string> {
  const names = customers.map(({ name }) => name).toSorted();
  return new Set(names.filter((name, at) => name === names[at + 1]));
}
