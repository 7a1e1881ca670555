import * as vscode from 'vscode';
import type { Block, Press } from '../../../contract/set-up.ts';
import { dayOf } from '../../../core/words/moment.ts';
import { plain } from '../../../core/words/say.ts';
import type { Either, OpenQuestion } from '../run-state.ts';
import { press, presses, sentence } from './page-facts.ts';

type Of<K extends OpenQuestion['kind']> = Extract<OpenQuestion, { kind: K }>;

/** What only a person can decide, asked in place. */
export function questionCard(question: Exclude<OpenQuestion, { kind: 'confirm' | 'removal' }>): Block {
  switch (question.kind) {
    case 'adopt':
      return adoptCard(question);
    case 'remove':
      return removeCard(question);
    case 'deleted':
      return deletedCard(question);
    case 'first':
      return firstCard(question);
    case 'either':
      return eitherCard(question);
    default:
      return question satisfies never;
  }
}

function card(title: string, lines: readonly string[], answers: Press[]): Block {
  const blocks = [...lines.map((line) => sentence(line)), presses(...answers)];
  return { kind: 'card', tone: 'warn', title, blocks };
}

/** Someone else may act as the application. The agreement is about this list and no other. */
function adoptCard({ candidate }: Of<'adopt'>): Block {
  const { displayName, clientId, createdAt, strangers } = candidate;
  return eitherCard({
    title: vscode.l10n.t('Adopt "{0}"? It contains what this tool did not add.', plain(displayName)),
    lines: [
      vscode.l10n.t('Client ID: {0}', clientId),
      vscode.l10n.t('Registered on: {0}', dayOf(createdAt)),
      ...strangers.map(plain),
      vscode.l10n.t(
        'Anyone who controls one of these can send email as any mailbox once permissions are granted. Adopt the application only if you know all of them.',
      ),
    ],
    refuse: vscode.l10n.t('Leave It Alone'),
    agree: vscode.l10n.t('Adopt Application'),
  });
}

function removeCard({ grants }: Of<'remove'>): Block {
  return eitherCard({
    title:
      grants.length === 1
        ? vscode.l10n.t('Remove 1 permission that T&A does not need?')
        : vscode.l10n.t('Remove {0} permissions that T&A does not need?', grants.length),
    lines: [
      ...grants.map(({ permission }) => plain(permission)),
      vscode.l10n.t(
        'The customer file does not name these permissions. To keep those of Microsoft Graph, name them under Permissions of the customer. Nothing is removed before you agree to the plan.',
      ),
    ],
    refuse: vscode.l10n.t('Keep Them'),
    agree: vscode.l10n.t('Plan Removal'),
  });
}

function deletedCard({ application }: Of<'deleted'>): Block {
  const { displayName, clientId, deletedAt } = application;
  return card(
    vscode.l10n.t('"{0}" was deleted. Do you want to restore it?', plain(displayName)),
    [
      vscode.l10n.t('Client ID: {0}', plain(clientId)),
      vscode.l10n.t('Deleted on: {0}', deletedAt === undefined ? vscode.l10n.t('unknown') : dayOf(deletedAt)),
      vscode.l10n.t(
        'If you restore it, its client ID stays. Secrets and permissions may come back too; they are checked before anything is changed. Otherwise a new application is registered. Nothing can restore an application that was deleted permanently.',
      ),
    ],
    [
      press('restore', vscode.l10n.t('Restore'), true),
      press('refuse', vscode.l10n.t('Register a New One')),
      press('purge', vscode.l10n.t('Delete Permanently…')),
    ],
  );
}

function eitherCard({ title, lines, refuse, agree, wanted = false }: Either): Block {
  const answers = [press('agree', agree, wanted), press('refuse', refuse, !wanted)];
  return card(title, lines, wanted ? answers : answers.toReversed());
}

function firstCard({ part }: Of<'first'>): Block {
  const parts = {
    registration: vscode.l10n.t('Create App Registration'),
    permissions: vscode.l10n.t('Grant Graph Permissions'),
    secret: vscode.l10n.t('Create Client Secret'),
    preferences: vscode.l10n.t('Write Email Preferences'),
  };
  return card(
    vscode.l10n.t('Another step has to come first: {0}', parts[part]),
    [vscode.l10n.t('Nothing was changed. After it, this step follows.')],
    [press('doFirst', vscode.l10n.t('Do That First'), true), press('cancel', vscode.l10n.t('Cancel'))],
  );
}
