import { expect, test } from 'vitest';
import { redactUrl } from '../../../src/core/cloud/log-policy.ts';

test.each([
  [
    'https://graph.microsoft.com/v1.0/applications/1b5b?$select=id,appId&$top=5',
    'graph.microsoft.com/v1.0/applications/***?$select=id,appId&$top=5',
  ],
  [
    "https://graph.microsoft.com/v1.0/users?$filter=mail eq 'ta@contoso.com'&$search=x",
    "graph.microsoft.com/v1.0/users?$filter=mail eq '***'&$search=***",
  ],
  [
    "https://graph.microsoft.com/v1.0/users?$filter=mail eq 'unclosed",
    "graph.microsoft.com/v1.0/users?$filter=mail eq '***'",
  ],
  ['https://graph.microsoft.com/v1.0/users?$skiptoken=abc', 'graph.microsoft.com/v1.0/users?$skiptoken=***'],
  [
    'https://graph.microsoft.com/v1.0/users/ta@contoso.com/messages',
    'graph.microsoft.com/v1.0/users/***/messages',
  ],
  [
    'https://graph.microsoft.com/v1.0/users/ta%40contoso.com/messages',
    'graph.microsoft.com/v1.0/users/***/messages',
  ],
  [
    "https://outlook.office.com/api/v2.0/Users('1@2')/AttachmentSessions('3')?authtoken=eyJ0",
    'outlook.office.com/api/v2.0/Users(***)/AttachmentSessions(***)',
  ],
  [
    'https://login.microsoftonline.com/x/oauth2/authorize?code=hush&$top=1',
    'login.microsoftonline.com/***/oauth2/authorize',
  ],
  [
    "https://graph.microsoft.com/v1.0/applications(uniqueName='ta-contoso')?$select=id",
    'graph.microsoft.com/v1.0/applications(***)?$select=id',
  ],
  [
    'https://login.microsoftonline.com/contoso.com/v2.0/.well-known/openid-configuration',
    'login.microsoftonline.com/***/v2.0/.well-known/openid-configuration',
  ],
  [
    'https://management.azure.com/subscriptions/1b5b/resourceGroups/rg-contoso/providers/Microsoft.KeyVault/vaults/kv',
    'management.azure.com/subscriptions/***/resourceGroups/***/providers/Microsoft.KeyVault/vaults/***',
  ],
  ['https://user:hush@graph.microsoft.com/v1.0#hush', 'graph.microsoft.com/v1.0'],
])('logs %s as %s', (url, expected) => {
  expect(redactUrl(url)).toBe(expected);
});
