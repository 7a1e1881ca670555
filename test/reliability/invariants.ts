/** What has to be so whatever happens, and where it is looked at. */
export interface Invariant {
  readonly id: string;
  readonly what: string;
  /** Sections that read it after each of their cells, from the tenant and the disk or from how the run ended. */
  readonly sections: readonly string[];
  /** Test files that hold it by itself. */
  readonly tests: readonly string[];
}

/** Sections whose cells end in what the tenant holds. */
const everywhere = ['deaths', 'signals', 'requests', 'lasting', 'disk', 'stops', 'pairs', 'model'];
const but = (...left: readonly string[]): string[] => everywhere.filter((name) => !left.includes(name));

export const invariants: readonly Invariant[] = [
  {
    id: 'INV1',
    what: 'at most one application of ours',
    sections: everywhere,
    tests: ['test/core/stories/onboard-faults.test.ts'],
  },
  {
    id: 'INV2',
    what: 'at most one service principal for it',
    sections: everywhere,
    tests: ['test/core/setup/steps/add-service-principal.test.ts'],
  },
  {
    id: 'INV3',
    what: 'each grant once, and no other',
    sections: everywhere,
    tests: ['test/core/stories/onboard-permissions.test.ts'],
  },
  {
    id: 'INV4',
    what: 'a secret that works is in the file, or named in the journal and removed by a later run',
    sections: everywhere,
    tests: ['test/core/stories/onboard-faults.test.ts', 'test/core/stories/renew-faults.test.ts'],
  },
  {
    id: 'INV5',
    what: 'a file with a secret is whole, and no one but its owner can read it',
    sections: everywhere,
    tests: ['test/core/files/atomic-write.test.ts', 'test/core/preferences/preferences-file.test.ts'],
  },
  {
    id: 'INV6',
    what: 'no secret in any other file, and no temporary file',
    sections: but('signals', 'disk', 'model'),
    tests: ['test/e2e/canary.test.ts', 'test/core/files/leftovers.test.ts'],
  },
  {
    id: 'INV7',
    what: 'nothing is changed after a stop',
    sections: ['stops'],
    tests: ['test/core/cloud/pipeline-cancel.test.ts', 'test/e2e/interrupt.test.ts'],
  },
  {
    id: 'INV8',
    what: 'no one but Microsoft is asked, and no token goes to an upload address',
    // A process of its own would ask a stranger past the practice tenant.
    sections: but('signals'),
    tests: ['test/core/cloud/trusted-url.test.ts', 'test/core/mail/upload.test.ts'],
  },
  {
    id: 'INV9',
    what: 'the old secret is removed only when the new one in the file works',
    sections: but('signals', 'disk', 'model'),
    tests: ['test/core/stories/finish-evidence.test.ts', 'test/core/preferences/old-file-onboarding.test.ts'],
  },
  {
    id: 'INV10',
    what: 'each email at most once, and no draft that is not told of',
    sections: but('model'),
    tests: ['test/core/mail/send-mail-faults.test.ts', 'test/core/stories/onboard-drafts.test.ts'],
  },
  {
    id: 'INV11',
    what: 'a failure says what to do next; exit codes are stable',
    sections: ['requests', 'lasting', 'pairs'],
    tests: ['test/core/words/laws.test.ts', 'test/core/words/errors.test.ts'],
  },
  {
    id: 'INV12',
    what: 'running again ends well from any state; once more changes nothing',
    sections: but('signals'),
    tests: ['test/core/stories/onboard.test.ts'],
  },
  {
    id: 'INV13',
    what: 'nothing is asked again earlier than told, nor within a second; trying ends',
    sections: ['requests'],
    tests: ['test/core/told-time.test.ts', 'test/core/waiting.test.ts', 'test/core/cloud/retry.test.ts'],
  },
  {
    id: 'INV14',
    what: 'no lock stays after a run; that of a killed one is taken over',
    sections: but('disk'),
    tests: ['test/core/customer/lock.test.ts'],
  },
  {
    id: 'INV15',
    what: "what is changed is changed with a token of the customer's own tenant",
    sections: [],
    tests: ['test/core/cloud/graph-client.test.ts', 'test/core/sign-in/session.test.ts'],
  },
  {
    id: 'INV16',
    what: 'no timer and no listener of a run stays',
    sections: [],
    tests: ['test/core/stories/onboard-faults.test.ts', 'test/core/waiting.test.ts'],
  },
];
