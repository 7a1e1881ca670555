import * as z from 'zod/mini';
import type { Mailbox, State } from '../../state.ts';
import { type Cmdlet, exchangeCmdlet, notFound, same, textOf } from './cmdlet.ts';
import { CmdletFault } from './fault.ts';

/** The window itself, and the one question about a mailbox. */
export const sessionCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Connect-ExchangeOnline': {
    parameters: ['userprincipalname', 'showbanner', 'exchangeenvironmentname'],
    required: [],
    run(session) {
      session.connected = true;
    },
  },
  'Disconnect-ExchangeOnline': {
    parameters: ['confirm'],
    required: [],
    run(session) {
      session.connected = false;
    },
  },
  'Get-ConnectionInformation': {
    parameters: [],
    required: [],
    run: ({ state, connected }) =>
      connected ? { TenantID: state.organization.id, State: 'Connected' } : undefined,
  },
  'Get-EXOMailbox': exchangeCmdlet('identity', '', (state, given) => {
    const { mailbox, userPrincipalName } = findMailbox(state, textOf(given, 'identity'));
    return {
      DisplayName: mailbox.displayName,
      PrimarySmtpAddress: mailbox.addresses[0],
      UserPrincipalName: userPrincipalName,
      ExternalDirectoryObjectId: mailbox.ownerId,
    };
  }),
  'ConvertFrom-Json': {
    parameters: [],
    required: [],
    run(_session, _given, input) {
      const parsed = z.safeParse(z.record(z.string(), z.unknown()), jsonOf(input));
      if (parsed.success) return parsed.data;
      throw new CmdletFault('Conversion from JSON failed.');
    },
  },
  'Format-Table': { parameters: [], required: [], run: (_session, _given, input) => input },
};

/** By any address, the user principal name or the id. */
export function findMailbox(
  state: State,
  identity: string,
): { readonly mailbox: Mailbox; readonly userPrincipalName: string } {
  for (const mailbox of state.mailboxes) {
    const owner = state.people.find(({ id }) => id === mailbox.ownerId);
    const userPrincipalName = owner?.userPrincipalName ?? '';
    const names = [...mailbox.addresses, mailbox.ownerId, userPrincipalName];
    if (names.some((name) => same(name, identity))) return { mailbox, userPrincipalName };
  }
  throw notFound(identity);
}

function jsonOf(input: unknown): unknown {
  try {
    return JSON.parse(String(input));
  } catch {
    return undefined;
  }
}
