import * as vscode from 'vscode';
import type { Block, Item, Tone } from '../../../contract/set-up.ts';
import type { Finding } from '../../../core/setup/finding.ts';
import { isBlocked } from '../../../core/setup/pre-flight.ts';
import { type Change, detailsOf, stepOf, titleOf } from '../../../core/setup/steps.ts';
import { people } from '../../../core/words/failure.ts';
import { plain } from '../../../core/words/say.ts';
import { coreWords } from '../../core-words.ts';
import type { RunEnd, RunState } from '../run-state.ts';
import {
  endCard,
  failedIn,
  listCard,
  noBar,
  type PageFacts,
  press,
  type StageBody,
  sentence,
  waysOut,
} from './page-facts.ts';
import { questionCard } from './question-card.ts';
import { waitLine } from './sign-in-stage.ts';

/** What was found, what will be changed, and the one question before the first change. */
export function planStage(facts: PageFacts): StageBody {
  const { run } = facts;
  if (!run || !(run.admin || run.plan || run.question || failedIn(facts, 'plan'))) {
    return {
      lead: vscode.l10n.t('After the sign-in you see here what was found and what will be changed.'),
      blocks: [],
      bar: noBar,
    };
  }
  const { question, plan, findings } = run;
  const asked =
    question && question.kind !== 'confirm' && question.kind !== 'removal' ? [questionCard(question)] : [];
  const looking = !plan && !question && !run.end;
  return {
    lead: signedIn(run),
    blocks: [
      ...(looking ? [sentence(vscode.l10n.t('Checking what already exists…'))] : []),
      ...waitLine(facts),
      ...asked,
      ...(isBlocked(findings ?? []) ? [] : endCard(facts, 'plan')),
      ...findingBlocks(findings ?? []),
      ...(plan ? planBlocks(run) : []),
    ],
    bar: planBar(facts),
  };
}

function signedIn({ admin, plan }: RunState): string {
  if (!admin) return plan ? vscode.l10n.t('Seen with the rights of the application itself') : '';
  const who = plain(admin.userPrincipalName);
  if (!plan) return vscode.l10n.t('Signed in as {0}.', who);
  const { displayName, domain, id } = plan.tenant;
  return vscode.l10n.t(
    'Signed in as {0} in {1} ({2}), tenant ID {3}.',
    who,
    plain(displayName),
    plain(domain),
    id,
  );
}

function planBar(facts: PageFacts): StageBody['bar'] {
  const { run } = facts;
  if (!run) return noBar;
  const { question, findings, admin, end, steps } = run;
  if (end && steps.length === 0 && (findings || admin || failedIn(facts, 'plan')))
    return barAfter(end, isBlocked(findings ?? []), run.command);
  const cancel = press('cancel', vscode.l10n.t('Cancel'));
  if (question?.kind === 'removal') {
    const remove = vscode.l10n.t('Remove from {0}…', plain(question.plan.tenant.displayName));
    const note = vscode.l10n.t("You enter the customer's name first.");
    return { presses: [press('agree', remove, true), cancel], note };
  }
  if (question?.kind !== 'confirm') return { presses: end ? [] : [cancel], note: '' };
  const { tenant, changes } = question.plan;
  const later = waiting(changes, findings ?? []).length;
  const count = changes.length - later;
  const go =
    count === 1
      ? vscode.l10n.t('Make 1 Change in {0}', plain(tenant.displayName))
      : vscode.l10n.t('Make {0} Changes in {1}', count, plain(tenant.displayName));
  const note = later > 0 ? vscode.l10n.t('{0} more wait for someone else', later) : '';
  const again = press('lookAgain', vscode.l10n.t('Check Again'));
  return { presses: [press('makeChanges', go, true), again, cancel], note };
}

