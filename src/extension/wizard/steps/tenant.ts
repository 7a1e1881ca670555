import * as vscode from 'vscode';
import { askText } from '../../ask/ask-text.ts';
import { portsOf } from '../../shell/ports.ts';
import { fields, readField } from '../fields.ts';
import { findTenant } from '../find-tenant.ts';
import { fieldVerdict } from '../verdict-of.ts';
import type { WizardStep } from './step.ts';

/** The tenant is looked up at once, before anybody signs in: a misspelt domain ends here. */
export const askTenant: WizardStep = async (draft, place, outlet) => {
  const answer = await askText(
    {
      prompt: vscode.l10n.t("A domain of the customer's Microsoft 365 tenant, or its tenant id"),
      placeholder: 'contoso.com',
      value: draft.tenant ?? '',
      read: (text) => readField(fields.tenant, text),
      find: (tenant, signal) =>
        fieldVerdict(() =>
          findTenant(
            tenant,
            portsOf(outlet, undefined, signal, () => {}),
          ),
        ),
    },
    place,
  );
  if (answer.kind === 'back') return { draft: { ...draft, tenant: answer.text }, back: true };
  return { draft: { ...draft, ...answer.value }, back: false };
};
