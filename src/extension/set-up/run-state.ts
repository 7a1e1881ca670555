import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Press, StageName } from '../../contract/set-up.ts';
import type { ConsentRequest } from '../../core/setup/consent-request.ts';
import type { Finding } from '../../core/setup/finding.ts';
import type { StandingGrant } from '../../core/setup/permissions.ts';
import type { Plan } from '../../core/setup/plan.ts';
import type { SavedPlan } from '../../core/setup/saved-plan.ts';
import type { PartName } from '../../core/setup/step.ts';
import type { Change } from '../../core/setup/steps.ts';
import type { Candidate } from '../../core/setup/survey.ts';
import type { Session } from '../../core/sign-in/session.ts';
import type { OnboardProgress } from '../../core/stories/onboard.ts';
import type { NamedApplication } from '../../core/tenant/applications.ts';
import type { Failure } from '../../core/words/failure.ts';
import type { Words } from '../../core/words/say.ts';
import type { AdminPurpose } from '../sign-in/admin-text.ts';

/** What an admin is asked for; the person may change the way at any time. `refused`: a policy allows no codes. */
export type SignInState = { readonly access: AdminPurpose } & (
  | {
      readonly way: 'device code';
      readonly userCode: string;
      readonly page: string;
      readonly expiresAt: number;
    }
  | { readonly way: 'browser' }
  | { readonly way: 'refused'; readonly refusal: Failure }
);

/** What only a person can decide. */
export type OpenQuestion =
  | { readonly kind: 'confirm'; readonly plan: Plan; readonly saved: SavedPlan | undefined }
  | { readonly kind: 'adopt'; readonly candidate: Candidate }
  | { readonly kind: 'remove'; readonly grants: readonly StandingGrant[] }
  | { readonly kind: 'deleted'; readonly application: NamedApplication }
  /** Another part has to come before the one that was asked for. */
  | { readonly kind: 'first'; readonly part: PartName }
  /** Whether what the plan shows is removed; the customer's name is entered after it. */
  | { readonly kind: 'removal'; readonly plan: Plan }
  | ({ readonly kind: 'either' } & Either);

/** One of two; `refuse` is the one that changes less. */
export interface Either {
  readonly title: string;
  readonly lines: readonly string[];
  readonly refuse: string;
  readonly agree: string;
  /** Whether to agree is what the person came for. */
  readonly wanted?: boolean;
}

/** What came of the work, where its steps do not tell it, and the ways on from there. */
export interface Outcome {
  readonly tone: 'good' | 'warn';
  readonly title: string;
  readonly lines: readonly string[];
  readonly ways: readonly Way[];
}

interface Way extends Press {
  readonly deed: () => unknown;
}

/** Goes on with another command on the same customer. */
export const commandWay = (label: string, command: string, customer: vscode.Uri): Way => ({
  action: 'next',
  label,
  primary: true,
  deed: () => vscode.commands.executeCommand(`taExchange.${command}`, customer),
});

/** A script for someone else is there: what they do with it, and the command that comes after it. */
export const scriptWritten = (script: string, lines: readonly string[], after: Way): Outcome => ({
  tone: 'good',
  title: vscode.l10n.t('The script is written: {0}', basename(script)),
  lines: [...lines, script],
  ways: [
    {
      action: 'openResult',
      label: vscode.l10n.t('Open Script'),
      primary: true,
      deed: () => vscode.window.showTextDocument(vscode.Uri.file(script)),
    },
    { ...after, primary: false },
  ],
});

/** A change under way, or one of the proofs after it. Times in epoch milliseconds. */
export interface RunStep {
  readonly what: Change | 'proof' | 'mailbox scope';
  readonly state: 'running' | 'done' | 'failed';
  readonly startedAt: number;
  readonly ms?: number;
  /** `200 ac9555ec-...`: status and request id of each answer. */
  readonly answers: readonly string[];
}

export type RunEnd =
  | { readonly kind: 'done' }
  /** `stage`: where it stood then. */
  | { readonly kind: 'stopped' | 'failed'; readonly failure: Failure; readonly stage?: StageName }
  /** Its window was closed or reloaded. */
  | { readonly kind: 'cut off'; readonly stage: StageName };

/** How far one piece of work on a customer is: what every page of that customer shows. */
export interface RunState {
  readonly title: string;
  readonly startedAt: number;
  /** Whether a proof follows the changes. */
  readonly proves: boolean;
  /** What its plan is the whole of. */
  readonly aim: 'set-up' | 'part' | 'removal';
  /** What does it once more. */
  readonly command: string;
  readonly signIn?: SignInState | undefined;
  /** Pressed before there was anything to sign in to. */
  readonly wantsBrowser?: boolean;
  readonly admin?: Session['admin'];
  readonly findings?: readonly Finding[];
  readonly plan?: Plan;
  readonly question?: OpenQuestion | undefined;
  readonly steps: readonly RunStep[];
  /** What is done now, where it is no step. */
  readonly says?: string | undefined;
  readonly wait?: { readonly reason: Words | string | undefined; readonly until: number } | undefined;
  readonly consent?:
    | { readonly request: ConsentRequest; readonly since: number; readonly kept: boolean }
    | undefined;
  /** Ended for another sign-in, after which the same work goes on: what was agreed to stays agreed to. */
  readonly signsInAgain?: boolean;
  /** Since when Exchange is waited for. */
  readonly exchange?: number | undefined;
  readonly outcome?: Outcome;
  readonly end?: RunEnd;
}

