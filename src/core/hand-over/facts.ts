import { type Cloud, clouds } from '../cloud/clouds.ts';
import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';
import { opensMailboxes } from '../customer/scope.ts';
import { type Standing, standingOf } from '../customer/standing.ts';
import { dayMs, dayOf } from '../words/moment.ts';

/** Where the client secret is, as far as we know; never the secret. */
export type SecretPlace =
  /** In this pack, encrypted. */
  | { readonly kind: 'encrypted'; readonly file: string; readonly by: 'recipient' | 'passphrase' }
  /** In clear, in a file of whoever did the set-up. */
  | { readonly kind: 'preferences'; readonly file: string }
  | { readonly kind: 'vault'; readonly uri: string };

/** `Exchange`: for one mailbox alone, by a role there. */
export interface PermissionRow {
  readonly name: string;
  readonly appRoleId: string | undefined;
  readonly grantedBy: 'Entra' | 'Exchange' | 'no one yet';
}

/**
 * What a hand-over has to admit. `no mail seen`: the secret was given a token with every permission, no mail was seen to
 * arrive. `no secret`: the set-up did not come that far.
 */
type Gap = 'no mail seen' | 'not proved' | 'expired' | 'no secret';

/** What a hand-over tells, gathered from customer and record. Instants are epoch milliseconds. */
export interface Facts {
  readonly customer: Customer;
  readonly record: CustomerRecord;
  readonly application: NonNullable<CustomerRecord['application']>;
  readonly cloud: Cloud;
  readonly permissions: readonly PermissionRow[];
  readonly standing: Standing;
  /** `undefined`: a mail arrived. */
  readonly gap: Gap | undefined;
  readonly places: readonly SecretPlace[];
  readonly expiresAt: number | undefined;
  /** So many days before that the calendar is to remind; the days still to come. */
  readonly remindsBefore: readonly number[];
  readonly writtenAt: number;
}

interface Known extends Pick<Facts, 'customer' | 'record' | 'application' | 'places'> {
  readonly now: number;
}

export function gatherFacts({ now, ...known }: Known): Facts {
  const { customer, record, places } = known;
  const standing = standingOf({ customer, record }, now);
  const expiresAt = record.secret && Date.parse(record.secret.expiresAt);
  return {
    ...known,
    cloud: clouds[customer.cloud],
    permissions: permissionsOf(customer, record),
    standing,
    gap: gapOf(standing, record.secret !== undefined || places.length > 0),
    expiresAt,
    remindsBefore: expiresAt === undefined ? [] : daysToRemind(expiresAt, now),
    writtenAt: now,
  };
}

function daysToRemind(expiresAt: number, now: number): number[] {
  return [60, 30, 7].filter((days) => dayOf(expiresAt - days * dayMs) > dayOf(now));
}

/** What Entra has granted, then what is wanted besides. */
function permissionsOf(customer: Customer, { grants }: CustomerRecord): PermissionRow[] {
  const granted = new Set(grants.map(({ permission }) => permission.toLowerCase()));
  const inExchange = (name: string): boolean => customer.scope === 'mailbox' && opensMailboxes(name);
  return [
    ...grants.map(({ permission, appRoleId }) => ({
      name: permission,
      appRoleId,
      grantedBy: 'Entra' as const,
    })),
    ...customer.app.permissions
      .filter((name) => !granted.has(name.toLowerCase()))
      .map((name) => ({
        name,
        appRoleId: undefined,
        grantedBy: inExchange(name) ? ('Exchange' as const) : ('no one yet' as const),
      })),
  ];
}

function gapOf({ status, stages }: Standing, hasSecret: boolean): Gap | undefined {
  switch (status) {
    case 'ready':
      return undefined;
    case 'renewing':
    case 'renewal overdue':
    case 'expiring':
    case 'broken':
    case 'needs attention':
      return stages?.verification === 'done' ? undefined : 'no mail seen';
    case 'unverified':
    case 'waiting for Exchange':
      return 'no mail seen';
    case 'expired':
      return 'expired';
    case 'unreadable':
    case 'not set up':
    case 'removed':
    case 'unfinished':
    case 'removal unfinished':
    case 'waiting for consent':
    case 'with administrator':
      return hasSecret ? 'not proved' : 'no secret';
    default:
      return status satisfies never;
  }
}
