import { type Cloud, clouds } from '../cloud/clouds.ts';
import type { OddEndpoint } from './odd-endpoint.ts';
import { placeholderFault } from './placeholders.ts';
import type { ApiEndpoints, PastedPreferences } from './preferences.ts';
import { strangeEndpoint } from './preferences-failures.ts';

/** T&A's API Endpoints tab for one cloud, to the letter; only the hosts differ between clouds. */
export function endpointsOf(cloud: Cloud): ApiEndpoints {
  return {
    tokenEndpoint: `${cloud.login}/{TenantId}/oauth2/v2.0/token`,
    defaultScope: cloud.graphScope,
    graphApiEndpoint: `${cloud.graph}/v1.0`,
    userEndpoint: '/users/{UserPrincipalName}',
    userMessagesEndpoint: '/users/{UserPrincipalId}/messages',
    draftUserMessageEndpoint: '/{DraftMessageId}/send',
    draftAddAttachmentEndpoint: '/{DraftMessageId}/attachments',
    createUploadSessionEndpoint:
      '/users/{UserPrincipalId}/messages/{DraftMessageId}/attachments/createuploadsession',
  };
}

/** The fields of the tab in T&A's order, and the names it shows. */
export const endpointLabels = [
  ['tokenEndpoint', 'Token Endpoint'],
  ['defaultScope', 'Default Scope'],
  ['graphApiEndpoint', 'Graph API Endpoint'],
  ['userEndpoint', 'User Endpoint'],
  ['userMessagesEndpoint', 'User Messages Endpoint'],
  ['draftUserMessageEndpoint', 'Draft User Message Endpoint'],
  ['draftAddAttachmentEndpoint', 'Draft Add Attachment Endpoint'],
  ['createUploadSessionEndpoint', 'Create Upload Session Endpoint'],
] as const satisfies readonly (readonly [keyof ApiEndpoints, string])[];

/**
 * The cloud whose endpoints these are. A secret goes where they point, so a file is not trusted on it: every one must be
 * T&A's text for one and the same cloud. Throws a Failure that names the first field that is not.
 */
export function cloudOf(endpoints: ApiEndpoints): Cloud {
  const cloud = nearestCloud(endpoints);
  const [odd] = oddEndpoints(endpoints, cloud);
  if (odd) throw strangeEndpoint(odd);
  return cloud;
}

type SomeEndpoints = PastedPreferences['apiEndpoints'];

/** Those that are not T&A's text for a cloud; unless told, for the one that they are most like. Missing ones do not count. */
export function oddEndpoints(found: SomeEndpoints, cloud: Cloud = nearestCloud(found)): OddEndpoint[] {
  const wanted = endpointsOf(cloud);
  return endpointLabels.flatMap(([field, label]) => {
    const text = found[field];
    if (text === undefined || text === wanted[field]) return [];
    const fault = placeholderFault(text, wanted[field]);
    return [{ label, expected: wanted[field], found: text, ...(fault && { fault }) }];
  });
}

/** The cloud that endpoints are most like. */
export function nearestCloud(endpoints: SomeEndpoints): Cloud {
  const hits = (cloud: Cloud): number => {
    const wanted = endpointsOf(cloud);
    return endpointLabels.filter(([field]) => endpoints[field] === wanted[field]).length;
  };
  return Object.values(clouds).reduce((best, other) => (hits(other) > hits(best) ? other : best));
}
