/** A value as PowerShell shows it: an object on one line. */
export function shownText(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([name, one]) => `${name}: ${String(one)}`)
        .join(', ')
    : String(value);
}

/** Names are found in any case. */
export function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** Texts are compared without regard to case, as PowerShell does. */
export function pairValue(operator: '+' | 'eq' | 'ne', left: unknown, right: unknown): unknown {
  if (operator === '+') return String(left) + String(right);
  const same = String(left).toLowerCase() === String(right).toLowerCase();
  return operator === 'eq' ? same : !same;
}
