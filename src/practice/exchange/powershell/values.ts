import { CmdletFault } from './fault.ts';

/** What a value is one by one: nothing for what is not there. */
export function listOf(value: unknown): unknown[] {
  return isNothing(value) ? [] : [value].flat();
}

/** No list and an empty one count as false; of one thing, that thing counts (about_Booleans). */
export function isTrue(value: unknown): boolean {
  const [first, ...more] = listOf(value);
  return more.length > 0 || Boolean(first);
}

/** A value as PowerShell shows it: an object on one line. */
export function shownText(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, one]) => `${name}: ${asText(one)}`)
        .join(', ')
    : asText(value);
}

/** Names are found in any case. */
export function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** Texts are compared without regard to case, as PowerShell does. */
export function pairValue(operator: '+' | 'eq' | 'ne', left: unknown, right: unknown): unknown {
  if (operator === '+') return asText(left) + asText(right);
  const same =
    isNothing(left) === isNothing(right) && asText(left).toLowerCase() === asText(right).toLowerCase();
  return operator === 'eq' ? same : !same;
}

export function replaced(of: unknown, from: unknown, to: unknown): string {
  if (isNothing(of)) throw new CmdletFault('You cannot call a method on a null-valued expression.');
  return asText(of).replaceAll(asText(from), () => asText(to));
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

const asText = (value: unknown): string => String(value ?? '');
