import { withDone } from '../../src/core/customer/journal.ts';
import type { CustomerRecord } from '../../src/core/customer/record.ts';
import { scopeFailures } from '../../src/core/mailbox-scope/failures.ts';
import { errors } from '../../src/core/words/errors.ts';
import { say } from '../../src/core/words/say.ts';
import type { RunState } from '../../src/extension/set-up/run-state.ts';
import type { PageFacts } from '../../src/extension/set-up/views/page-facts.ts';
import { grace, looked, savedFacts, stateWith, withRun } from './page-facts.ts';
import { setUpRecord } from './set-up-record.ts';
import { now, snapshot } from './snapshot.ts';

const seen: RunState = { ...looked(snapshot()), question: undefined };

const removed: CustomerRecord = {
  ...setUpRecord('2027-05-22T22:00:00Z', {
    application: undefined,
    servicePrincipal: undefined,
    grants: [],
    secret: undefined,
    preferences: undefined,
    proof: undefined,
    verification: undefined,
  }),
  removal: {
    startedAt: '2026-11-24T10:00:00Z',
    finishedAt: '2026-11-24T10:01:00Z',
    application: {
      uniqueName: 'ta-exchange-1',
      objectId: '1',
      clientId: '2',
      createdAt: '2026-11-24T10:00:00Z',
    },
  },
};
const { verification: _, ...unverified } = setUpRecord('2027-05-22T22:00:00Z', { admin: grace });
const begunRecord = setUpRecord('2027-05-22T22:00:00Z', {
  secret: undefined,
  preferences: undefined,
  proof: undefined,
  verification: undefined,
});

/** With its secret at the customer's administrator. */
const importedRecord = withDone(
  setUpRecord('2027-05-22T22:00:00Z', { preferences: undefined, proof: undefined, verification: undefined }),
  { at: now, operation: 'op-1', step: 'import-result' },
);

const removing = {
  title: 'Removing Contoso Ltd from the tenant',
  command: 'removeCustomer',
  aim: 'removal',
} as const;

/** Where the administrator's script ended, this one goes on. */
const imported = { title: 'Setting up Contoso Ltd', command: 'importAdminResult' } as const;

/** What did not come to its end: cut off with its window, or cancelled. */
export const cutOffStates = (): Readonly<Record<string, PageFacts>> => ({
  'check-cancelled': withRun({
    title: 'Checking Contoso Ltd',
    command: 'checkCustomer',
    end: {
      kind: 'stopped',
      failure: errors.cancelled('', { doing: say`look at the customer` }),
      stage: 'changes',
    },
  }),
  'cut-off-sign-in': withRun({ end: { kind: 'cut off', stage: 'signIn' } }),
  'cut-off-plan': withRun({ end: { kind: 'cut off', stage: 'plan' } }),
  'cut-off-changes': withRun({ end: { kind: 'cut off', stage: 'changes' } }),
});

/** Work that went well, and says of itself no way on. */
const endedStates = (): Readonly<Record<string, PageFacts>> => ({
  'removal-done': withRun(
    {
      ...seen,
      ...removing,
      steps: [],
      outcome: {
        tone: 'good',
        title: 'Contoso Ltd is removed from the tenant.',
        lines: ['The application can be restored until 24 December 2026.'],
        ways: [],
      },
      end: { kind: 'done' },
    },
    { state: stateWith({ record: removed }) },
  ),
  'renewal-finished': withRun(
    {
      title: 'Finishing the renewal of Contoso Ltd',
      command: 'finishRenewal',
      outcome: {
        tone: 'good',
        title: 'Contoso Ltd: the old client secret is removed. From now on T&A needs the new one.',
        lines: [],
        ways: [],
      },
      end: { kind: 'done' },
    },
    { state: stateWith({ record: setUpRecord('2027-05-22T22:00:00Z', { admin: grace }) }) },
  ),
  'part-done': withRun(
    {
      ...seen,
      aim: 'part',
      proves: false,
      steps: (seen.plan?.changes ?? [])
        .slice(0, 1)
        .map((what) => ({ what, state: 'done', startedAt: now, ms: 300, answers: [] })),
      end: { kind: 'done' },
    },
    { state: stateWith({ record: begunRecord }) },
  ),
  'set-up-done': withRun(
    {
      ...seen,
      steps: [{ what: 'proof', state: 'done', startedAt: now, answers: [] }],
      end: { kind: 'done' },
    },
    { emailFollows: false, state: stateWith({ record: unverified }) },
  ),
  'look-done': withRun({
    ...seen,
    title: 'Looking at Contoso Ltd',
    command: 'previewChanges',
    end: { kind: 'done' },
  }),
});

