import * as vscode from 'vscode';
import { fields, readField } from '../fields.ts';
import { type Step, textStep } from './step.ts';

export const askName: Step = (draft, place) =>
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
