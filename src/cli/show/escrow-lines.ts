import type { EscrowProgress, Kept } from '../../core/escrow/keep-in-vault.ts';
import type { VaultPlace } from '../../core/escrow/place.ts';
import { dayOf } from '../../core/words/moment.ts';
import { detail, done, heading, type Paint, type Shown } from './lines.ts';

export function escrowLines(event: EscrowProgress, paint: Paint): Shown[] {
  switch (event.kind) {
    case 'signed in': {
      const { displayName, userPrincipalName } = event.admin;
      return [done(`${displayName} (${userPrincipalName}) in tenant ${event.tenantId}`, paint)];
    }
    case 'place':
      return [heading('Key Vault', paint), ...placeLines(event.place, paint)];
    case 'group made':
      return [done(`Resource group ${event.name} made`, paint)];
    case 'registered':
      return [done('Key Vault registered for the subscription', paint)];
    case 'vault made':
      return [done(`Vault ${event.name} made`, paint)];
    case 'secret written':
      return [done('Client secret written', paint)];
    case 'read back':
      return [done('Expiry and content type read back', paint)];
    case 'other copy':
      return [
        detail(
          `Another copy of a client secret stays; remove --delete-copy deletes it: ${event.copy.uri}`,
          paint,
        ),
      ];
    default:
      return event satisfies never;
  }
}

function placeLines({ subscription, group, vault }: VaultPlace, paint: Paint): Shown[] {
  const made = (isNew: boolean): string => (isNew ? ', to be created' : '');
  return [
    detail(`Subscription   ${subscription.name} (${subscription.id})`, paint),
    detail(`Resource group ${group.name} (${group.location})${made(group.isNew)}`, paint),
    detail(`Vault          ${vault.name}${made(vault.isNew)}`, paint),
  ];
}

export function keptLines({ escrow, wasThere }: Kept, paint: Paint): Shown[] {
  return [
    heading('Done', paint),
    {
      text: wasThere
        ? '  The vault already contains it; nothing was written.'
        : '  The secret is in the vault.',
    },
    detail(`Secret   ${escrow.uri}`, paint),
    detail(`Expires  ${dayOf(escrow.expiresAt)}`, paint),
    heading('Next', paint),
    {
      text: '  Anyone who has to read it needs the role Key Vault Secrets User on the vault (portal, Access control).',
    },
  ];
}
