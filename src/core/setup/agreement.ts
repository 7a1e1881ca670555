import { Words } from '../words/say.ts';
import { type Change, findStep, stepOf } from './steps.ts';

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
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null || value instanceof Words) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}
