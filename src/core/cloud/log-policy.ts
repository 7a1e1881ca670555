import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Clock, Log } from '../ports.ts';
import { plain } from '../words/say.ts';
import { requestIdOf, retryAfterMs } from './headers.ts';
import { errorCode } from './one-try.ts';

/** One line for each try. Of the headers only the request id and `Retry-After`, of bodies nothing. */
export function logPolicy(log: Log, clock: Clock): PipelinePolicy {
  return {
    name: 'logPolicy',
    async sendRequest(request, next) {
      const line = `${request.method} ${redactUrl(request.url)}`;
      const start = clock.now();
      try {
        const response = await next(request);
        const id = requestIdOf((name) => response.headers.get(name)) ?? '-';
        const wait = response.headers.get('retry-after');
        // A header that is neither a number nor a date may hold anything.
        const told = retryAfterMs(wait, undefined, start) === undefined ? '' : ` retry-after ${wait}`;
        log.debug(plain(`${line} ${response.status} ${clock.now() - start} ms request-id ${id}${told}`));
        return response;
      } catch (error) {
        log.debug(`${line} failed ${errorCode(error)} ${clock.now() - start} ms`);
        throw error;
      }
    },
  };
}

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
    'subscriptions resourceGroups resourcegroups providers Microsoft.KeyVault vaults secrets deletedsecrets register resources',
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
