import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Block, Press, Simple } from '../../../contract/set-up.ts';
import { daysUntil, isSoon, isWithAdmin } from '../../../core/customer/stage-states.ts';
import { openRenewal, standingOf } from '../../../core/customer/standing.ts';
import type { Written } from '../written-files.ts';
import {
  handOverPress,
  movePress,
  nextMove,
  noBar,
  otherWorld,
  type PageFacts,
  press,
  presses,
  type StageBody,
  sentence,
  withAdminText,
} from './page-facts.ts';

/** The verification form, once there is something to send with. */
export function emailStage(facts: PageFacts): StageBody {
  const { record } = facts.state ?? {};
  const elsewhere = otherWorld(facts);
  if (elsewhere) return elsewhere;
  if (!record?.preferences) {
    const lead = isWithAdmin(record)
      ? withAdminText()
      : vscode.l10n.t('Once the changes are made and proved, you send a test email here.');
    return { lead, blocks: [], bar: noBar };
  }
  return {
    lead: vscode.l10n.t("Sent exactly as T&A sends it, using only the customer's email preferences."),
    blocks: [],
    bar: noBar,
    form: true,
  };
}

/** Who gets what, and what is left to do until the secret expires. */
export function handOverStage(facts: PageFacts): StageBody {
  const { state } = facts;
  const { record } = state ?? {};
  if (!record?.application) {
    const lead = vscode.l10n.t('At the end the customer gets a report and an entry sheet for T&A.');
    return { lead, blocks: [], bar: noBar };
  }
  const elsewhere = otherWorld(facts);
  if (elsewhere) {
    const lead = facts.handedOver ? vscode.l10n.t('What was written can be opened all the same.') : '';
    const blocks = [...elsewhere.blocks, ...(facts.handedOver ? pack(facts) : [])];
    return { lead, blocks, bar: elsewhere.bar };
  }
  const first = beforeHandOver(facts);
  const written = handOverPress(facts.handedOver, first === undefined);
  return {
    lead: vscode.l10n.t('What the customer keeps, and what you come back for.'),
    blocks: [...renewal(facts), ...pack(facts), ...exportCard(facts), ...expiry(facts), later(first)],
    bar: { presses: first ? [first, written] : [written], note: '' },
  };
}

/** What comes before a hand-over is the next action, wherever else the story is. */
function beforeHandOver(facts: PageFacts): Press | undefined {
  const elsewhere = otherWorld(facts)?.bar.presses[0];
  if (elsewhere) return elsewhere;
  const { state, run, now } = facts;
  const isLive = run !== undefined && run.end === undefined;
  const { customer, record, seen } = state ?? {};
  return isLive || standingOf({ customer, record, seen }, now).move === 'hand over'
    ? undefined
    : nextMove(facts);
}

/** Two secrets work until T&A is known to use the second. What is to be mended first hides no way to end that. */
function renewal(facts: PageFacts): Block[] {
  const { state, now } = facts;
  const renewing = state?.record && openRenewal(state.record);
  if (!renewing) return [];
  const isOver = Date.parse(renewing.oldSecret.expiresAt) <= now;
  const first = beforeHandOver(facts);
  const finish = first && first.action !== 'finishRenewal' ? [movePress('finish renewal')] : [];
  return [
    {
      kind: 'card',
      tone: 'warn',
      title: isOver
        ? vscode.l10n.t('The renewal is not finished: the old client secret has expired')
        : vscode.l10n.t('The renewal is not finished: both client secrets work'),
      blocks: [
        sentence(
          vscode.l10n.t(
            'Enter the new secret in T&A and press Test. When that email has arrived, finish the renewal.',
          ),
        ),
        sentence(
          vscode.l10n.t(
            'The old secret begins with {0}, the new one with {1}.',
            renewing.oldSecret.hint,
            state.record?.secret?.hint ?? '',
          ),
          'muted',
        ),
        presses(press('openRenewalSheet', vscode.l10n.t('Open Entry Sheet')), ...finish),
      ],
    },
  ];
}

function pack(facts: PageFacts): Block[] {
  const { handedOver, language } = facts;
  const gets = [
    vscode.l10n.t(
      'For the person who enters the values in T&A: the entry sheet, with a button to copy each value.',
    ),
    vscode.l10n.t('For the audit records: the report with its checklist. It contains no client secret.'),
    vscode.l10n.t('For two people at the customer: reminders for their calendars before the secret expires.'),
  ];
  const blocks = gets.map((text) => sentence(text));
  if (!handedOver)
    return [
      { kind: 'card', tone: 'plain', title: vscode.l10n.t('What is handed over, and to whom'), blocks },
    ];
  return [
    {
      kind: 'card',
      tone: 'good',
      title: vscode.l10n.t('Written: {0}', basename(handedOver.path)),
      blocks: [
        ...handedOver.notes.map((note) => sentence(note, 'warn')),
        ...blocks,
        whenAndWhere(handedOver, language),
        presses(
          press('openSheet', vscode.l10n.t('Open Entry Sheet'), beforeHandOver(facts) === undefined),
          press('openReport', vscode.l10n.t('Open Report')),
          press('revealHandOver', vscode.l10n.t('Reveal in Folder')),
        ),
      ],
    },
  ];
}

