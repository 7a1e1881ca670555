import type { Sight } from './witness.ts';

/** Answers by shape: `POST host/path 201` and the names in its body, in all answers of that kind together. */
export type Shapes = ReadonlyMap<string, ReadonlySet<string>>;

export function shapesOf(sights: readonly Sight[]): Shapes {
  const shapes = new Map<string, Set<string>>();
  for (const { method, path, status, keys } of sights) {
    if (status === 0) continue;
    const kind = `${method} ${path} ${status}`;
    shapes.set(kind, new Set([...(shapes.get(kind) ?? []), ...keys]));
  }
  return shapes;
}

/** One line a kind, in order. */
export const writeShapes = (shapes: Shapes): string =>
  `${[...shapes]
    .map(([kind, keys]) => `${kind}: ${[...keys].sort().join(' ')}`.trimEnd())
    .sort()
    .join('\n')}\n`;

export function readShapes(text: string): Shapes {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [, kind = '', keys = ''] = /^(.*? \d{3}):(.*)$/.exec(line) ?? [];
      return [kind, new Set(keys.split(' ').filter((key) => key !== ''))];
    }),
  );
}

/** Each difference from what the practice tenant answers, as a line; what was not met this time is none. */
export function differences(practice: Shapes, seen: Shapes): string[] {
  return [...seen].sort().flatMap(([kind, keys]) => {
    const known = practice.get(kind);
    if (!known) return [`\`${kind}\`: the practice tenant has never answered so.`];
    // A list that was empty in the practice tenant says nothing of its entries.
    const knowsEntries = !known.has('value') || [...known].some((key) => key.startsWith('value.'));
    const more = [...keys]
      .filter((key) => !known.has(key) && (knowsEntries || !key.startsWith('value.')))
      .sort();
    const less = keys.size === 0 ? [] : [...known].filter((key) => !keys.has(key)).sort();
    return [
      ...(more.length > 0 ? [`\`${kind}\`: has ${more.join(', ')}; the practice tenant does not.`] : []),
      ...(less.length > 0 ? [`\`${kind}\`: lacks ${less.join(', ')}, which the practice tenant has.`] : []),
    ];
  });
}
