import * as vscode from 'vscode';
import { fields, readField } from '../fields.ts';
import { textStep, type WizardStep } from './step.ts';

export const askName: WizardStep = (draft, place) =>
  textStep(
    'name',
    draft,
    {
      prompt: vscode.l10n.t("The customer's name, as your own people call it"),
      placeholder: 'Contoso Ltd',
      value: draft.name ?? '',
      read: (text) => readField(fields.name, text),
    },
    place,
  );
