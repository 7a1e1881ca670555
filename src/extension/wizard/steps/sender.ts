import * as vscode from 'vscode';
import { fields, readField } from '../fields.ts';
import { textStep, type WizardStep } from './step.ts';

export const askFromAddress: WizardStep = (draft, place) =>
  textStep(
    'fromAddress',
    draft,
    {
      prompt: vscode.l10n.t('The mailbox that T&A sends from: its user principal name, not an alias'),
      placeholder: `ta@${draft.tenant?.includes('.') ? draft.tenant : 'contoso.com'}`,
      value: draft.fromAddress ?? '',
      read: (text) => readField(fields.fromAddress, text),
    },
    place,
  );

export const askFromName: WizardStep = (draft, place) =>
  textStep(
    'fromName',
    draft,
    {
      prompt: vscode.l10n.t(
        "T&A's From name. Exchange Online shows recipients the mailbox's own display name instead.",
      ),
      value: draft.fromName ?? vscode.l10n.t('{0} Time & Attendance', draft.name ?? '').trim(),
      read: (text) => readField(fields.fromName, text),
    },
    place,
  );
