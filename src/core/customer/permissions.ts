import { say, type Words } from '../words/say.ts';

/** A Microsoft Graph application permission that T&A may be given. */
export interface Permission {
  readonly value: string;
  /** Graph's app role id, the same in every tenant and cloud. */
  readonly appRoleId: string;
  readonly reason: Words;
}

/**
 * The default set. T&A's article names `Directory.Read.All` first; its table of further permissions is lost from our
 * copy, so the other three are derived from what T&A's own endpoints call. A customer file can override the set.
 */
export const defaultPermissions: readonly Permission[] = [
  {
    value: 'Directory.Read.All',
    appRoleId: '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
    reason: say`Named by T&A's own instructions for Exchange Online.`,
  },
  {
    value: 'User.Read.All',
    appRoleId: 'df021288-bdef-4463-88db-98f22de89214',
    reason: say`The User Endpoint looks up the sender.`,
  },
  {
    value: 'Mail.ReadWrite',
    appRoleId: 'e2a3a72e-5f79-4c64-b1b1-878b674786c9',
    reason: say`T&A writes every email as a draft first, with its attachments and upload sessions.`,
  },
  {
    value: 'Mail.Send',
    appRoleId: 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
    reason: say`The draft is sent.`,
  },
];

/**
 * The ids of Microsoft Graph's application permissions by their names, for where no tenant can be asked. Read only here,
 * and only when asked for.
 *
 * They are Microsoft's own list (github.com/microsoftgraph/microsoft-graph-devx-content, permissions/permissions-descriptions.json,
 * of 7 August 2026; also learn.microsoft.com/graph/permissions-reference) without Contacts-OnPremisesSyncBehavior.ReadWrite.All,
 * for which its provisioningInfo.json beside it has another id.
 */
export async function graphAppRoles(): Promise<ReadonlyMap<string, string>> {
  const { default: ids } = await import('./graph-app-roles.json', { with: { type: 'json' } });
  allRoles ??= new Map(Object.entries(ids));
  return allRoles;
}

/** Made once: a check of thousands asks for each of them. */
let allRoles: ReadonlyMap<string, string> | undefined;
