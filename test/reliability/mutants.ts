import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/source-imports.ts';

interface Room {
  readonly files: readonly string[];
  /** Run for each change. */
  readonly tests: readonly string[];
}

/** The rooms whose code is changed. */
export const rooms: Readonly<Record<string, Room>> = {
  redaction: {
    files: ['log-policy', 'echoes', 'echo-readings'].map((name) => `src/core/cloud/${name}.ts`),
    tests: ['test/core/cloud/{log-policy,echoes}.test.ts'],
  },
  'the gate of URLs': {
    files: ['src/core/cloud/trusted-url.ts'],
    tests: ['test/core/cloud/trusted-url.test.ts'],
  },
  waiting: {
    files: ['src/core/waiting.ts', 'src/core/cloud/headers.ts', 'src/core/cloud/retry.ts'],
    tests: ['test/core/waiting.test.ts', 'test/core/cloud/{headers,retry}.test.ts'],
  },
  'the journal': {
    files: ['src/core/customer/journal.ts'],
    tests: ['test/core/customer/journal.test.ts'],
  },
  'writing files': {
    files: ['src/core/files/atomic-write.ts', 'src/core/files/leftovers.ts', 'src/core/files/target.ts'],
    tests: ['test/core/files/{atomic-write,leftovers,target,troubled-disk}.test.ts'],
  },
  'the plan': {
    files: ['src/core/setup/plan.ts'],
    tests: [
      'test/core/setup/{plan,steps}.test.ts',
      'test/core/stories/{set-up-part,script-for-admin}.test.ts',
    ],
  },
};

/** A short name for the code of a room and its tests as they are now: the score of another code says nothing of this one. */
export function codeOf({ files, tests }: Room): string {
  const hash = createHash('sha256');
  for (const file of globSync([...files, ...tests], { cwd: root }).sort())
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 10);
}

/** The rooms whose score on the page was measured on other code than today's. */
export const oldScores = (page: string): string[] =>
  Object.entries(rooms)
    .filter(([, room]) => !page.includes(`| ${codeOf(room)} |`))
    .map(([name]) => name);

interface Equivalent {
  readonly file: string;
  /** A piece of the line, and of the change. */
  readonly line: string;
  readonly change: string;
  readonly why: string;
}

const unread = 'without an application in the tenant the plan reads none of these; the type asks for them';
const plan = 'src/core/setup/plan.ts';

/** Changes that change nothing anyone could see. */
export const equivalent: readonly Equivalent[] = [
  { file: plan, line: 'registrationOpen: true', change: 'BooleanLiteral: false', why: unread },
  ...['twins: []', 'deletedTwins: []', 'sendersByMail: []', 'knownOwners: []', 'agreedTo: []'].map(
    (line) => ({
      file: plan,
      line,
      change: 'ArrayDeclaration',
      why: unread,
    }),
  ),
  { file: plan, line: 'removeSurplus: false', change: 'BooleanLiteral: true', why: unread },
  { file: plan, line: "deletedChoice: 'leave'", change: 'StringLiteral: ""', why: unread },
  {
    file: 'src/core/cloud/trusted-url.ts',
    line: 'if (url?.origin ===',
    change: 'ConditionalExpression: true',
    why: 'a text that is as written has this origin as well; both are asked, so that either alone would do',
  },
  {
    file: 'src/core/files/atomic-write.ts',
    line: "writeFile(text, 'utf8')",
    change: 'StringLiteral: ""',
    why: 'Node takes no encoding for UTF-8',
  },
  {
    file: 'src/core/files/leftovers.ts',
    line: 'const names =',
    change: 'ArrayDeclaration',
    why: 'a name that is none of ours is passed over',
  },
  {
    file: 'src/core/files/leftovers.ts',
    line: 'const stat =',
    change: 'Stryker was here!',
    why: 'a text without twenty words has no twentieth either',
  },
];
