import * as vscode from 'vscode';
import type { Block, Item, Simple } from '../../../contract/set-up.ts';
import { stages } from '../../../core/customer/stage-states.ts';
import { type Status, standingOf } from '../../../core/customer/standing.ts';
import { titleOf } from '../../../core/setup/steps.ts';
import { coreWords } from '../../core-words.ts';
import { recordWords, stageName, stateWords } from '../../customers/tree/words.ts';
import { type RunState, type RunStep, stageOfRun } from '../run-state.ts';
import {
  endCard,
  listCard,
  nextMove,
  noBar,
  otherWorld,
  type PageFacts,
  press,
  presses,
  type StageBody,
  sentence,
  waysOut,
  withAdminText,
} from './page-facts.ts';
import { waitLine } from './sign-in-stage.ts';

/** Each change with what came of it, and whom or what the set-up waits for. */
export function changesStage(facts: PageFacts): StageBody {
  const { run, language } = facts;
  if (!run || (stageOfRun(run) !== 'changes' && run.steps.length === 0)) return fromRecord(facts);
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(run.startedAt);
  return {
    lead: run.end
      ? run.title
      : vscode.l10n.t('{0}, started at {1}. You can close this page; it continues.', run.title, clock),
    blocks: [
      ...endCard(facts, 'changes'),
      ...outcomeCard(run),
      ...consentCard(facts),
      ...exchangeCard(run),
      ...(run.steps.length > 0 ? [stepList(run)] : []),
      ...(run.says !== undefined ? [sentence(run.says)] : []),
      ...waitLine(facts),
      ...(run.end?.kind === 'done' && !run.outcome ? [doneLine(run)] : []),
    ],
    bar: changesBar(run, facts),
  };
}

function changesBar(
  { end, steps, consent, exchange, outcome, command }: RunState,
  facts: PageFacts,
): StageBody['bar'] {
  if (end?.kind === 'done') {
    const ways = outcome?.ways.map(({ action, label, primary }) => press(action, label, primary)) ?? [];
    return { presses: ways.some(({ primary }) => primary) ? ways : [nextMove(facts), ...ways], note: '' };
  }
  if (end?.kind === 'failed') return waysOut(end.failure, command);
  const again = steps.length > 0 ? vscode.l10n.t('Continue') : vscode.l10n.t('Start Again');
  if (end) return { presses: [press('again', again, true)], note: '' };
  const note = consent
    ? vscode.l10n.t('Waiting for consent')
    : exchange === undefined
      ? vscode.l10n.t('Do not close VS Code')
      : vscode.l10n.t('Waiting for Exchange');
  return { presses: [press('cancel', vscode.l10n.t('Cancel'))], note };
}

function doneLine({ steps }: RunState): Block {
  const proved = steps.some(({ what }) => what === 'proof');
  return sentence(
    proved
      ? vscode.l10n.t(
          'Done. The client secret was given a token with every permission. Send a test email next.',
        )
      : vscode.l10n.t('Done.'),
    'good',
  );
}

function outcomeCard({ outcome }: RunState): Block[] {
  if (!outcome) return [];
  const { tone, title, lines } = outcome;
  return [{ kind: 'card', tone, title, blocks: lines.map((line) => sentence(line)) }];
}

function stepList({ steps }: RunState): Block {
  return listCard(vscode.l10n.t('Steps'), steps.map(stepItem));
}

function stepItem({ what, state, startedAt, ms, answers }: RunStep): Item {
  const tones = { running: 'plain', done: 'good', failed: 'bad' } as const;
  const timeOf = (): Pick<Item, 'note' | 'since'> => {
    if (state === 'running') return { note: '{0}', since: startedAt };
    return ms === undefined ? {} : { note: vscode.l10n.t('{0} s', (ms / 1000).toFixed(1)) };
  };
  return {
    text: stepTitle(what),
    tone: tones[state],
    state,
    ...timeOf(),
    lines: [],
    details: [...answers],
  };
}

function stepTitle(what: RunStep['what']): string {
  if (what === 'proof') return vscode.l10n.t('Prove the secret: get a token with every permission');
  if (what === 'mailbox scope') return vscode.l10n.t('Prove that the app is kept out of other mailboxes');
  return coreWords(titleOf(what));
}

