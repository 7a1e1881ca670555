import * as vscode from 'vscode';
import { type SetUpView, type StageName, type StageView, stageNames } from '../../../contract/set-up.ts';
import { standingOf } from '../../../core/customer/standing.ts';
import { rehearsal } from '../../../core/words/faces.ts';
import { leadsToMicrosoft } from '../../../core/words/places.ts';
import { plain } from '../../../core/words/say.ts';
import { coreWords } from '../../core-words.ts';
import { statusWords } from '../../customers/tree/words.ts';
import { practiceWay } from '../../practice-words.ts';
import { repeatable } from '../draft.ts';
import { type RunEnd, type RunState, stageOfRun } from '../run-state.ts';
import { changesStage } from './changes-stage.ts';
import { customerStage } from './customer-stage.ts';
import { emailStage, handOverStage } from './last-stages.ts';
import {
  cutOffBody,
  cutOffTitle,
  otherWorld,
  type PageFacts,
  press,
  type StageBody,
  sentence,
} from './page-facts.ts';
import { inTenant, planStage } from './plan-stage.ts';
import { signInStage } from './sign-in-stage.ts';

const bodies: Readonly<Record<StageName, (facts: PageFacts) => StageBody>> = {
  customer: customerStage,
  signIn: signInStage,
  plan: planStage,
  changes: changesStage,
  email: emailStage,
  handOver: handOverStage,
};

const titles = (): Readonly<Record<StageName, string>> => ({
  customer: vscode.l10n.t('Customer'),
  signIn: vscode.l10n.t('Sign in'),
  plan: vscode.l10n.t('Check and plan'),
  changes: vscode.l10n.t('Changes and proof'),
  email: vscode.l10n.t('Test email'),
  handOver: vscode.l10n.t('Hand over'),
});

/** What work that is no set-up is called, in place of the changes. */
const works = (): Partial<Record<string, string>> => ({
  checkCustomer: vscode.l10n.t('Check'),
  removeCustomer: vscode.l10n.t('Removal'),
  renewSecret: vscode.l10n.t('Renewal'),
  finishRenewal: vscode.l10n.t('Renewal'),
  adoptRegistration: vscode.l10n.t('Adoption'),
  keepSecretInVault: vscode.l10n.t('Key Vault'),
  createAdminScript: vscode.l10n.t("Administrator's script"),
  importAdminResult: vscode.l10n.t("Administrator's result"),
  proveMailboxScope: vscode.l10n.t('Mailbox scope'),
});

const titleOf = (name: StageName, run: RunState | undefined): string =>
  (name === 'changes' && run && works()[run.command]) || titles()[name];

/** The whole page, made of what is known. Pure. */
export function pageView(given: PageFacts): SetUpView {
  // What has ended in another world leads nowhere in this one.
  const facts = given.run?.end && otherWorld(given) ? { ...given, run: undefined } : given;
  const { id, editing, state, run, practice } = facts;
  const name = state?.customer?.name ?? (repeatable(editing.values.name) || state?.file.stem);
  const now = stageNow(facts);
  const practised = practice.running || state?.record?.kind === 'practice';
  const stages = stageNames.map((each) => {
    const stage = withWayBack(stageView(each, facts), now, run);
    return practised ? rehearsed(stage) : stage;
  });
  return {
    id,
    title: name ?? vscode.l10n.t('New customer'),
    subtitle: subtitleOf(facts),
    stagesLabel: vscode.l10n.t('Stages of the set-up'),
    ...(practised && { practice: practiceBand(practice) }),
    stages,
    now,
    begun: run?.startedAt ?? 0,
    say: sayOf(run) ?? stages.find((stage) => stage.name === now)?.title ?? '',
  };
}

/** What a stage sends someone to Microsoft for cannot be found there; of what a check found core says so. */
function rehearsed(stage: StageView): StageView {
  const text = JSON.stringify([stage.lead, stage.blocks]);
  const isToBeSaid = leadsToMicrosoft(text) && !text.includes(coreWords(rehearsal));
  return isToBeSaid ? { ...stage, blocks: [...stage.blocks, sentence(practiceWay())] } : stage;
}

function practiceBand({ running, problems }: PageFacts['practice']): NonNullable<SetUpView['practice']> {
  const touched = vscode.l10n.t('nothing outside this computer is touched');
  const rehearsed =
    problems.length > 0 ? vscode.l10n.t('problems rehearsed: {0}', problems.join(', ')) : undefined;
  return {
    mark: vscode.l10n.t('PRACTICE'),
    text: [touched, rehearsed].filter((part) => part !== undefined).join(' · '),
    press: running
      ? press('openPractice', vscode.l10n.t('Open Practice Tenant'))
      : press('startPractice', vscode.l10n.t('Start Practice Tenant')),
  };
}

function subtitleOf({ state, now }: PageFacts): string {
  if (!state) return vscode.l10n.t('set-up');
  const { customer, record } = state;
  const words = statusWords(standingOf(state, now));
  return [record?.tenant.domain ?? customer?.tenant, words].filter((part) => part !== undefined).join(' · ');
}

