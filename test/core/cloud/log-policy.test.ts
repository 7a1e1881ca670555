import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { expect, test } from 'vitest';
import { logPolicy, redactUrl } from '../../../src/core/cloud/log-policy.ts';
import { fakeClock } from '../../support/fake-clock.ts';

/** The line of one try that takes 30 ms, and what the policy gave or threw. */
async function logged(answer: { readonly headers: Record<string, string> } | Error) {
  const clock = fakeClock();
  const lines: string[] = [];
  const log = { info: () => {}, debug: (line: string) => void lines.push(line) };
  const request = createPipelineRequest({ url: 'https://graph.microsoft.com/v1.0/me', method: 'POST' });
  const policy = logPolicy(log, clock);
  const sent = policy.sendRequest(request, async () => {
    clock.advance(30);
    if (answer instanceof Error) throw answer;
    return { request, status: 429, headers: createHttpHeaders(answer.headers) };
  });
  const ended: unknown = await sent.catch((error: unknown) => error);
  return { lines, ended, name: policy.name };
}

const line = 'POST graph.microsoft.com/v1.0/me';

test.each([
  [{}, 'request-id -'],
  [{ 'request-id': '7d3a', 'retry-after': '20' }, 'request-id 7d3a retry-after 20'],
  [{ 'x-ms-request-id': '8e4b', 'retry-after': 'hush' }, 'request-id 8e4b'],
])('one line for each answer, of whose headers %j it says: %s', async (headers, said) => {
  const { lines, ended, name } = await logged({ headers });
  expect(lines).toEqual([`${line} 429 30 ms ${said}`]);
  expect(ended).toMatchObject({ status: 429 });
  expect(name).toBe('logPolicy');
});

test('what got no answer is a line with its code, and stays what it is', async () => {
  const lost = Object.assign(new Error('hush'), { code: 'ECONNRESET' });
  const { lines, ended } = await logged(lost);
  expect(lines).toEqual([`${line} failed ECONNRESET 30 ms`]);
  expect(ended).toBe(lost);
});

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
  [
    'https://graph.microsoft.com/v1.0/applications/1b5b/addPassword?$count=true&$orderby=hush',
    'graph.microsoft.com/v1.0/applications/***/addPassword?$count=true&$orderby=***',
  ],
  [
    'https://graph.microsoft.com/v1.0/directory/deletedItems/microsoft.graph.application/owners',
    'graph.microsoft.com/v1.0/directory/deletedItems/microsoft.graph.application/owners',
  ],
  // No segment of Microsoft's: brackets that are not a key at its end.
  ['https://graph.microsoft.com/v1.0/users(1)hush/hush)users', 'graph.microsoft.com/v1.0//'],
  ['https://user:hush@graph.microsoft.com/v1.0#hush', 'graph.microsoft.com/v1.0'],
])('logs %s as %s', (url, expected) => {
  expect(redactUrl(url)).toBe(expected);
});
