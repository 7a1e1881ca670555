import * as vscode from 'vscode';
import { isVaultNameRefused } from '../../../core/escrow/advice.ts';
import type { EscrowPorts, EscrowProgress, Kept } from '../../../core/escrow/keep-in-vault.ts';
import type { PlaceWish, VaultPlace } from '../../../core/escrow/place.ts';
import type { Session } from '../../../core/sign-in/session.ts';
import { escrow } from '../../../core/stories/escrow.ts';
import { drain } from '../../../core/waiting.ts';
import { Failure } from '../../../core/words/failure.ts';
import { plain } from '../../../core/words/say.ts';
import { coreWords } from '../../core-words.ts';
import { askEither } from '../../set-up/job.ts';
import type { ShownRun } from '../../set-up/shown-run.ts';
import { lockOwner } from '../../shell/ports.ts';
import type { Shell } from '../../shell/shell.ts';
import { askAdmin } from '../../sign-in/ask-admin.ts';
import type { KnownCustomer } from '../choose.ts';
import { askNewGroup, askVaultName, chooseInBox, placeQuestion } from './questions.ts';

/**
 * Walks through the escrow. Where the place cannot be used as it is, asks for another and goes on, with the same sign-in.
 * Throws a Failure, or a CancellationError.
 */
export async function keepSecret(known: KnownCustomer, shell: Shell, run: ShownRun): Promise<Kept> {
  const { customer, paths } = known;
  const azure = azureSignIn(known, shell, run);
  const ports: EscrowPorts = {
    ...run,
    signInToAzure: azure.signIn,
    choose: chooseInBox,
    confirm: (place) => askEither(run, placeQuestion(place)),
  };
  const keepIn = async (wish: PlaceWish): Promise<Kept> => {
    let place: VaultPlace | undefined;
    const keeping = escrow(
      {
        customer,
        recordFile: paths.record,
        preferencesFile: paths.preferences,
        kind: run.kind,
        by: lockOwner,
        wish,
      },
      ports,
    );
    try {
      return await drain(keeping, (event) => {
        if (event.kind === 'place') place = event.place;
        run.say(escrowText(event));
      });
    } catch (error) {
      return await keepIn(await otherWish(error, place));
    }
  };
  try {
    return await keepIn({});
  } finally {
    await azure.signOut();
  }
}

/** One sign-in to Azure for a run, and another one where Azure asks for a second factor. */
export function azureSignIn({ customer }: KnownCustomer, shell: Shell, run: ShownRun) {
  let session: Promise<Session> | undefined;
  const signOut = async (): Promise<void> => {
    (await session?.catch(() => undefined))?.signOut();
  };
  return {
    signIn(tenantId: string, claims?: string): Promise<Session> {
      if (claims !== undefined) {
        run.say(vscode.l10n.t('Azure asks for another sign-in, with a second factor'));
        void signOut();
        session = undefined;
      }
      session ??= askAdmin(customer, tenantId, run, shell.practice.running, { access: 'azure', claims });
      return session;
    },
    signOut,
  };
}

async function otherWish(error: unknown, place: VaultPlace | undefined): Promise<PlaceWish> {
  if (!(error instanceof Failure)) throw error;
  if (error.code === 'TA-NO-RESOURCE-GROUP') return await askNewGroup();
  if (!place || !isVaultNameRefused(error)) throw error;
  const { subscription, group, vault } = place;
  const name = await askVaultName(vault.name, coreWords(error.advice.cause));
  return { subscription: subscription.id, group: group.name, location: group.location, vault: name };
}

export function escrowText(event: EscrowProgress): string {
  switch (event.kind) {
    case 'signed in':
      return vscode.l10n.t('Signed in as {0}; looking', plain(event.admin.userPrincipalName));
    case 'place':
      return vscode.l10n.t('Vault {0} in {1}', plain(event.place.vault.name), plain(event.place.group.name));
    case 'group made':
      return vscode.l10n.t('Resource group {0} created', event.name);
    case 'registered':
      return vscode.l10n.t('Key Vault registered for the subscription');
    case 'vault made':
      return vscode.l10n.t('Vault {0} created', event.name);
    case 'secret written':
      return vscode.l10n.t('Client secret written');
    case 'read back':
      return vscode.l10n.t('Expiry and content type read back');
    case 'other copy':
      return vscode.l10n.t(
        'Another copy of a client secret stays; Remove from Tenant… can delete it: {0}',
        plain(event.copy.uri),
      );
    default:
      return event satisfies never;
  }
}
