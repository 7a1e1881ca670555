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
  return new Map(Object.entries(ids));
}
