import * as vscode from 'vscode';
import { defaultPermissions } from '../../../core/customer/permissions.ts';
import { askMany, type Option } from '../../ask/ask-pick.ts';
import { coreWords } from '../../core-words.ts';
import { fields, readField } from '../fields.ts';
import { endOf, type WizardStep } from './step.ts';

/** T&A's own set with the reasons; fewer may be chosen, and others added by their names. */
export const askPermissions: WizardStep = async (draft, place) => {
  const standard = defaultPermissions.map(({ value, reason }) => ({
    value,
    label: value,
    detail: coreWords(reason),
  }));
  const chosen = draft.permissions ?? standard.map(({ value }) => value);
  const added = chosen.filter((value) => standard.every((option) => option.value !== value)).map(ownOption);
  const question = vscode.l10n.t('Graph application permissions for T&A; type a name to add another');
  let placeholder = question;
  for (;;) {
    const options = [...standard, ...added];
    const answer = await askMany({ placeholder, options, chosen, add: optionFor }, place);
    const end = endOf(draft, answer, (permissions) => ({ permissions: [...permissions] }));
    const verdict = readField(fields.permissions, end.draft.permissions);
    if (end.back || verdict.ok) return end;
    placeholder = verdict.problem;
  }
};

function ownOption(value: string): Option<string> {
  return { value, label: value, detail: vscode.l10n.t('Added by you') };
}

function optionFor(text: string): Option<string> | undefined {
  const value = text.trim();
  const known = defaultPermissions.some(
    (permission) => permission.value.toLowerCase() === value.toLowerCase(),
  );
  return !known && readField(fields.permissions, [value]).ok ? ownOption(value) : undefined;
}
