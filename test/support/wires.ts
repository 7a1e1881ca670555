import type { Wire } from '../../src/contract/channel.ts';

/** Two ends of one line: what one posts, the other hears a turn later, as a copy. */
export function wirePair(): readonly [Wire, Wire] {
  const ears: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [new Set(), new Set()];
  const wire = (mine: 0 | 1): Wire => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => ears[mine === 0 ? 1 : 0].forEach((hear) => void hear(copy)));
    },
    listen(hear) {
      ears[mine].add(hear);
      return () => void ears[mine].delete(hear);
    },
  });
  return [wire(0), wire(1)];
}
