import type { State } from '../../state.ts';
import type { Scope } from '../rbac-state.ts';
import {
  type Cmdlet,
  checkName,
  exchangeCmdlet,
  notFound,
  removeFrom,
  same,
  taken,
  textOf,
} from './cmdlet.ts';
import { CmdletFault } from './fault.ts';

export const scopeCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-ManagementScope': exchangeCmdlet('identity', '', (state, given) =>
    shown(findScope(state, textOf(given, 'identity'))),
  ),
  'New-ManagementScope': exchangeCmdlet('name recipientrestrictionfilter', '', (state, given) => {
    const name = textOf(given, 'name');
    checkName(name);
    const { scopes } = state.rbac;
    if (scopes.some((known) => same(known.name, name))) throw taken(name);
    const scope = { name, mailbox: mailboxIn(textOf(given, 'recipientrestrictionfilter')) };
    scopes.push(scope);
    return shown(scope);
  }),
  'Set-ManagementScope': exchangeCmdlet('identity recipientrestrictionfilter', '', (state, given) => {
    const scope = findScope(state, textOf(given, 'identity'));
    scope.mailbox = mailboxIn(textOf(given, 'recipientrestrictionfilter'));
  }),
  'Remove-ManagementScope': exchangeCmdlet('identity', 'confirm', (state, given) => {
    const { scopes, assignments } = state.rbac;
    const scope = findScope(state, textOf(given, 'identity'));
    const held = assignments.find((assignment) => assignment.scope === scope.name);
    if (held) throw new CmdletFault(`The scope is still used by the role assignment '${held.name}'.`);
    removeFrom(scopes, scope);
  }),
};

export function findScope(state: State, identity: string): Scope {
  const scope = state.rbac.scopes.find(({ name }) => same(name, identity));
  if (!scope) throw notFound(identity);
  return scope;
}

/** Exchange knows a whole language of filters; the one that is played compares the primary address. */
function mailboxIn(filter: string): string {
  const match = /^PrimarySmtpAddress -eq '((?:[^']|'')+)'$/i.exec(filter);
  if (!match?.[1]) throw new CmdletFault(`The recipient filter "${filter}" is invalid, or not played here.`);
  return match[1].replaceAll("''", "'").toLowerCase();
}

const shown = ({ name, mailbox }: Scope) => ({
  Name: name,
  RecipientFilter: `PrimarySmtpAddress -eq '${mailbox.replaceAll("'", "''")}'`,
});
