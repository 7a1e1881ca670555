import { badInputFiles } from './bad-inputs.ts';
import { elsewhere } from './faults.ts';
import { equivalent, rooms } from './mutants.ts';
import { type Story, stories } from './stories.ts';
import { atVault } from './vaults.ts';

/** What one process does. Two of them run at a time. */
export interface Part {
  readonly name: string;
  /** A test file that counts cells itself, and how the names of its tests begin; or tests, each a cell; or a program. */
  readonly run:
    | { readonly cells: string; readonly tests?: string }
    | { readonly files: readonly string[]; readonly reporter?: string }
    | { readonly program: string; readonly argument?: string };
}

/** A part of RELIABILITY.md, run by its name. */
export interface Section {
  readonly name: string;
  readonly what: string;
  readonly parts: readonly Part[];
  /** Which cells of many were taken. */
  readonly sampled?: string;
  /** Cells that cannot apply, and why. */
  readonly without?: readonly (readonly [what: string, why: string])[];
  /** Says how good something is. Its rows do not count among those that hold. */
  readonly isMeasure?: true;
}

const ofStories = (file: string, begin: string, more: readonly Story[] = []): Part[] =>
  [...stories, ...more].map(({ name }) => ({
    name: `${begin}: ${name}`,
    // A renewal is not one with its copy in the vault, which is a row of its own.
    run: { cells: file, tests: `^${begin}: ${name}(?! with its copy)( |,|$)` },
  }));

const silent = stories.filter((story) => story.silent).map(({ name }) => name);

