import * as vscode from 'vscode';
import type { Block, Item, Press, Tone } from '../../../contract/set-up.ts';
import type { Finding } from '../../../core/setup/finding.ts';
import type { Plan } from '../../../core/setup/plan.ts';
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
  otherWorld,
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
    const lead = vscode.l10n.t('After the sign-in you see here what was found and what will be changed.');
    return otherWorld(facts) ?? { lead, blocks: [], bar: noBar };
  }
  const { question, plan, findings } = run;
  const asked =
    question && question.kind !== 'confirm' && question.kind !== 'removal' ? [questionCard(question)] : [];
  const looking = !plan && !question && !run.end;
  return {
    lead: signedIn(run),
    blocks: [
      ...whoWhatWhere(run),
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
  return admin && !plan ? vscode.l10n.t('Signed in as {0}.', plain(admin.userPrincipalName)) : '';
}

function whoWhatWhere({ admin, plan }: RunState): Block[] {
  if (!plan) return [];
  const { displayName, domain, id } = plan.tenant;
  const who = admin
    ? plain(admin.userPrincipalName)
    : vscode.l10n.t('The application, with its own permissions');
  const where = vscode.l10n.t('{0} ({1}), tenant ID {2}', plain(displayName), plain(domain), id);
  const cells = [
    [vscode.l10n.t('Who'), who],
    [vscode.l10n.t('What'), countWords(plan.changes)],
    [vscode.l10n.t('Where'), where],
  ];
  const rows = cells.map((each) => ({ tone: 'plain' as const, cells: each }));
  return [{ kind: 'table', title: '', head: [], rows }];
}

/** A file on this computer is no change in the tenant. */
export const inTenant = (changes: readonly Change[]): readonly Change[] =>
  changes.filter((change) => stepOf(change).trip !== 'file');

function countWords(changes: readonly Change[]): string {
  const count = inTenant(changes).length;
  const files = changes.length - count;
  const tenant =
    count === 1 ? vscode.l10n.t('1 change in the tenant') : vscode.l10n.t('{0} changes in the tenant', count);
  if (files === 0) return count === 0 ? vscode.l10n.t('No changes') : tenant;
  const local =
    files === 1
      ? vscode.l10n.t('1 file on this computer')
      : vscode.l10n.t('{0} files on this computer', files);
  return count === 0 ? local : `${tenant}, ${local}`;
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
  return confirmBar(question.plan, findings ?? [], cancel);
}

function confirmBar(
  { tenant, changes }: Plan,
  findings: readonly Finding[],
  cancel: Press,
): StageBody['bar'] {
  const later = inTenant(waiting(changes, findings)).length;
  const count = inTenant(changes).length - later;
  const there = plain(tenant.displayName);
  const made = {
    0: later > 0 ? vscode.l10n.t('Ask for Consent') : vscode.l10n.t('Write the File on This Computer'),
    1: vscode.l10n.t('Make 1 Change in {0}', there),
  };
  const go =
    count === 0 || count === 1 ? made[count] : vscode.l10n.t('Make {0} Changes in {1}', count, there);
  const again = press('lookAgain', vscode.l10n.t('Check Again'));
  return { presses: [press('makeChanges', go, true), again, cancel], note: laterWords(count, later) };
}

function laterWords(count: number, later: number): string {
  if (later === 0) return '';
  if (count === 0) return vscode.l10n.t('Someone else has to consent first');
  return later === 1
    ? vscode.l10n.t('1 more waits for someone else')
    : vscode.l10n.t('{0} more wait for someone else', later);
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
    note: vscode.l10n.t('To know'),
  };
  return levels.flatMap((level): Block[] => {
    const found = findings.filter((finding) => finding.level === level);
    if (found.length === 0) return [];
    // What is ready asks no one for anything.
    if (level === 'good') return [listCard(titles.good, found.map(readyItem))];
    const head = [vscode.l10n.t('Finding'), vscode.l10n.t('Who'), vscode.l10n.t('What to do')];
    return [{ kind: 'table', title: titles[level], head, rows: found.map(findingRow) }];
  });
}

const tones: Readonly<Record<Finding['level'], Tone>> = {
  blocks: 'bad',
  later: 'warn',
  good: 'good',
  note: 'note',
};

const readyItem = ({ what }: Finding): Item => ({
  text: coreWords(what),
  tone: tones.good,
  lines: [],
  details: [],
});

function findingRow({ level, what, who, next }: Finding): { tone: Tone; cells: string[] } {
  const person = who ? coreWords(people[who]) : '';
  const cells = [coreWords(what), `${person.charAt(0).toUpperCase()}${person.slice(1)}`];
  return { tone: tones[level], cells: [...cells, next ? coreWords(next) : ''] };
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
