import { type Cloud, clouds } from '../cloud/clouds.ts';
import type { ApiEndpoints } from './preferences.ts';
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
  const all = Object.values(clouds).map((cloud) => ({
    cloud,
    odd: oddFields(endpoints, endpointsOf(cloud)),
  }));
  const { cloud, odd } = all.reduce((best, other) => (other.odd.length < best.odd.length ? other : best));
  if (odd[0] === undefined) return cloud;
  const [field, label] = odd[0];
  throw strangeEndpoint(label, endpoints[field], endpointsOf(cloud)[field]);
}

function oddFields(found: ApiEndpoints, expected: ApiEndpoints) {
  return endpointLabels.filter(([field]) => found[field] !== expected[field]);
}
