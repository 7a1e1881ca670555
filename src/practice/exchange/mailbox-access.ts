import type { Context } from 'hono';
import type { Caller, CallerEnv } from '../caller.ts';
import { faults } from '../graph/answer.ts';
import { graphPermissions } from '../graph-permissions.ts';
import type { Mailbox, Person, State } from '../state.ts';
import { mailFaults } from './mail-faults.ts';
import { rbacAllows } from './rbac.ts';

export type MailUse = 'read' | 'write' | 'send';

const permissions: Record<MailUse, readonly string[]> = {
  read: ['Mail.Read', 'Mail.ReadWrite'],
  write: ['Mail.ReadWrite'],
  send: ['Mail.Send'],
};

/** The mailbox that `/me/...` or `/users/{id or UPN}/...` names, if the caller may use it so. */
export function openMailbox(c: Context<CallerEnv>, state: State, use: MailUse): Mailbox {
  const caller = c.get('caller');
  if (!isGrantedByEntra(state, caller, permissions[use])) {
    return scopedMailbox(state, caller, c.req.param('user'), permissions[use]);
  }
  const asked = c.req.param('user');
  const owner = asked === undefined ? signedInPerson(caller) : findPerson(state, asked);
  // A user's token opens that user's mailbox alone; shared mailboxes need the .Shared scopes, which no one asks for here.
  if (caller.kind === 'user' && caller.person.id !== owner.id) throw mailFaults.accessDenied();
  if (owner.kind === 'distribution list' || owner.kind === 'guest') {
    throw mailFaults.invalidUser(asked ?? owner.userPrincipalName);
  }
  const mailbox = state.mailboxes.find((each) => each.ownerId === owner.id);
  if (!mailbox) throw mailFaults.noMailbox();
  return mailbox;
}

/** Scopes of a user, application roles of an app. A role is in the token before Exchange has heard of the grant. */
function isGrantedByEntra(state: State, caller: Caller, anyOf: readonly string[]): boolean {
  if (caller.kind === 'user') return anyOf.some((permission) => caller.scopes.has(permission));
  const held = anyOf.filter((permission) => caller.roles.has(permission));
  return held.some((permission) => hasArrived(state, caller.servicePrincipal.id, permission));
}

/** What Exchange grants by itself comes on top of what Entra grants. */
function scopedMailbox(
  state: State,
  caller: Caller,
  asked: string | undefined,
  anyOf: readonly string[],
): Mailbox {
  if (caller.kind === 'user') throw mailFaults.accessDenied();
  const owner = asked === undefined ? undefined : personNamed(state, asked);
  const mailbox = state.mailboxes.find((each) => each.ownerId === owner?.id);
  const allowed = rbacAllows(state, caller.servicePrincipal.id, anyOf, mailbox);
  if (!mailbox || !allowed) throw mailFaults.accessDenied();
  return mailbox;
}

/** A grant that is gone again does not count: the token keeps its power until it expires. */
function hasArrived(state: State, principalId: string, permission: string): boolean {
  const roleId = graphPermissions.find(({ value }) => value === permission)?.role;
  const grant = state.grants.find((each) => each.principalId === principalId && each.appRoleId === roleId);
  return !grant || state.lag.arrived('grantToExchange', grant.madeAt);
}

function signedInPerson(caller: Caller): Person {
  if (caller.kind === 'app') throw mailFaults.meNeedsUser();
  return caller.person;
}

/** By id or userPrincipalName; an SMTP alias does not name a user. */
function findPerson(state: State, asked: string): Person {
  const person = personNamed(state, asked);
  if (!person) throw faults.notFound(asked);
  return person;
}

function personNamed(state: State, asked: string): Person | undefined {
  const wanted = asked.toLowerCase();
  return state.people.find(
    (each) => each.id.toLowerCase() === wanted || each.userPrincipalName.toLowerCase() === wanted,
  );
}
