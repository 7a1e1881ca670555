import { placeFailures } from '../../src/core/files/place-failures.ts';
import { setUpFailures } from '../../src/core/setup/failures.ts';
import { preFlight } from '../../src/core/setup/pre-flight.ts';
import { errors } from '../../src/core/words/errors.ts';
import { Failure } from '../../src/core/words/failure.ts';
import { say } from '../../src/core/words/say.ts';
import type { RunState, RunStep } from '../../src/extension/set-up/run-state.ts';
import type { PageFacts } from '../../src/extension/set-up/views/page-facts.ts';
import { cutOffStates, outcomeStates } from './outcome-states.ts';
import {
  anton,
  blankFacts,
  customerPath,
  grace,
  looked,
  savedFacts,
  stateWith,
  typed,
  withRun,
} from './page-facts.ts';
import { setUpRecord } from './set-up-record.ts';
import { contoso, now, snapshot } from './snapshot.ts';

const code = {
  way: 'device code',
  access: 'admin',
  userCode: 'L5BP9ZD86',
  page: 'https://microsoft.com/devicelogin',
} as const;

const blockedCode = new Failure({
  message: say`Microsoft Entra refused to wait for the device code (HTTP 400).`,
  code: 'AADSTS53003',
  advice: {
    cause: say`A Conditional Access policy of the tenant blocked the sign-in.`,
    who: "the customer's admin",
    next: say`Sign in by browser.`,
    retry: 'no',
  },
  doing: say`sign in`,
});

const ready = looked(snapshot());
const { plan } = ready;
const changes = plan?.changes ?? [];
const step = (index: number, state: RunStep['state'], startedAt = now): RunStep[] => {
  const what = changes[index];
  return what
    ? [{ what, state, startedAt, ms: 300, answers: ['HTTP 201, ac9555ec-2af0-4d0a-a1a6-29e0f1056c10'] }]
    : [];
};
const going: RunState = { ...ready, question: undefined };
const message =
  'T&A (Time & Attendance) needs your consent to send email through Exchange Online.\n\nWho can give it: a Global Administrator or Privileged Role Administrator.';

type States = Readonly<Record<string, PageFacts>>;
const record = setUpRecord('2027-05-22T22:00:00Z', { admin: grace });
const sent = stateWith({ record });
const real = stateWith({ record: { ...record, kind: 'production' } });

/** Every state of the page that a person may meet, by a name. `at`: epoch milliseconds by the page's clock. */
export const setUpStates = (at: number): States => ({
  ...customerStates(),
  ...signInStates(at),
  ...planStates(),
  ...cutOffStates(),
  ...outcomeStates(),
  ...changesStates(at),
  ...lastStates(),
});

const customerStates = (): States => ({
  'customer-new': blankFacts,
  'customer-real': { ...blankFacts, practice: { running: false, problems: [] } },
  'customer-restricted': { ...blankFacts, trusted: false },
  'customer-typed': { ...blankFacts, editing: typed },
  'customer-wrong': {
    ...blankFacts,
    editing: {
      ...typed,
      values: {
        ...typed.values,
        tenant: 'fabrikam.com',
        fromAddress: 'ta at contoso',
        lifetimeDays: '999',
      },
      problems: {
        fromAddress: 'Enter an email address such as ta@contoso.com.',
        lifetimeDays: 'Enter a number of days from 1 to 730.',
      },
      lookup: {
        kind: 'problem',
        text: 'The practice tenant has the domain contoso.com and no other.',
        known: 'contoso.com',
      },
      folderProblem: 'The file cannot be written (EROFS). Choose another folder.',
    },
  },
  'customer-broken': {
    ...blankFacts,
    state: stateWith({
      customer: undefined,
      problem: errors.badInput({ file: customerPath, path: 'mail.fromAddress', expected: say`an address` }),
    }),
  },
  'customer-record-broken': {
    ...savedFacts,
    state: stateWith({
      problem: errors.badInput({ file: '/r', path: 'secret.hint', expected: say`a text` }),
    }),
  },
  'customer-other-world': { ...savedFacts, practice: { running: false, problems: [] }, state: sent },
  'customer-other-world-real': { ...savedFacts, state: real },
});

const signInStates = (at: number): States => ({
  'sign-in-looking': withRun({}),
  'sign-in-code': withRun({ signIn: { ...code, expiresAt: at + 862_000 } }),
  'sign-in-browser': withRun({ signIn: { way: 'browser', access: 'admin' } }),
  'sign-in-blocked': withRun({ signIn: { way: 'refused', access: 'admin', refusal: blockedCode } }),
  'sign-in-failed': withRun({
    end: { kind: 'failed', failure: errors.tenantNotFound('nowhere.example', 'ac9555ec') },
  }),
});

