import * as z from 'zod/mini';

export interface SuiteResult {
  readonly passed: number;
  /** At least 1 when the suite did not run to its end. */
  readonly failed: number;
  /** What passed, what failed and why. Empty where the suite printed by itself. */
  readonly lines: readonly string[];
}

/** What `test/host/index.ts` writes when mocha is through. */
export const HostResults = z.object({
  /** Of the VS Code that it ran in. */
  version: z.string(),
  tests: z.array(z.object({ title: z.string(), ms: z.number(), error: z.optional(z.string()) })),
});
export type HostResults = z.infer<typeof HostResults>;

/**
 * Judges a run by its exit code and its results. Without results, without a test, or with an exit code that no failed test
 * explains, it did not run to its end; what VS Code printed is shown then.
 */
export function hostResult(code: number, results: HostResults | undefined, log: string): SuiteResult {
  const tests = results?.tests ?? [];
  const failed = tests.filter(({ error }) => error !== undefined).length;
  const passed = tests.length - failed;
  const lines = [
    `VS Code ${results?.version ?? 'did not say its version'}`,
    ...tests.map(({ title, ms, error }) =>
      error === undefined ? ` ok      ${title} (${(ms / 1000).toFixed(1)} s)` : ` FAILED  ${title}\n${error}`,
    ),
  ];
  if (failed > 0 || (code === 0 && passed > 0)) return { passed, failed, lines };
  return {
    passed,
    failed: 1,
    lines: [...lines, log, `The host suite did not run to its end (code ${code}).`],
  };
}
