const shownOptions = new Set(['$select', '$filter', '$top', '$count']);

/** An address for log lines: host, path, and of the query only what holds no personal data and no key. */
export function redactUrl(text: string): string {
  const url = new URL(text);
  return `${url.hostname}${redactPath(url.pathname)}${redactQuery(url.searchParams)}`;
}

/** What stands in the paths of Microsoft's services. Whatever else does may name a customer: a domain, an id, an address, a vault. */
const known = new Set(
  [
    'v1.0 v2.0 api beta common organizations .well-known openid-configuration discovery instance oauth2 authorize token',
    'devicecode adminconsent logout keys me organization applications servicePrincipals appRoleAssignedTo appRoleAssignments',
    'oauth2PermissionGrants addPassword removePassword owners federatedIdentityCredentials directory deletedItems',
    'microsoft.graph.application microsoft.graph.directoryRole transitiveMemberOf memberOf roleManagement directoryRoles',
    'policies defaultAppManagementPolicy appManagementPolicies authorizationPolicy users messages mailFolders inbox drafts',
    'sentitems attachments createUploadSession AttachmentSessions send sendMail $batch $value $count restore',
    'subscriptions resourceGroups resourcegroups providers Microsoft.KeyVault vaults secrets register resources',
  ].flatMap((line) => line.toLowerCase().split(' ')),
);

function redactPath(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      const [, word = '', key = ''] = /^([^()]*)(\(.*\))?$/.exec(segment) ?? [];
      if (!known.has(word.toLowerCase()) && word !== '') return '***';
      return key === '' ? word : `${word}(***)`;
    })
    .join('/');
}

function redactQuery(query: URLSearchParams): string {
  // Anything but OData's options, such as an upload session's `authtoken`: the whole query goes.
  if ([...query.keys()].some((name) => !name.startsWith('$'))) return '';
  const parts = [...query].map(
    ([name, value]) => `${name}=${shownOptions.has(name) ? hideLiterals(value) : '***'}`,
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** `displayName eq 'Contoso'` -> `displayName eq '***'`. */
function hideLiterals(value: string): string {
  return value.replace(/'[^']*'?/g, "'***'");
}