/** The state after one more event of core. */
export function after(state: RunState, event: OnboardProgress, now: number): RunState {
  switch (event.kind) {
    case 'signed in':
      return { ...state, admin: event.admin, signIn: undefined, wait: undefined };
    case 'looked':
      return { ...state, findings: event.findings, plan: event.plan, wait: undefined };
    case 'started':
      return { ...state, steps: begun(state.steps, event.change, now), wait: undefined };
    case 'done':
      return afterDone(state, event.change, now);
    case 'waiting':
      return { ...state, wait: { reason: event.reason, until: now + event.ms } };
    case 'consent asked':
      return { ...state, consent: { request: event.request, since: now, kept: false } };
    case 'waiting for consent':
      return { ...state, wait: { reason: undefined, until: now + event.ms } };
    case 'proved':
      return { ...state, steps: done(state.steps, 'proof', now), wait: undefined };
    case 'waiting for Exchange': {
      const wait = { reason: undefined, until: now + event.ms };
      return { ...state, wait, exchange: now - event.waitedMs };
    }
    case 'kept out':
      return {
        ...state,
        steps: done(state.steps, 'mailbox scope', now),
        wait: undefined,
        exchange: undefined,
      };
    case 'tenant':
    case 'mail':
    case 'looking for the mail':
    case 'receipt':
      return state;
    default:
      return event satisfies never;
  }
}

/** After the last change comes the proof, where the work has one; in a renewal before the file is written. */
function afterDone(state: RunState, change: Change, now: number): RunState {
  const changed = done(state.steps, change, now);
  const changes = state.plan?.changes ?? [];
  const last = changes.at(-1);
  const isLater = last?.kind === 'write-preferences' && last.afterProof;
  const isNext = change === changes.at(isLater ? -2 : -1);
  const steps = isNext && state.proves ? begun(changed, 'proof', now) : changed;
  return { ...state, steps, wait: undefined, consent: undefined };
}

/** A step that an administrator had to be asked about begins a second time. */
export function begun(steps: readonly RunStep[], what: RunStep['what'], now: number): readonly RunStep[] {
  const known = steps.find((step) => step.what === what);
  if (!known) return [...steps, { what, state: 'running', startedAt: now, answers: [] }];
  return steps.map((step) => (step === known ? { ...step, state: 'running' } : step));
}

function done(steps: readonly RunStep[], what: RunStep['what'], now: number): readonly RunStep[] {
  return begun(steps, what, now).map((step) =>
    step.what === what ? { ...step, state: 'done', ms: now - step.startedAt } : step,
  );
}

/** What a service answered belongs to the steps under way: one `$batch` may carry several. */
export function answered(state: RunState, status: number, requestId: string | undefined): RunState {
  if (requestId === undefined || !state.steps.some((step) => step.state === 'running')) return state;
  const answer = `HTTP ${status}, ${requestId}`;
  const steps = state.steps.map((step) =>
    step.state === 'running' ? { ...step, answers: [...step.answers, answer].slice(-10) } : step,
  );
  return { ...state, steps };
}

/** The last state of a piece of work. What a failure left half-way is marked as such. */
export function withEnd(state: RunState, end: RunEnd, now: number): RunState {
  const unfinished = end.kind === 'stopped' || end.kind === 'failed';
  const steps = state.steps.map((step) =>
    step.state === 'running'
      ? { ...step, state: unfinished ? ('failed' as const) : ('done' as const), ms: now - step.startedAt }
      : step,
  );
  const over = { signIn: undefined, question: undefined, says: undefined, wait: undefined };
  const stage = stageIfStopped(state);
  return { ...state, ...over, steps, end: unfinished && stage ? { ...end, stage } : end };
}

/** Where it stands if it stops now: after the first change a sign-in is one in the middle of the changes. */
export const stageIfStopped = (state: RunState): StageName | undefined =>
  state.steps.length > 0 ? 'changes' : stageOfRun(state);

/** No one signs in for these. */
const withoutAdmin = ['checkCustomer', 'createAdminScript', 'importAdminResult', 'proveMailboxScope'];

/** At which stage a piece of work is. */
export function stageOfRun(run: RunState): StageName | undefined {
  const { end, steps, admin, signIn, consent, question, says, command } = run;
  if (end?.kind === 'done') return stageOfEnd(run);
  if (end?.stage) return end.stage;
  if (signIn) return 'signIn';
  if (question) return 'plan';
  if (steps.length > 0 || consent) return 'changes';
  if (says !== undefined || withoutAdmin.includes(command)) return 'changes';
  return admin ? 'plan' : 'signIn';
}

/** Where work that went well leaves its person; `undefined`: where the files say. */
function stageOfEnd({ steps, plan, command, outcome }: RunState): StageName | undefined {
  if (outcome) return 'changes';
  if (steps.some(({ what }) => what === 'proof')) return undefined;
  const isLook = plan !== undefined || command === 'signIn';
  return isLook && steps.length === 0 ? 'plan' : 'changes';
}
