/** The rooms whose code is changed, and by which files. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  redaction: ['src/core/cloud/log-policy.ts', 'src/core/cloud/echoes.ts'],
  'the gate of URLs': ['src/core/cloud/trusted-url.ts'],
  waiting: ['src/core/waiting.ts', 'src/core/cloud/headers.ts', 'src/core/cloud/retry.ts'],
  'the journal': ['src/core/customer/journal.ts'],
  'writing files': [
    'src/core/files/atomic-write.ts',
    'src/core/files/leftovers.ts',
    'src/core/files/target.ts',
  ],
  'the plan': ['src/core/setup/plan.ts'],
};

/** The tests that are run for each change. */
export const tests = [
  'test/core/cloud/{log-policy,echoes,trusted-url,headers,retry}.test.ts',
  'test/core/waiting.test.ts',
  'test/core/customer/journal.test.ts',
  'test/core/files/{atomic-write,leftovers,target}.test.ts',
  'test/core/setup/{plan,steps,pre-flight}.test.ts',
];

interface Equivalent {
  readonly file: string;
  /** A piece of the line, and of the change. */
  readonly line: string;
  readonly change: string;
  readonly why: string;
}

/** Changes that change nothing anyone could see. */
export const equivalent: readonly Equivalent[] = [];
