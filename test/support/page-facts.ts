import { makePlan } from '../../src/core/setup/plan.ts';
import { preFlight } from '../../src/core/setup/pre-flight.ts';
import type { Editing } from '../../src/extension/set-up/customer-editor.ts';
import { valuesOf } from '../../src/extension/set-up/draft.ts';
import type { RunState } from '../../src/extension/set-up/run-state.ts';
import type { PageFacts } from '../../src/extension/set-up/views/page-facts.ts';
import { contoso, now, type SnapshotBuilder } from './snapshot.ts';

export const customerPath = '/customers/contoso/contoso.ta-customer.json';
export const grace = { objectId: '1', userPrincipalName: 'grace@contoso.com', displayName: 'Grace Admin' };
export const anton = {
  objectId: '2',
  userPrincipalName: 'anton@contoso.com',
  displayName: 'Anton Application',
};

export const typed: Editing = {
  values: valuesOf({ name: 'Contoso Ltd', tenant: 'contoso.com', fromAddress: 'ta@contoso.com' }, undefined),
  problems: {},
  changed: true,
  lookup: { kind: 'found', cloud: 'Microsoft 365 worldwide (and GCC)' },
  folder: '/home/grace/customers',
  folderProblem: '',
  ignorable: false,
};

export const blankFacts: PageFacts = {
  id: 'new',
  editing: { ...typed, values: valuesOf({}, undefined), changed: false, lookup: { kind: 'none' } },
  state: undefined,
  run: undefined,
  trusted: true,
  practice: { running: true, problems: [] },
  handedOver: undefined,
  exported: undefined,
  onlyCopy: false,
  emailFollows: true,
  language: 'en',
  now,
};

type State = NonNullable<PageFacts['state']>;

export function stateWith(change: Partial<State> = {}): State {
  const uri = Object.assign(Object.create(null), { fsPath: customerPath, toString: () => customerPath });
  return {
    file: { uri, stem: 'contoso' },
    paths: { customer: customerPath, record: '/r', preferences: '/p' },
    customer: contoso,
    record: undefined,
    seen: undefined,
    problem: undefined,
    ...change,
  };
}

export const savedFacts: PageFacts = {
  ...blankFacts,
  id: 'contoso',
  editing: { ...typed, values: valuesOf({}, contoso), changed: false },
  state: stateWith(),
};

const blankRun: RunState = {
  title: 'Setting up Contoso Ltd',
  startedAt: now,
  proves: true,
  aim: 'set-up',
  command: 'resumeSetUp',
  steps: [],
};

/** After the look at a tenant. */
export function looked(tenant: SnapshotBuilder, admin = grace): RunState {
  const { existing } = tenant;
  const plan = makePlan(contoso, existing, now);
  const findings = preFlight(contoso, existing, now);
  return { ...blankRun, admin, plan, findings, question: { kind: 'confirm', plan, saved: undefined } };
}

export const withRun = (run: Partial<RunState>, change: Partial<PageFacts> = {}): PageFacts => ({
  ...savedFacts,
  run: { ...blankRun, ...run },
  ...change,
});
