import * as vscode from 'vscode';
import { askPick } from '../../ask/ask-pick.ts';
import { askText } from '../../ask/ask-text.ts';
import type { Place } from '../../ask/box.ts';
import type { CustomerDraft } from '../draft.ts';
import { fields, readField } from '../fields.ts';
import { endOf, type WizardStep } from './step.ts';

/** All mailboxes, or the sender's alone; then another one is named that has to stay closed. */
export const askScope: WizardStep = async (draft, place) => {
  const breaks = draft.senderAddressFrom === 'User';
  const options = [
    {
      value: 'tenant' as const,
      label: vscode.l10n.t('All mailboxes of the tenant'),
      detail: breaks
        ? vscode.l10n.t('Needed: T&A also sends out of the mailboxes of employees and supervisors.')
        : vscode.l10n.t("The usual choice. Needed where T&A's Sender address from is User."),
    },
    {
      value: 'mailbox' as const,
      label: `${breaks ? '$(warning) ' : ''}${vscode.l10n.t('Only the mailbox {0}', draft.fromAddress ?? '')}`,
      detail: breaks
        ? vscode.l10n.t('Breaks emails: what T&A sends as User, from other mailboxes, would be refused.')
        : vscode.l10n.t('An Exchange administrator runs a script for it. Exchange takes up to two hours.'),
    },
  ];
  const placeholder = vscode.l10n.t('Which mailboxes may the app use?');
  const chosen = (value: CustomerDraft['scope']): boolean => value === (draft.scope ?? 'tenant');
  for (;;) {
    const answer = await askPick({ placeholder, options, chosen }, place);
    const end = endOf(draft, answer, (scope) => ({ scope }));
    if (end.back || end.draft.scope !== 'mailbox') return end;
    const other = await askOther(end.draft, place);
    if (other.kind === 'value') return endOf(end.draft, other, (otherMailbox) => ({ otherMailbox }));
  }
};

/** A mailbox that has to stay closed. Back leads to the list. */
export function askOther(
  { fromAddress, otherMailbox }: Pick<CustomerDraft, 'fromAddress' | 'otherMailbox'>,
  place: Place,
) {
  const read = (text: string) => readField(fields.otherMailbox, text);
  return askText(
    {
      prompt: vscode.l10n.t(
        'Another mailbox of the tenant, to show that the app is kept out of it; no email is read',
      ),
      placeholder: 'robin@contoso.com',
      value: otherMailbox ?? '',
      read,
      find: async (address: string) =>
        address.toLowerCase() === fromAddress?.toLowerCase()
          ? { ok: false, problem: vscode.l10n.t('This is the sender itself. Name another mailbox.') }
          : { ok: true, value: address },
    },
    place,
  );
}
