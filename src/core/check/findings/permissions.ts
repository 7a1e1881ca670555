import { roleGap } from '../../customer/scope.ts';
import { scopeFailures } from '../../mailbox-scope/failures.ts';
import { surplusGrants, tenantWideGrants } from '../../setup/permissions.ts';
import { fieldWords } from '../../words/faces.ts';
import { say } from '../../words/say.ts';
import { type CheckFinding, fromFailure } from '../finding.ts';
import type { AppLook } from '../look.ts';

/** The token against what the customer file wants; then what was granted besides. */
export function checkPermissions(look: AppLook): CheckFinding[] {
  const { customer, roles } = look;
  const { missing } = roleGap(roles, customer);
  const tooMuch = opensEveryMailbox(look);
  return [
    ...(missing.length > 0 ? [lacking(missing, look.record.consent !== undefined)] : []),
    ...(tooMuch.length > 0 ? [fromFailure(scopeFailures.tenantWide(tooMuch))] : []),
    ...(missing.length + tooMuch.length === 0 ? [holding(roles)] : []),
    ...surplusFindings(look),
    ...delegatedFindings(look),
  ];
}

/** What opens every mailbox although the customer's scope is one: a token of Graph does not tell of other APIs. */
export function opensEveryMailbox({ customer, roles, existing }: AppLook): string[] {
  const granted = tenantWideGrants(customer, existing.snapshot).map(({ permission }) => permission);
  return [...new Set([...roleGap(roles, customer).tooMuch, ...granted])];
}

const holding = (roles: readonly string[]): CheckFinding => ({
  code: 'permissions',
  level: 'good',
  text: say`The token of the app contains every permission that it needs: ${roles.toSorted()}.`,
});

/** Not yet, where the record says that an admin was asked for it. */
const lacking = (missing: readonly string[], asked: boolean): CheckFinding => ({
  code: 'permissions-missing',
  level: asked ? 'note' : 'bad',
  text: say`The token of the app lacks these permissions: ${missing}. T&A cannot send email without them.`,
  who: 'a Global or Privileged Role Administrator',
  next: say`Set up this customer again. It grants what is missing.`,
});

function surplusFindings({ customer, existing, unread }: AppLook): CheckFinding[] {
  if (unread.includes('grants')) return [];
  const surplus = surplusGrants(customer, existing.snapshot).map(({ permission }) => permission);
  if (surplus.length === 0) return [];
  return [
    {
      code: 'permissions-surplus',
      level: 'note',
      text: say`The application has permissions that the customer file does not name: ${surplus}.`,
      who: 'you',
      next: say`If no one needs them, remove them: set up this customer again and agree to their removal. To keep those of Microsoft Graph, name them in ${fieldWords.permissions}.`,
    },
  ];
}

function delegatedFindings({ existing, unread }: AppLook): CheckFinding[] {
  const scopes = existing.snapshot.delegatedGrants?.flatMap((grant) => grant.scopes) ?? [];
  if (scopes.length === 0 || unread.includes('delegatedGrants')) return [];
  return [
    {
      code: 'permissions-delegated',
      level: 'note',
      text: say`The application has delegated permissions, which T&A does not use: ${scopes}.`,
      who: "the customer's admin",
      next: say`Look at Entra admin center > Enterprise applications > the application > Permissions, and revoke what no one needs.`,
    },
  ];
}