const resultStates = (): Readonly<Record<string, PageFacts>> => ({
  'result-running': withRun({
    ...imported,
    steps: [{ what: 'proof', state: 'running', startedAt: now, answers: [] }],
    wait: { reason: 'Waiting until Microsoft Entra knows the application everywhere', until: now + 4000 },
  }),
  'result-with-admin': withRun(
    {
      ...imported,
      steps: [],
      outcome: {
        tone: 'good',
        title: 'Contoso Ltd: the application is recorded',
        lines: [
          "The client secret is with the customer's administrator, who enters it in T&A and presses Test there.",
        ],
        ways: [],
      },
      end: { kind: 'done' },
    },
    { state: stateWith({ record: importedRecord }) },
  ),
  'result-kept': { ...savedFacts, state: stateWith({ record: importedRecord }) },
  'exchange-refuses': withRun(
    {
      ...seen,
      steps: [{ what: 'proof', state: 'done', startedAt: now, answers: [] }],
      end: { kind: 'failed', failure: scopeFailures.waitingForExchange('ta@contoso.com', 0) },
    },
    { state: stateWith({ record: begunRecord }) },
  ),
  'result-refused': withRun({
    ...imported,
    end: {
      kind: 'failed',
      failure: errors.badInput({
        file: '/customers/contoso/what-the-administrator-of-contoso-sent-back.txt',
        path: 'sealedSecret',
        expected: say`a result block of the script`,
      }),
    },
  }),
});

/** What the page shows of work that is no set-up, and what came of it. */
export const outcomeStates = (): Readonly<Record<string, PageFacts>> => ({
  'removal-question': withRun({
    ...removing,
    question: {
      kind: 'either',
      title: 'What should happen to the client secret on this computer?',
      lines: ['The client secret works again if the application is restored.'],
      refuse: 'Keep the Preferences File',
      agree: 'Delete the File and the Copy in VS Code',
    },
  }),
  'removal-plan': withRun({
    ...seen,
    ...removing,
    ...(seen.plan && { question: { kind: 'removal', plan: seen.plan } }),
  }),
  ...endedStates(),
  'script-written': withRun({
    command: 'createAdminScript',
    outcome: {
      tone: 'good',
      title: 'The script is written: contoso.set-up.ps1',
      lines: ["Send it to the customer's administrator; its first lines say how to run it."],
      ways: [
        { action: 'openResult', label: 'Open Script', primary: true, deed: () => undefined },
        { action: 'next', label: "Import Administrator's Result…", deed: () => undefined },
      ],
    },
    end: { kind: 'done' },
  }),
  ...resultStates(),
  'check-needs-action': withRun({
    title: 'Checking Contoso Ltd',
    command: 'checkCustomer',
    outcome: {
      tone: 'warn',
      title: 'Contoso Ltd needs action',
      lines: ['The client secret expires in 5 days. Renew it before then.'],
      ways: [
        { action: 'next', label: 'Renew Secret…', primary: true, deed: () => undefined },
        { action: 'openResult', label: 'Show All Findings', deed: () => undefined },
      ],
    },
    end: { kind: 'done' },
  }),
  'hand-over-renewing': {
    ...savedFacts,
    onlyCopy: true,
    state: stateWith({
      record: {
        ...setUpRecord('2027-05-22T22:00:00Z', { admin: grace }),
        renewal: {
          since: '2026-11-24T10:00:00Z',
          oldSecret: { keyId: 'key-0', hint: 'xyz', displayName: 'old', expiresAt: '2026-12-10T10:00:00Z' },
          ownSignIns: [],
        },
      },
    }),
  },
});