const missing = snapshot().tenant({ sender: undefined, sendersByMail: [] });
const { sender } = snapshot().existing.snapshot;
const named = snapshot().tenant({ sender: sender && { ...sender, displayName: 'Zeiterfassung' } });

const planStates = (): States => ({
  'plan-real': withRun(ready, { practice: { running: false, problems: [] } }),
  'plan-looking': withRun({ admin: grace }),
  'plan-ready': withRun(ready),
  'plan-someone-else': withRun(looked(named.as('applicationAdministrator'), anton), {
    practice: { running: true, problems: ['May register, but not consent'] },
  }),
  'plan-blocked': withRun({
    ...looked(missing),
    question: undefined,
    end: { kind: 'failed', failure: setUpFailures.blocked(preFlight(contoso, missing.existing, now)) },
  }),
  'plan-failed': withRun({
    admin: grace,
    end: { kind: 'failed', failure: errors.timedOut(say`look at the tenant`, 30) },
  }),
  'plan-cancelled': withRun({
    ...ready,
    question: undefined,
    end: { kind: 'stopped', failure: errors.cancelled('', { doing: say`set up` }) },
  }),
  'plan-deleted': withRun({
    admin: grace,
    question: {
      kind: 'deleted',
      application: {
        uniqueName: undefined,
        objectId: '1',
        clientId: '2b4e28ba-2fa1-4d2c-883f-0016d3cca427',
        createdAt: '2026-01-02T03:04:05Z',
        displayName: 'Time and Attendance Exchange Online Integration',
        deletedAt: '2026-11-20T10:00:00Z',
      },
    },
  }),
  'plan-adopt': withRun({
    admin: grace,
    question: {
      kind: 'adopt',
      candidate: {
        clientId: '2b4e28ba-2fa1-4d2c-883f-0016d3cca427',
        displayName: 'T&A',
        createdAt: '2026-01-02T03:04:05Z',
        strangers: ['the owner Mallory', 'a certificate'],
      },
    },
  }),
});

const changesStates = (at: number): States => ({
  'changes-running': withRun({
    ...going,
    steps: [...step(0, 'done'), ...step(1, 'running', at - 12_000)],
    wait: { reason: 'Waiting until Microsoft Entra knows the application everywhere', until: at + 4000 },
  }),
  'changes-consent': withRun({
    ...going,
    steps: [...step(0, 'done'), ...step(1, 'done'), ...step(2, 'running', at - 720_000)],
    consent: { request: { link: 'https://x', message }, since: at - 720_000, kept: true },
    wait: { reason: undefined, until: at + 9000 },
  }),
  'changes-exchange': withRun({
    ...going,
    steps: step(0, 'done'),
    exchange: at - 4_200_000,
    wait: { reason: undefined, until: at + 60_000 },
  }),
  'changes-failed': withRun({
    ...going,
    steps: [...step(0, 'done'), ...step(1, 'failed')],
    end: { kind: 'failed', failure: errors.timedOut(say`add the service principal`, 30) },
  }),
  'changes-not-ignored': withRun({
    ...going,
    steps: [...step(0, 'done'), ...step(1, 'failed')],
    end: { kind: 'failed', failure: placeFailures.notIgnored('/p', '/customers', '*.ta-email.json') },
  }),
  'changes-cancelled': withRun({
    ...going,
    steps: step(0, 'done'),
    end: {
      kind: 'stopped',
      failure: errors.cancelled(say`Created so far: the application.`, { doing: say`set up` }),
    },
  }),
  'changes-interrupted': {
    ...savedFacts,
    state: stateWith({
      record: setUpRecord('2027-05-22T22:00:00Z', {
        secret: undefined,
        preferences: undefined,
        proof: undefined,
      }),
    }),
  },
});

const handedOver: PageFacts = {
  ...savedFacts,
  exported: {
    path: '/customers/contoso/Contoso Ltd - T&A entry sheet.html',
    at: '2026-11-24T10:00:00Z',
    notes: ['Readable only by you.'],
  },
  state: sent,
  handedOver: {
    path: '/customers/contoso/Contoso Ltd - T&A email hand-over',
    notes: ['Its report says that no test email has been seen to arrive yet.'],
    at: '2026-11-24T10:00:00Z',
  },
};

const lastStates = (): States => ({
  email: { ...savedFacts, state: stateWith({ record: { ...record, verification: undefined } }) },
  'hand-over': { ...savedFacts, state: sent },
  'hand-over-expiring': {
    ...savedFacts,
    state: stateWith({ record: setUpRecord('2026-12-04T22:00:00Z', { admin: grace }) }),
  },
  'hand-over-written': handedOver,
});
