import * as vscode from 'vscode';
import type { Kept } from '../../core/escrow/keep-in-vault.ts';
import { dayOf } from '../../core/words/moment.ts';
import { chooseCustomer, type KnownCustomer } from '../customers/choose.ts';
import { escrowText, keepSecret } from '../customers/escrow/keep-secret.ts';
import { offerSetUp } from '../set-up/job.ts';
import type { Outcome } from '../set-up/run-state.ts';
import { withCustomerRun } from '../set-up/shown-run.ts';
import type { Command } from '../shell/shell.ts';

/** The client secret into a Key Vault of the customer's own, with a sign-in to Azure. */
export const keepSecretInVault: Command = async (shell, target) => {
  const known = await chooseCustomer(shell, target);
  if (!known.record?.preferences) return await offerSetUp(known, shell);
  const title = vscode.l10n.t('Key Vault for {0}', known.customer.name);
  await withCustomerRun(known, shell, { title, command: 'keepSecretInVault' }, async (run) => {
    run.change({ outcome: outcomeOf(await keepSecret(known, shell, run), known) });
  });
};

function outcomeOf({ place, escrow, otherCopies, wasThere }: Kept, { customer }: KnownCustomer): Outcome {
  const expiry = dayOf(escrow.expiresAt);
  const { name } = place.vault;
  const title = wasThere
    ? vscode.l10n.t(
        '{0}: the client secret was in the vault {1} already. It expires on {2}.',
        customer.name,
        name,
        expiry,
      )
    : vscode.l10n.t(
        '{0}: the client secret is in the vault {1}. It expires on {2}.',
        customer.name,
        name,
        expiry,
      );
  const reading = vscode.l10n.t(
    'Anyone who has to read it needs the role Key Vault Secrets User on the vault.',
  );
  const others = otherCopies.map((copy) => escrowText({ kind: 'other copy', copy }));
  return { tone: 'good', title, lines: [reading, ...others], ways: [] };
}
