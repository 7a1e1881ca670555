import * as vscode from 'vscode';
import type {
  Action,
  Block,
  Item,
  Press,
  Simple,
  StageName,
  StageView,
  Tone,
} from '../../../contract/set-up.ts';
import { type Move, standingOf } from '../../../core/customer/standing.ts';
import { type Failure, people } from '../../../core/words/failure.ts';
import { coreWords } from '../../core-words.ts';
import { commandOf } from '../../customers/next-move.ts';
import type { CustomerState } from '../../customers/state.ts';
import type { Editing } from '../customer-editor.ts';
import { type RunState, stageOfRun } from '../run-state.ts';
import type { Written } from '../written-files.ts';

/** All that a page is made of: what is typed, what the files say, and how far the work is. */
export interface PageFacts {
  readonly id: string;
  readonly editing: Editing;
  /** `undefined` for a customer that has no file yet. */
  readonly state: CustomerState | undefined;
  readonly run: RunState | undefined;
  /** Whether the files of the open folder are used. */
  readonly trusted: boolean;
  readonly practice: { readonly running: boolean; readonly problems: readonly string[] };
  readonly handedOver: Written | undefined;
  readonly exported: Written | undefined;
  /** Whether VS Code keeps no second copy of a client secret on this computer. */
  readonly onlyCopy: boolean;
  /** Whether the test email is shown when a set-up is done. */
  readonly emailFollows: boolean;
  readonly language: string;
  readonly now: number;
}

/** What a stage shows; its place in the story is told elsewhere. */
export type StageBody = Pick<StageView, 'lead' | 'blocks' | 'bar'> & { readonly form?: boolean };

export const press = (action: Action, label: string, primary = false): Press => ({
  action,
  label,
  ...(primary && { primary }),
});

export const presses = (...all: Press[]): Simple => ({ kind: 'presses', presses: all });

export const sentence = (text: string, tone: Tone = 'plain'): Simple => ({ kind: 'text', text, tone });

export const listCard = (title: string, items: Item[], numbered = false): Simple => ({
  kind: 'list',
  title,
  details: vscode.l10n.t('Details'),
  copy: vscode.l10n.t('Copy'),
  copied: vscode.l10n.t('Copied'),
  numbered,
  items,
});

export const noBar: StageBody['bar'] = { presses: [], note: '' };

/** Which way out of a failure the page itself offers, by its code. It is in the bar, as every next action is. */
export function waysOut({ code }: Failure, command: string | undefined): StageBody['bar'] {
  const log = press('showLog', vscode.l10n.t('Show Log'));
  // What was wrong with a result is mended by another one, not in a file here.
  if (command === 'importAdminResult')
    return { presses: [press('again', vscode.l10n.t('Import Again…'), true), log], note: '' };
  // The domain, or its cloud, is corrected on the page.
  const edit = press('editCustomer', vscode.l10n.t('Edit Customer'), true);
  const ways: Partial<Record<string, Press>> = {
    'TA-TENANT-NOT-FOUND': edit,
    'TA-WRONG-CLOUD': edit,
    AADSTS90002: edit,
    'TA-NOT-IGNORED': press('addIgnoreLine', vscode.l10n.t('Add the Line'), true),
    'TA-BAD-INPUT': movePress('correct', true),
    'TA-WAITING-FOR-EXCHANGE': movePress('prove scope', true),
  };
  const way = ways[code];
  const repeat =
    code === 'TA-WAITING-FOR-EXCHANGE'
      ? press('createMailboxScopeScript', vscode.l10n.t('Create Mailbox Scope Script…'))
      : press('again', vscode.l10n.t('Try Again'), way === undefined);
  return { presses: [...(way ? [way] : []), repeat, log], note: '' };
}

/** Of the work that ended in this stage before it was done. */
export function endCard(facts: PageFacts, stage: StageName): Block[] {
  const failure = failedIn(facts, stage);
  if (!failure) return [];
  if (facts.run?.end?.kind !== 'stopped') return [failureCard(failure)];
  const blocks = [sentence(coreWords(failure.words))];
  const title = vscode.l10n.t('Cancelled: {0}', facts.run.title);
  return [{ kind: 'card', tone: 'warn', title, blocks }];
}

export const cutOffTitle = ({ title }: RunState): string => vscode.l10n.t('Interrupted: {0}', title);

