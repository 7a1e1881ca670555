import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { Customer } from '../customer/customer.ts';
import { EntraId } from '../customer/tenant-name.ts';
import { writeOutput } from '../files/own-files.ts';
import { parseShape, readJson } from '../files/read-json.ts';
import { jsonText } from '../json.ts';
import { say, Words } from '../words/say.ts';
import { setUpFailures } from './failures.ts';
import type { Plan } from './plan.ts';
import { type Change, findStep, stepOf } from './steps.ts';

const Content = z.strictObject(
  {
    version: z.literal(
      1,
      say`1 (a higher number means that a newer version of this tool wrote the file)`.pattern,
    ),
    tenantId: EntraId,
    customer: Customer,
    changes: z.array(z.looseObject({ kind: z.string(say`text`.pattern) }), say`a list`.pattern),
  },
  say`an object`.pattern,
);
type Content = z.infer<typeof Content>;

/** What was agreed to, and the hash by which people know it. */
export interface SavedPlan extends Content {
  readonly sha256: string;
}

const Saved = z.strictObject(
  {
    plan: z.looseObject({}, say`an object`.pattern),
    sha256: z
      .string(say`text`.pattern)
      .check(z.regex(/^[0-9a-f]{64}$/, say`a SHA-256 in hexadecimal`.pattern)),
  },
  say`an object`.pattern,
);

/** Writes the plan so that it can be sent, and carried out later if it still fits. Returns its hash. Throws a Failure. */
export async function writeSavedPlan(path: string, customer: Customer, plan: Plan): Promise<string> {
  const content = contentOf(customer, plan);
  const sha256 = hashOf(content);
  await writeOutput(path, `${jsonText({ plan: content, sha256 })}\n`);
  return sha256;
}

/** Throws a Failure with exit code 3 where the file is no saved plan, or was changed after it was written. */
export async function readSavedPlan(path: string): Promise<SavedPlan> {
  const { plan, sha256 } = await readJson(path, Saved);
  if (hashOf(plan) !== sha256) throw setUpFailures.planAltered(path);
  return { ...parseShape(plan, Content, path), sha256 };
}

/**
 * Throws a Failure where the plan is no longer the one that was saved. Of that one some may be done: a run that stopped
 * half-way goes on.
 */
export function requireFit(saved: SavedPlan, customer: Customer, plan: Plan): void {
  const { changes: agreed, sha256: _hash, ...was } = saved;
  const { changes: _now, ...is } = contentOf(customer, plan);
  if (isDeepStrictEqual(was, is) && isAgreed(plan.changes, agreementOn(agreed))) return;
  throw setUpFailures.planChanged(changesSince(saved, customer, plan));
}

/** What is no longer as it was saved, one line each. */
function changesSince(saved: SavedPlan, customer: Customer, plan: Plan): Words[] {
  const { changes: before, sha256: _hash, ...was } = saved;
  const { changes: now, ...is } = contentOf(customer, plan);
  const kinds = [...new Set([...before, ...now].map(({ kind }) => kind))];
  const ofChanges = kinds.flatMap((kind): readonly Words[] => {
    const [one, other] = [before, now].map((list) => list.filter((change) => change.kind === kind));
    const name = kind.replaceAll('-', ' ');
    if (other?.length === 0) return [say`no longer needed: ${name}`];
    if (one?.length === 0) return [say`now needed: ${name}`];
    return differencesIn(single(one), single(other), name);
  });
  return [...differencesIn(was, is), ...ofChanges];
}

/** Most changes are there once: then a number in the path would only confuse. */
const single = (list: Content['changes'] = []): unknown => (list.length === 1 ? list[0] : list);

/** As JSON has it. */
function contentOf(customer: Customer, { tenant, changes }: Plan): Content {
  const content = { version: 1, tenantId: tenant.id, customer, changes: changes.map(comparable) };
  return Content.parse(JSON.parse(JSON.stringify(content)));
}

const hashOf = (content: unknown): string => createHash('sha256').update(canonical(content)).digest('hex');

/** Where two JSON values differ, one line each: `customer.mail.fromName: was "A", is "B"`; `path` stands before each. */
function differencesIn(before: unknown, now: unknown, path = ''): Words[] {
  const was = leavesOf(before, path);
  const is = leavesOf(now, path);
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((place) => was.get(place) !== is.get(place))
    .map((place) => say`${place}: was ${was.get(place) ?? notThere}, is ${is.get(place) ?? notThere}`);
}

const notThere = say`missing`;

function leavesOf(value: unknown, path: string): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value)]]);
  const entries = Object.entries(value);
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return new Map(entries.flatMap(([name, each]) => [...leavesOf(each, below(name))]));
}

type Comparable = Readonly<Record<string, unknown>>;

/** A change without the fields that may differ although the same is changed. */
export function comparable(change: Change): Comparable {
  const volatile: readonly string[] = stepOf(change).volatile ?? [];
  return Object.fromEntries(Object.entries(change).filter(([name]) => !volatile.includes(name)));
}

/** What a person says yes to with these changes, as texts to be compared later. */
export const agreementOn = (changes: readonly Comparable[]): string[] =>
  changes.flatMap(piecesOf).map(canonical);

/** What is changed one by one is agreed to one by one, so that a run that stopped in between can go on. */
function piecesOf(change: Comparable): readonly Comparable[] {
  const name = findStep(String(change.kind))?.oneByOne;
  if (name === undefined) return [change];
  const list = change[name];
  return Array.isArray(list) ? list.map((each) => ({ ...change, [name]: each })) : [change];
}

/** Whether nothing is in these changes that was not agreed to. */
export function isAgreed(changes: readonly Change[], agreed: readonly string[]): boolean {
  const known = new Set(agreed);
  return agreementOn(changes.map(comparable)).every((text) => known.has(text));
}

/** JSON, a sentence as its text, in which neither white space nor the order of fields counts; a field that is not set is none. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null || value instanceof Words) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}
