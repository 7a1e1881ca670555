/** An endpoint that is not T&A's text. */
export interface OddEndpoint {
  /** As T&A shows it. */
  readonly label: string;
  readonly expected: string;
  readonly found: string;
  /** What is wrong with a placeholder, in words. */
  readonly fault?: string;
}