/** Work whose window was closed or reloaded: what became of it, and the way on, before what the stage shows anyway. */
export function cutOffBody(facts: PageFacts, stage: (facts: PageFacts) => StageBody): StageBody {
  const { run } = facts;
  const below = stage({ ...facts, run: undefined });
  if (run?.end?.kind !== 'cut off') return below;
  const lost = {
    signIn: [
      vscode.l10n.t('VS Code was closed or reloaded before anyone had signed in. Nothing was changed.'),
      vscode.l10n.t('The code that was shown before no longer works. Start again to get a new one.'),
    ],
    plan: [
      vscode.l10n.t('VS Code was closed or reloaded before you had agreed to the plan. None of it was done.'),
      vscode.l10n.t('The sign-in was only in that window. Start again to sign in and to see the plan.'),
    ],
    changes: [
      vscode.l10n.t('VS Code was closed or reloaded in the middle of this. What exists is in the record.'),
      vscode.l10n.t('Start again: it looks first, and does only what is left.'),
    ],
  };
  const { stage: at } = run.end;
  const lines = at === 'signIn' || at === 'plan' ? lost[at] : lost.changes;
  const blocks = lines.map((line) => sentence(line));
  return {
    ...below,
    lead: '',
    blocks: [{ kind: 'card', tone: 'warn', title: cutOffTitle(run), blocks }, ...below.blocks],
    bar: {
      presses: [
        press('again', vscode.l10n.t('Start Again'), true),
        press('dismiss', vscode.l10n.t('Dismiss')),
      ],
      note: '',
    },
  };
}

/** What did not work, why, who acts and what to do, and what support asks for. */
export function failureCard(failure: Failure): Block {
  const { words, advice, code, status, requestId, detail } = failure;
  const support = [code, status === undefined ? '' : `HTTP ${status}`, requestId ?? ''];
  return {
    kind: 'card',
    title: coreWords(words),
    tone: 'bad',
    blocks: [
      sentence(vscode.l10n.t('Cause: {0}', coreWords(advice.cause))),
      sentence(vscode.l10n.t('Action for: {0}', coreWords(people[advice.who]))),
      sentence(vscode.l10n.t('What to do: {0}', coreWords(advice.next))),
      ...(detail === undefined ? [] : [sentence(vscode.l10n.t('Microsoft said: {0}', detail), 'muted')]),
      sentence(support.filter((part) => part !== '').join(' · '), 'muted'),
    ],
  };
}

/** A customer that was set up in the other world: practised, or real. */
export function otherWorld({ state, practice }: PageFacts): StageBody | undefined {
  const kind = state?.record?.kind;
  if (kind === undefined || (kind === 'practice') === practice.running) return undefined;
  const rehearsed = kind === 'practice';
  const title = rehearsed
    ? vscode.l10n.t('This customer was set up in the practice tenant, which is not running')
    : vscode.l10n.t('This customer was set up at Microsoft, and the practice tenant is running');
  const why = rehearsed
    ? vscode.l10n.t('Start the practice tenant to continue. A practice customer never goes to Microsoft.')
    : vscode.l10n.t(
        'Stop the practice tenant to continue. While it is running, nothing is sent to Microsoft.',
      );
  const way = rehearsed
    ? press('startPractice', vscode.l10n.t('Start Practice Tenant'), true)
    : press('stopPractice', vscode.l10n.t('Stop Practice Tenant'), true);
  return {
    lead: '',
    blocks: [{ kind: 'card', tone: 'warn', title, blocks: [sentence(why)] }],
    bar: { presses: [way], note: '' },
  };
}

/** Nothing here can do what is left. */
export const withAdminText = (): string =>
  vscode.l10n.t(
    "The client secret is with the customer's administrator, who enters it in T&A and presses Test there.",
  );

const actions: Readonly<Record<Exclude<Move, 'hand over'>, Action>> = {
  correct: 'openCustomerFile',
  'set up': 'setUp',
  resume: 'setUp',
  remove: 'removeCustomer',
  'prove scope': 'proveMailboxScope',
  ask: 'createAdminScript',
  renew: 'renewSecret',
  'finish renewal': 'finishRenewal',
  check: 'checkCustomer',
  'send test email': 'sendTestEmail',
};

/** What a person does next with this customer, as the files tell. */
export function nextMove({ state, handedOver, now }: PageFacts): Press {
  const { customer, record, seen } = state ?? {};
  const { status, move } = standingOf({ customer, record, seen }, now);
  if (move === 'hand over') return handOverPress(handedOver, true);
  return movePress(move, status !== 'removed');
}

/** `isNext`: it is the next action. */
export const movePress = (move: keyof typeof actions, isNext = false): Press =>
  press(actions[move], commandOf(move)[0], isNext);

/** `isNext`: nothing else comes before it. */
export const handOverPress = (handedOver: Written | undefined, isNext: boolean): Press =>
  handedOver
    ? press('handOver', vscode.l10n.t('Hand Over Again…'))
    : press('handOver', vscode.l10n.t('Hand Over…'), isNext);

/** When the work ended with a failure: in which stage it is shown. */
export function failedIn({ run }: PageFacts, stage: StageName): Failure | undefined {
  const { end } = run ?? {};
  if (!run || !end || !('failure' in end)) return undefined;
  return stageOfRun(run) === stage ? end.failure : undefined;
}