/** Where the story is: with the work under way, otherwise where the files say that it goes on. */
function stageNow({ state, run, emailFollows, now }: PageFacts): StageName {
  const fromRun = run && stageOfRun(run);
  if (fromRun) return fromRun;
  if (run && !emailFollows) return 'changes';
  if (!state?.customer) return 'customer';
  const { status, stages } = standingOf(state, now);
  switch (status) {
    case 'removed':
    case 'unreadable':
    case 'not set up':
      return 'customer';
    case 'unfinished':
    case 'removal unfinished':
    case 'waiting for consent':
    case 'waiting for Exchange':
      return 'changes';
    case 'unverified':
      return 'email';
    case 'renewing':
      // With the new secret nothing was sent yet.
      return ['missing', 'outdated'].includes(stages?.verification ?? '') ? 'email' : 'handOver';
    default:
      return 'handOver';
  }
}

/** No bar is empty: a stage that has nothing to do leads to the one at hand. */
function withWayBack(stage: StageView, now: StageName, run: RunState | undefined): StageView {
  if (stage.name === now || stage.form || stage.bar.presses.length > 0) return stage;
  const back = press('atHand', vscode.l10n.t('Go to {0}', titleOf(now, run)));
  return { ...stage, bar: { ...stage.bar, presses: [back] } };
}

function stageView(name: StageName, facts: PageFacts): StageView {
  const isCut = isCutOffIn(name, facts.run);
  const { form = false, ...body } = isCut ? cutOffBody(facts, bodies[name]) : bodies[name](facts);
  const state = stateOf(name, facts);
  const states: Readonly<Record<StageView['state'], string>> = {
    open: vscode.l10n.t('open'),
    done: vscode.l10n.t('done'),
    waiting: vscode.l10n.t('waiting'),
    failed: vscode.l10n.t('needs attention'),
  };
  return {
    name,
    title: titleOf(name, facts.run),
    note: noteOf(name, facts),
    state,
    stateText: states[state],
    ...body,
    form,
  };
}

const isCutOffIn = (name: StageName, run: RunState | undefined): boolean =>
  run?.end?.kind === 'cut off' && run.end.stage === name;

const hasFailedIn = (name: StageName, run: RunState | undefined): boolean =>
  isCutOffIn(name, run) || (run?.end !== undefined && 'failure' in run.end && stageOfRun(run) === name);

/** Which stages have nothing left to do. */
function doneStages({ state, run, handedOver, now }: PageFacts): Readonly<Record<StageName, boolean>> {
  const { customer, record } = state ?? {};
  const { stages } = standingOf({ customer, record }, now);
  const proved = stages?.proof === 'done' || stages?.proof === 'elsewhere';
  const live = run !== undefined && run.end === undefined;
  const isOther = works()[run?.command ?? ''] !== undefined;
  return {
    customer: customer !== undefined,
    signIn: (run?.admin ?? record?.admin) !== undefined,
    plan: proved || (run?.steps.length ?? 0) > 0,
    changes: isOther ? run?.end?.kind === 'done' && run.outcome?.tone !== 'warn' : proved && !live,
    email: stages?.verification === 'done',
    handOver: handedOver !== undefined,
  };
}

function stateOf(name: StageName, facts: PageFacts): StageView['state'] {
  const { state, run } = facts;
  if (hasFailedIn(name, run) || (name === 'customer' && state?.problem)) return 'failed';
  const asked = run?.end === undefined && (run?.consent !== undefined || run?.exchange !== undefined);
  if (name === 'changes' && (asked || state?.record?.consent)) return 'waiting';
  if (doneStages(facts)[name]) return 'done';
  return name === 'signIn' && run?.signIn ? 'waiting' : 'open';
}

function noteOf(name: StageName, { state, editing, run }: PageFacts): string {
  switch (name) {
    case 'customer':
      return state?.customer?.tenant ?? repeatable(editing.values.tenant);
    case 'signIn':
      return (
        plain(run?.admin?.userPrincipalName ?? state?.record?.admin?.userPrincipalName ?? '') ||
        vscode.l10n.t('administrator')
      );
    case 'plan':
      return vscode.l10n.t('before any change');
    case 'changes':
      if (run?.consent) return vscode.l10n.t('waiting for consent');
      if (run?.exchange !== undefined) return vscode.l10n.t('waiting for Exchange');
      return changesWords(inTenant(run?.plan?.changes ?? []).length);
    default:
      return '';
  }
}

function changesWords(count: number): string {
  if (count === 0) return '';
  return count === 1 ? vscode.l10n.t('1 change') : vscode.l10n.t('{0} changes', count);
}

/** What a screen reader hears while the work goes on. */
export function sayOf(run: RunState | undefined): string | undefined {
  if (!run) return undefined;
  const { end, signIn, consent, exchange, question, steps, says } = run;
  if (end) return sayOfEnd(run, end);
  if (signIn?.way === 'device code') return vscode.l10n.t('Sign-in code {0}', [...signIn.userCode].join(' '));
  if (signIn) return vscode.l10n.t('Waiting for the sign-in in the browser');
  if (question?.kind === 'confirm')
    return vscode.l10n.t('The plan is ready. Nothing is changed before you agree.');
  if (question) return vscode.l10n.t('A question has to be answered first.');
  if (consent) return vscode.l10n.t('Waiting for consent');
  if (exchange !== undefined) return vscode.l10n.t('Waiting for Exchange');
  const done = steps.filter(({ state }) => state === 'done').length;
  return steps.length > 0 ? vscode.l10n.t('Steps done: {0}', done) : says;
}

function sayOfEnd(run: RunState, end: RunEnd): string {
  if (end.kind === 'cut off') return cutOffTitle(run);
  return 'failure' in end ? coreWords(end.failure.words) : (run.outcome?.title ?? vscode.l10n.t('Done'));
}