function whenAndWhere({ path, at }: Written, language: string): Simple {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return sentence(vscode.l10n.t('{0}, in {1}', format.format(Date.parse(at)), path), 'muted');
}

function exportedCard(exported: Written, language: string): Block {
  return {
    kind: 'card',
    tone: 'good',
    title: vscode.l10n.t('Exported: {0}', basename(exported.path)),
    blocks: [
      ...exported.notes.map((note) => sentence(note)),
      whenAndWhere(exported, language),
      presses(
        press('openExport', vscode.l10n.t('Open')),
        press('revealExport', vscode.l10n.t('Reveal in Folder')),
        press('copyExportPath', vscode.l10n.t('Copy Path')),
        press('exportPreferences', vscode.l10n.t('Export Again…')),
      ),
    ],
  };
}

function exportCard({ state, exported, language }: PageFacts): Block[] {
  if (!state?.record?.preferences) return [];
  if (exported) return [exportedCard(exported, language)];
  return [
    {
      kind: 'card',
      tone: 'plain',
      title: vscode.l10n.t('Email preferences in another form'),
      blocks: [
        sentence(
          vscode.l10n.t(
            'Entry sheet, JSON, INI, XML or CSV; without the client secret, encrypted, or as plain text.',
          ),
        ),
        presses(press('exportPreferences', vscode.l10n.t('Export…'))),
      ],
    },
  ];
}

/** What a person comes back for, beside the secret; what is the next action is in the bar. */
function later(first: Press | undefined): Block {
  const text = vscode.l10n.t(
    "A check looks again with T&A's own credentials, now or every night. A removal deletes what the set-up created in the tenant, and nothing else.",
  );
  const ways = [
    press('checkCustomer', vscode.l10n.t('Check')),
    press('checkAllCustomers', vscode.l10n.t('Check All Customers')),
    press('checkEveryNight', vscode.l10n.t('Check Every Night…')),
    press('removeCustomer', vscode.l10n.t('Remove from Tenant…')),
  ].filter(({ action }) => action !== first?.action);
  return {
    kind: 'card',
    tone: 'plain',
    title: vscode.l10n.t('Later'),
    blocks: [sentence(text), presses(...ways)],
  };
}

/** Only where the secret is can it be renewed; elsewhere by a script. A renewal that is open is finished first. */
function renewWays(facts: PageFacts): Simple[] {
  const { record } = facts.state ?? {};
  const way = movePress(isWithAdmin(record) ? 'ask' : 'renew');
  const isOpen = record !== undefined && openRenewal(record) !== undefined;
  return isOpen || beforeHandOver(facts)?.action === way.action ? [] : [presses(way)];
}

function onlyCopy({ onlyCopy, state }: PageFacts): Simple[] {
  if (!onlyCopy || !state?.record?.preferences) return [];
  const text = vscode.l10n.t(
    'VS Code cannot keep a second copy of client secrets here (no keyring). The preferences file contains the only one: {0}',
    state.paths.preferences,
  );
  return [sentence(text, 'warn')];
}

function expiry(facts: PageFacts): Block[] {
  const { state, now, language } = facts;
  const record = state?.record;
  // While two work, the old one counts: T&A may still use it.
  const secret = (record && openRenewal(record)?.oldSecret) ?? record?.secret;
  if (!secret) return [];
  const days = daysUntil(secret.expiresAt, now);
  const over = Date.parse(secret.expiresAt) <= now;
  const on = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const date = on.format(Date.parse(secret.expiresAt));
  const title = over
    ? vscode.l10n.t('The client secret has expired')
    : days === 1
      ? vscode.l10n.t('The client secret expires in 1 day')
      : vscode.l10n.t('The client secret expires in {0} days', days);
  return [
    {
      kind: 'card',
      tone: over ? 'bad' : isSoon(days) ? 'warn' : 'plain',
      title,
      blocks: [
        sentence(vscode.l10n.t('On {0}. After that T&A cannot send email, and gives no warning.', date)),
        ...onlyCopy(facts),
        ...renewWays(facts),
      ],
    },
  ];
}