/** Someone else's move: the message to send stays here until it is made. */
function consentCard({ run, state }: PageFacts): Block[] {
  const { consent, wait } = run ?? {};
  if (!consent) return [];
  const asked = Date.parse(state?.record?.consent?.askedAt ?? '');
  const since = Number.isNaN(asked) ? consent.since : asked;
  const kept = vscode.l10n.t(
    'Set-up also continues after a restart of VS Code: it keeps the sign-in, encrypted, for a day at most.',
  );
  const activated = vscode.l10n.t(
    'If you activated such a role after you signed in, sign in again: Microsoft Entra does not see the role until then.',
  );
  return [
    {
      kind: 'card',
      tone: 'warn',
      title: vscode.l10n.t('Waiting for consent'),
      blocks: [
        sentence(
          vscode.l10n.t(
            'A Global or Privileged Role Administrator has to consent. Copy the message and send it; set-up continues by itself afterwards.',
          ),
        ),
        presses(
          press('copyMessage', vscode.l10n.t('Copy Message'), true),
          press('checkNow', vscode.l10n.t('Check Now')),
          press('signInAgain', vscode.l10n.t('Sign In Again')),
        ),
        { kind: 'letter', label: vscode.l10n.t('Message'), text: consent.request.message },
        ...waitClocks(since, wait),
        sentence(activated, 'muted'),
        ...(consent.kept ? [sentence(kept, 'muted')] : []),
      ],
    },
  ];
}

/** Since when, and when the next look is due. */
function waitClocks(since: number, wait: RunState['wait']): Simple[] {
  const waiting = vscode.l10n.t('Waiting for {0}');
  const next = vscode.l10n.t('Next check in {0}');
  return [
    { kind: 'clock', text: waiting, at: since, counts: 'up' },
    ...(wait ? [{ kind: 'clock' as const, text: next, at: wait.until, counts: 'down' as const }] : []),
  ];
}

function exchangeCard({ exchange, wait }: RunState): Block[] {
  if (exchange === undefined) return [];
  return [
    {
      kind: 'card',
      tone: 'warn',
      title: vscode.l10n.t('Waiting for Exchange'),
      blocks: [
        sentence(
          vscode.l10n.t(
            'Exchange does not let the app in yet. That can take up to two hours after the script has run.',
          ),
        ),
        ...waitClocks(exchange, wait),
        presses(press('checkNow', vscode.l10n.t('Check Now'))),
      ],
    },
  ];
}

/** An earlier window has asked for the consent. */
function askedCard(askedAt: string): Block {
  return {
    kind: 'card',
    tone: 'warn',
    title: vscode.l10n.t('Waiting for consent'),
    blocks: [
      ...waitClocks(Date.parse(askedAt), undefined),
      sentence(vscode.l10n.t('Resume to see the message again, and to continue once consent is given.')),
    ],
  };
}

/** Where nothing is under way: what exists, as the record says. */
function fromRecord(facts: PageFacts): StageBody {
  const { state, now } = facts;
  const { customer, record } = state ?? {};
  const { stages: states, status } = standingOf({ customer, record }, now);
  const elsewhere = otherWorld(facts);
  if (!record || !states) {
    const lead = vscode.l10n.t('You see each change here, with its proof. Nothing was changed yet.');
    return { lead, blocks: [], bar: noBar };
  }
  const items = [...stages]
    .filter((stage) => stage !== 'verification')
    .map((stage): Item => {
      const done = states[stage] === 'done' || states[stage] === 'expiring';
      return {
        text: stageName(stage),
        tone: done ? 'good' : 'plain',
        state: done ? 'done' : 'open',
        note: stateWords(states[stage]),
        lines: [],
        details: [recordWords(stage, record) ?? ''].filter((text) => text !== ''),
      };
    });
  return {
    lead: leadOf(status),
    blocks: [
      ...(elsewhere?.blocks ?? []),
      ...(status === 'waiting for consent' && record.consent ? [askedCard(record.consent.askedAt)] : []),
      listCard(vscode.l10n.t('Steps'), items),
    ],
    bar: elsewhere?.bar ?? { presses: [nextMove(facts)], note: '' },
  };
}

function leadOf(status: Status): string {
  switch (status) {
    case 'removal unfinished':
      return vscode.l10n.t('The removal from the tenant is unfinished.');
    case 'unfinished':
    case 'waiting for consent':
      return vscode.l10n.t('Set-up is unfinished.');
    case 'waiting for Exchange':
      return vscode.l10n.t(
        'Exchange has to let the app into the one mailbox. Prove it once its script has run.',
      );
    case 'with administrator':
      return withAdminText();
    default:
      return vscode.l10n.t('What exists, according to the record.');
  }
}
