import type { Words } from '../words/say.ts';

/** An endpoint that is not T&A's text. */
export interface OddEndpoint {
  /** As T&A shows it. */
  readonly label: string;
  readonly expected: string | Words;
  readonly found: string | Words;
  /** What is wrong with a placeholder, in words. */
  readonly fault?: Words;
}
