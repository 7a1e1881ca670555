import type { Sight } from './witness.ts';

/** What we could not confirm about Microsoft, each in our own words, and how a run sees what is true. */
export interface Statement {
  /** The row of docs/what-we-rely-on.md that leans on it. */
  readonly row: number;
  readonly says: string;
  /** Which answers tell, all or those of some statuses and codes; or the name of what a probe noted; or why no run can see it. */
  readonly seen:
    | { readonly method: string; readonly path: RegExp; readonly only?: RegExp }
    | { readonly probe: string }
    | { readonly not: string };
}

const graph = 'graph\\.microsoft\\.com/v1\\.0';
const at = (method: string, path: string, only?: RegExp): Pick<Statement, 'seen'> => ({
  seen: { method, path: new RegExp(path, 'i'), ...(only && { only }) },
});
const probe = (name: string): Pick<Statement, 'seen'> => ({ seen: { probe: name } });
const not = (reason: string): Pick<Statement, 'seen'> => ({ seen: { not: reason } });

export const statements: readonly Statement[] = [
  {
    row: 1,
    says: 'An upsert by unique name answers 201 when it creates and 204 when it changes.',
    ...at('PATCH', `${graph}/applications\\(`),
  },
  {
    row: 3,
    says: 'The unique name of a deleted application stays taken, and an upsert by it answers 400.',
    ...probe('taken name'),
  },
  {
    row: 3,
    says: 'The list of deleted applications can be filtered by unique name.',
    ...probe('deleted by name'),
  },
  {
    row: 4,
    says: 'A restored application has its service principal, its grants and its secrets again.',
    ...probe('after restore'),
  },
  {
    row: 5,
    says: 'A service principal can be upserted by its appId: 201, then 204.',
    ...at('PATCH', `${graph}/servicePrincipals\\(`),
  },
  { row: 6, says: 'An unknown secret is removed with 204, 400 or 404.', ...probe('unknown secret') },
  {
    row: 6,
    says: 'How a new secret is refused until Entra knows it everywhere.',
    ...at('POST', 'login\\.microsoftonline\\.com/.*/token', /^40[01] .*(700016|7000\d{3})$/),
  },
  {
    row: 8,
    says: "The roles in the admin's token and the roles that the directory lists are the same.",
    ...probe('roles'),
  },
  {
    row: 10,
    says: 'No policy forbids client secrets unless an administrator made one ("secure by default" of 2026).',
    ...probe('policy'),
  },
  {
    row: 12,
    says: 'A secret may last a minute longer than the policy allows, because clocks differ.',
    ...not('it would change a policy of the tenant; the program stays some minutes below the limit'),
  },
  {
    row: 13,
    says: 'Microsoft Graph Command Line Tools may ask for AppRegistration.Create in place of Application.ReadWrite.All.',
    ...not('it would ask the administrator for another consent'),
  },
  {
    row: 15,
    says: 'A code that the administrator declines answers authorization_declined with 70018.',
    ...not('someone has to decline'),
  },
  {
    row: 15,
    says: 'The token endpoint never answers slow_down while a code is waited for.',
    ...at('POST', 'login\\.microsoftonline\\.com/.*/token', /slow_down|pending/),
  },
  {
    row: 17,
    says: 'A code is a good default: Conditional Access blocks it (53003) in tenants that have not used it.',
    ...probe('sign-in'),
  },
  {
    row: 17,
    says: 'With which OAuth word 53003 comes: invalid_grant, access_denied or interaction_required.',
    ...at('POST', 'login\\.microsoftonline\\.com/.*/token', /53003/),
  },
  {
    row: 20,
    says: 'The consent page has a box that would consent for the whole organization.',
    ...not('only the person who signs in sees the page'),
  },
  {
    row: 22,
    says: 'A consent link without a reply address is recorded, whatever its last page says.',
    ...not('someone has to open the link'),
  },
  {
    row: 24,
    says: 'Names in a body and in a filter are read in any case, and a null is as good as nothing.',
    ...probe('names in any case'),
  },
  { row: 26, says: 'A session for a file below 3 MB is refused.', ...probe('small session') },
  {
    row: 26,
    says: 'A session for a file above 150 MB is refused, with 400 or 413.',
    ...probe('large session'),
  },
  { row: 26, says: 'A range above 4 MB is taken or refused.', ...probe('large range') },
  { row: 26, says: 'The address of a session answers how far it is.', ...probe('session status') },
  {
    row: 30,
    says: 'An email is found by its internet message id.',
    ...at('GET', `${graph}/users/\\*\\*\\*/messages$`),
  },
  {
    row: 32,
    says: 'A mailbox that has sent too much answers ErrorExceededMessageLimit with 400 or 403.',
    ...not('it would take thousands of emails'),
  },
  {
    row: 33,
    says: 'A refused mailbox answers ErrorAccessDenied, and its text tells grants, a scope or a list of user agents apart.',
    ...at('(GET|POST)', `${graph}/users/\\*\\*\\*/m`, /^403/),
  },
  {
    row: 37,
    says: 'Get-ServicePrincipal returns nothing for an id that does not exist.',
    ...not('PowerShell shows it; the script compares ObjectId under both readings'),
  },
  {
    row: 38,
    says: 'Uploads go to outlook.office.com or outlook.office365.com.',
    ...at('PUT', 'AttachmentSessions'),
  },
  {
    row: 40,
    says: 'A limit to one mailbox is in force after 30 minutes to two hours.',
    ...probe('one mailbox'),
  },
  {
    row: 41,
    says: 'A secret can be written into a vault behind a firewall.',
    ...not('the run creates nothing in Azure'),
  },
  {
    row: 44,
    says: 'The script for Graph PowerShell fails in an elevated window since 2.34.',
    ...not('it runs on the computer of an administrator'),
  },
  { row: 45, says: 'A second deployment of the same set-up creates nothing twice.', ...probe('again') },
  { row: 46, says: "T&A's eight endpoints read as ours do.", ...not("only T&A's own screen shows them") },
  {
    row: 47,
    says: 'Graph reports which secret of an application was used, to the application itself.',
    ...probe('secret use'),
  },
  {
    row: 48,
    says: 'Resource Manager says that a deleted secret holds the name.',
    ...not('the run creates nothing in Azure'),
  },
];

/** What was seen, kind by kind of answer, with how often and how long it took. */
export function seenOf(
  { seen }: Statement,
  sights: readonly Sight[],
  notes: ReadonlyMap<string, string>,
): string {
  if ('not' in seen) return `Not seen by a run: ${seen.not}.`;
  if ('probe' in seen) return notes.get(seen.probe) ?? 'Not seen: the run did not come so far.';
  const method = new RegExp(`^${seen.method}$`);
  const kinds = new Map<string, { times: number; ms: number; text: string }>();
  for (const { method: used, path, status, code, text = '', ms } of sights) {
    if (!method.test(used) || !seen.path.test(path)) continue;
    if (seen.only && !seen.only.test(`${status} ${code}`)) continue;
    const kind = [path.split('/')[0], status, code].filter(Boolean).join(' ');
    const before = kinds.get(kind) ?? { times: 0, ms: 0, text };
    kinds.set(kind, { ...before, times: before.times + 1, ms: Math.max(before.ms, ms) });
  }
  if (kinds.size === 0) return 'Not seen: nothing was answered so.';
  return [...kinds]
    .map(([kind, { times, ms, text }]) => `${times} x ${kind}, ${ms} ms at most${text && `: ${text}`}`)
    .join('; ');
}
