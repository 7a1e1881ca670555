import { canonical } from './canonical.ts';
import type { Change } from './change.ts';

type Lasting = Readonly<Record<string, unknown>>;

const passing = new Set(['expiresAt', 'file', 'by', 'uniqueName']);

/** A change without what may differ although the same is made: instants, paths, who is signed in, what is drawn. */
export function lasting({ kind, ...more }: Change): Lasting {
  return { kind, ...Object.fromEntries(Object.entries(more).filter(([name]) => !passing.has(name))) };
}

/**
 * What a person says yes to with these changes, as texts to be compared later. A permission is granted or removed each by
 * itself, so that a run that stopped between two of them can go on.
 */
export const agreementOn = (changes: readonly Lasting[]): string[] => changes.flatMap(partsOf).map(canonical);

function partsOf(change: Lasting): readonly Lasting[] {
  if (change.kind === 'grant-permissions') return eachOf(change, 'permissions');
  if (change.kind === 'remove-grants') return eachOf(change, 'grants');
  return [change];
}

function eachOf(change: Lasting, name: string): readonly Lasting[] {
  const list = change[name];
  return Array.isArray(list) ? list.map((each) => ({ ...change, [name]: each })) : [change];
}

/** Whether nothing is in these changes that was not agreed to. */
export function isAgreed(changes: readonly Change[], agreed: readonly string[]): boolean {
  const known = new Set(agreed);
  return agreementOn(changes.map(lasting)).every((text) => known.has(text));
}
