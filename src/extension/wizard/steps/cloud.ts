import * as vscode from 'vscode';
import { type CloudName, clouds } from '../../../core/cloud/clouds.ts';
import { askPick } from '../../ask/ask-pick.ts';
import { portsOf } from '../../shell/ports.ts';
import { cloudsFor, findIn } from '../find-tenant.ts';
import { fieldVerdict } from '../verdict-of.ts';
import { endOf, type WizardStep } from './step.ts';

/** The cloud in which the tenant was found comes first; another one is asked whether it knows the tenant too. */
export const askCloud: WizardStep = async (draft, place, outlet) => {
  const ports = portsOf(outlet, undefined, new AbortController().signal, () => {});
  const found = draft.cloud ?? 'global';
  const option = (value: CloudName) => ({
    value,
    label: clouds[value].label,
    ...(value === found && { description: vscode.l10n.t('the tenant is here') }),
  });
  const options = [found, ...cloudsFor(ports).filter((cloud) => cloud !== found)].map(option);
  let placeholder = vscode.l10n.t("The Microsoft cloud that holds the customer's tenant");
  for (;;) {
    const answer = await askPick({ placeholder, options }, place);
    const end = endOf(draft, answer, (cloud) => ({ cloud }));
    const { cloud, tenant } = end.draft;
    if (end.back || !cloud || !tenant || cloud === found) return end;
    const verdict = await fieldVerdict(() => findIn(cloud, tenant, ports));
    if (verdict.ok) return end;
    placeholder = verdict.problem;
  }
};
