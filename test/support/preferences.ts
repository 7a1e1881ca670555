import { clouds } from '../../src/core/cloud/clouds.ts';
import { endpointsOf } from '../../src/core/preferences/endpoints.ts';
import type { Preferences } from '../../src/core/preferences/preferences.ts';
import { Secret } from '../../src/core/secret.ts';

/** Preferences of the global cloud. */
export function preferencesWith(
  connection: Partial<Preferences['connection']> = {},
  apiEndpoints: Partial<Preferences['apiEndpoints']> = {},
): Preferences {
  return {
    version: 1,
    component: 'EXCH',
    connection: {
      tenantId: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427',
      clientId: '2b4e28ba-2fa1-4d2c-883f-0016d3cca427',
      fromName: 'Contoso Time & Attendance',
      fromEmailAddress: 'ta@contoso.com',
      clientSecret: new Secret('Xy8Q~0123456789012345678901234567890123'),
      ...connection,
    },
    apiEndpoints: { ...endpointsOf(clouds.global), ...apiEndpoints },
  };
}

/** The API Endpoints tab as T&A's article has it. */
export const endpointsOfTheArticle = {
  tokenEndpoint: 'https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token',
  defaultScope: 'https://graph.microsoft.com/.default',
  graphApiEndpoint: 'https://graph.microsoft.com/v1.0',
  userEndpoint: '/users/{UserPrincipalName}',
  userMessagesEndpoint: '/users/{UserPrincipalId}/messages',
  draftUserMessageEndpoint: '/{DraftMessageId}/send',
  draftAddAttachmentEndpoint: '/{DraftMessageId}/attachments',
  createUploadSessionEndpoint:
    '/users/{UserPrincipalId}/messages/{DraftMessageId}/attachments/createuploadsession',
};
