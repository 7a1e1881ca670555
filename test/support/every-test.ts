import fc from 'fast-check';
import { expect } from 'vitest';
import { Words } from '../../src/core/words/say.ts';

// The same samples each time, so that a run is red for what was changed; `SEED` names others.
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });

// Tests pin what is read, not how it is put together: a sentence equals the text that it prints as.

declare module 'vitest' {
  interface AsymmetricMatchersContaining {
    /** A text or a sentence that has this in it. */
    saying(part: string | RegExp): unknown;
  }
}

expect.addEqualityTesters([
  (one: unknown, other: unknown): boolean | undefined => {
    if (one instanceof Words && typeof other === 'string') return String(one) === other;
    if (other instanceof Words && typeof one === 'string') return String(other) === one;
    return undefined;
  },
]);

expect.extend({
  saying(received: unknown, part: string | RegExp) {
    const text = received instanceof Words || typeof received === 'string' ? String(received) : undefined;
    const pass = text !== undefined && (typeof part === 'string' ? text.includes(part) : part.test(text));
    return { pass, message: () => `${text} does not say ${part}` };
  },
});