/** After a look that was all, or that ended before the first change. */
function barAfter(end: RunEnd, blocked: boolean, command: string): StageBody['bar'] {
  if (end.kind === 'failed' && !blocked) return waysOut(end.failure, command);
  const note = blocked
    ? vscode.l10n.t('Set-up cannot start until the blockers are resolved.')
    : end.kind === 'done'
      ? vscode.l10n.t('Nothing was changed.')
      : '';
  if (!blocked && end.kind === 'stopped' && command !== 'resumeSetUp')
    return { presses: [press('again', vscode.l10n.t('Start Again'), true)], note };
  const label = blocked ? vscode.l10n.t('Check Again') : vscode.l10n.t('Continue Set-Up');
  const edit = blocked ? [press('editCustomer', vscode.l10n.t('Edit Customer'))] : [];
  return { presses: [press(blocked ? 'again' : 'setUp', label, true), ...edit], note };
}

const levels: readonly Finding['level'][] = ['blocks', 'later', 'good', 'note'];

function findingBlocks(findings: readonly Finding[]): Block[] {
  const titles = {
    blocks: vscode.l10n.t('Blocks'),
    later: vscode.l10n.t('Someone else is needed'),
    good: vscode.l10n.t('Ready'),
    note: vscode.l10n.t('Good to know'),
  };
  return levels.flatMap((level): Block[] => {
    const items = findings.filter((finding) => finding.level === level).map(findingItem);
    return items.length === 0 ? [] : [listCard(titles[level], items)];
  });
}

const tones: Readonly<Record<Finding['level'], Tone>> = {
  blocks: 'bad',
  later: 'warn',
  good: 'good',
  note: 'note',
};

function findingItem({ level, what, who, next }: Finding): Item {
  const line = next && (who ? `${coreWords(people[who])}: ${coreWords(next)}` : coreWords(next));
  return {
    text: coreWords(what),
    tone: tones[level],
    lines: line === undefined ? [] : [`${line.charAt(0).toUpperCase()}${line.slice(1)}`],
    details: [],
  };
}

/** The changes that cannot be made with this admin's roles, and those behind them. */
function waiting(changes: readonly Change[], findings: readonly Finding[]): readonly Change[] {
  if (!findings.some(({ id, level }) => id === 'admin-consent' && level === 'later')) return [];
  const first = changes.findIndex((change) => stepOf(change).right === 'grant');
  return first < 0 ? [] : changes.slice(first);
}

function planBlocks({ plan, findings = [], question, aim, end }: RunState): Block[] {
  const changes = plan?.changes ?? [];
  const nothing = {
    'set-up': vscode.l10n.t('Everything is set up correctly. Nothing to do.'),
    part: vscode.l10n.t('This part is set up already. Nothing to do.'),
    removal: vscode.l10n.t('Nothing of this customer is left to remove.'),
  };
  if (changes.length === 0) return [sentence(nothing[aim], 'good')];
  const [first, ...behind] = waiting(changes, findings);
  const noteOf = (change: Change): string => {
    if (change === first) return vscode.l10n.t('waits for a Global or Privileged Role Administrator');
    if (first && behind.includes(change)) return vscode.l10n.t('after {0}', changes.indexOf(first) + 1);
    return end || isBlocked(findings) ? '' : vscode.l10n.t('now');
  };
  const items = changes.map(
    (change): Item => ({
      text: coreWords(titleOf(change)),
      tone: change === first || behind.includes(change) ? 'warn' : 'plain',
      ...(noteOf(change) !== '' && { note: noteOf(change) }),
      lines: detailsOf(change).map(coreWords),
      details: [],
    }),
  );
  const saved = question?.kind === 'confirm' ? question.saved : undefined;
  return [
    listCard(vscode.l10n.t('Plan'), items, true),
    ...(saved ? [sentence(vscode.l10n.t('Saved plan, SHA-256: {0}', saved.sha256), 'muted')] : []),
    sentence(
      vscode.l10n.t(
        'Nothing else is touched: no users, mailboxes, emails, licences or policies, no other applications, and nothing of this application that no change above names.',
      ),
      'muted',
    ),
  ];
}