/** The longest first, so that the two processes do not wait for each other at the end. */
export const sections: readonly Section[] = [
  {
    name: 'mutation',
    what: 'Changes of single operators, conditions, texts and blocks in the six rooms that matter most, each noticed by a test',
    parts: Object.keys(rooms).map((room) => ({
      name: `mutation: ${room}`,
      run: { program: 'mutation.ts', argument: room },
    })),
    without: equivalent.map(({ file, line, change, why }) => [`${file}, \`${line}\`, ${change}`, why]),
    isMeasure: true,
  },
  {
    name: 'deaths',
    what: 'The process dies before or after a request, or between any two lines of the journal',
    parts: ofStories('deaths', 'deaths', atVault),
  },
  {
    name: 'signals',
    what: 'A process of its own gets SIGKILL, SIGINT or SIGTERM from the tenant, before, within and after an answer',
    parts: [
      ...['onboard', 'renew', 'send', 'check', 'remove'].map((name) => [name, '(?! with its copy)']),
      ...['renew', 'remove'].map((name) => [`${name} with its copy in the vault`, '']),
    ].map(([name, end]) => ({
      name: `signals: ${name}`,
      run: { cells: 'signals', tests: `^signals: ${name}${end}` },
    })),
    sampled: 'The tenant has no replication lag, because these runs take real time.',
    without: [
      ['SIGINT and SIGTERM on Windows', 'Windows has no signals: there a process is ended as by SIGKILL'],
      [
        'a signal at a file event',
        'nothing outside the process can see one; the sections deaths and disk end the run there',
      ],
    ],
  },
  {
    name: 'requests',
    what: 'Each fault at each request: the run continues by itself, or ends with advice and the next one finishes',
    parts: ofStories('requests', 'requests', atVault),
    without: elsewhere,
  },
  {
    name: 'lasting',
    what: 'A fault that is not over, from a request on',
    parts: ofStories('requests', 'lasting', atVault),
    without: [
      [
        'faults that no service repeats',
        'the ten kinds that may last are taken: too many requests, 500, 503, resets, half answers, pages of a network, 401, 403',
      ],
    ],
  },
  {
    name: 'disk',
    what: 'Each call to the disk fails, is cut in half, or is the last one',
    parts: ofStories('disk', 'disk', atVault),
    without: [
      ['a file held open by a virus scanner (D04 to D06)', 'test/core/files/atomic-write.test.ts'],
      [
        'a read-only folder or file, another owner, a link (D02, D03, D09)',
        'refused before the first request: test/core/files/target.test.ts',
      ],
      [
        'a file that someone else changed meanwhile (D08)',
        'test/core/preferences/old-file-onboarding.test.ts',
      ],
    ],
  },
  {
    name: 'stops',
    what: 'Ctrl+C at each step and during each request: nothing is changed after it',
    parts: ofStories('deaths', 'stops'),
    without: [
      [
        `a stop at a step of ${silent.join(', ')}`,
        'these tell of no steps; they are stopped at each request',
      ],
    ],
  },
  {
    name: 'pairs',
    what: 'Two faults in one run, at random, both of them met',
    parts: [1, 2].map((half) => ({ name: `pairs ${half}`, run: { cells: 'pairs', tests: `half ${half}$` } })),
    without: [['N13', 'alone, in the section requests']],
  },
  {
    name: 'model',
    what: 'Runs, renewals, removals, deaths in each, lost files, lags and second windows in any order, beside a model',
    parts: [{ name: 'model', run: { cells: 'model' } }],
  },
  {
    name: 'bad-inputs',
    what: 'What people type, paste and keep in files by mistake: refused with a reason, or read as it was meant',
    parts: [
      { name: 'bad inputs that are tried', run: { cells: 'bad-inputs' } },
      {
        name: 'bad inputs of other tests',
        run: { files: badInputFiles, reporter: 'bad-inputs-reporter.ts' },
      },
    ],
    without: [
      [
        'ten seconds for a drive that does not answer (B136)',
        'nothing can take back a call to the disk: it is asked once, what the system says in the end is told, and Ctrl+C ends the run',
      ],
      [
        'a real client secret told from one of the practice tenant by its form (B035)',
        'both have the same form, so that all that reads them is tried; a real one goes to this machine alone, and is refused there',
      ],
    ],
  },
  {
    name: 'hostile',
    what: 'Answers of another shape, size or origin, applications that someone planted, folders that someone prepared',
    parts: [
      {
        name: 'hostile answers',
        run: {
          files: [
            'test/core/stories/onboard-odd-answers.test.ts',
            'test/core/cloud/limits-policy.test.ts',
            'test/core/cloud/pipeline.test.ts',
            'test/core/cloud/batch.test.ts',
            'test/core/cloud/echoes.test.ts',
            'test/core/cloud/trusted-url.test.ts',
            'test/core/cloud/headers.test.ts',
            'test/core/mail/upload.test.ts',
            'test/core/sign-in/device-code-answer.test.ts',
            'test/core/escrow/subscriptions.test.ts',
          ],
        },
      },
      {
        name: 'planted applications',
        run: {
          files: [
            'test/core/stories/adopt.test.ts',
            'test/core/stories/adopt-by-hand.test.ts',
            'test/core/stories/onboard-surplus.test.ts',
          ],
        },
      },
      {
        name: 'prepared folders',
        run: {
          files: [
            'test/core/files/hostile-repository.test.ts',
            'test/core/files/work-tree.test.ts',
            'test/core/files/atomic-write.test.ts',
            'test/core/files/path-below.test.ts',
            'test/core/files/windows-path.test.ts',
            'test/core/files/target.test.ts',
            'test/core/customer/record-file.test.ts',
            'test/core/customer/lock.test.ts',
          ],
        },
      },
    ],
    without: [
      [
        'a folder on a share, a junction, a device of Windows',
        'paths are judged as text here; npm run test:windows runs them',
      ],
    ],
  },
  {
    name: 'canaries',
    what: 'Secrets and tokens, searched for in ten codings in all that runs print, write and keep, and in what is packed',
    parts: [
      {
        name: 'canaries: printed and written by the command line',
        run: { files: ['test/e2e/canary.test.ts'] },
      },
      {
        name: 'canaries: logs, errors, exports and what a service repeats',
        run: {
          files: [
            'test/core/cloud/pipeline-secrets.test.ts',
            'test/core/cloud/echoes.test.ts',
            'test/core/cloud/log-policy.test.ts',
            'test/core/preferences/export.test.ts',
            'test/core/preferences/preferences-file.test.ts',
            'test/core/stories/check-kept.test.ts',
          ],
        },
      },
      { name: "canaries: packed, and kept in VS Code's state", run: { cells: 'canaries' } },
    ],
    without: [
      [
        'the files of a real VS Code after a set-up',
        'where they lie and in which form differs between desktop, remote and browser; what we give to its state is searched instead',
      ],
    ],
  },
  {
    name: 'planted',
    what: 'Bugs that are planted in a copy, each noticed by the test that is there for it',
    parts: [{ name: 'planted', run: { cells: 'planted', tests: '^planted' } }],
  },
  {
    name: 'peers',
    what: 'The same faults against two programs that none of us wrote',
    parts: [{ name: 'peers', run: { program: 'peers.ts' } }],
    isMeasure: true,
  },
];
