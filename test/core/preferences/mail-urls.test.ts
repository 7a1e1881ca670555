import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { endpointsOf } from '../../../src/core/preferences/endpoints.ts';
import { mailUrls } from '../../../src/core/preferences/mail-urls.ts';
import { preferencesWith } from '../../support/preferences.ts';

test('fills in every endpoint; those of a draft stand below the User Messages Endpoint', () => {
  const urls = mailUrls(preferencesWith());
  const graph = 'https://graph.microsoft.com/v1.0';
  expect(urls.token).toBe(
    'https://login.microsoftonline.com/1b4e28ba-2fa1-4d2c-883f-0016d3cca427/oauth2/v2.0/token',
  );
  expect(urls.user).toBe(`${graph}/users/ta%40contoso.com`);
  expect(urls.messages('u-1')).toBe(`${graph}/users/u-1/messages`);
  expect(urls.draft('u-1', 'A/B=')).toBe(`${graph}/users/u-1/messages/A%2FB%3D`);
  expect(urls.send('u-1', 'A/B=')).toBe(`${graph}/users/u-1/messages/A%2FB%3D/send`);
  expect(urls.attachments('u-1', 'A/B=')).toBe(`${graph}/users/u-1/messages/A%2FB%3D/attachments`);
  expect(urls.uploadSession('u-1', 'A/B=')).toBe(
    `${graph}/users/u-1/messages/A%2FB%3D/attachments/createuploadsession`,
  );
  expect(urls.folder('u-1', 'sentitems')).toBe(`${graph}/users/u-1/mailFolders/sentitems/messages`);
  expect(urls.person("o'b@contoso.com")).toBe(`${graph}/users/o%27b%40contoso.com`);
});

test('goes to the hosts of the cloud that the endpoints name', () => {
  const urls = mailUrls(preferencesWith({}, endpointsOf(clouds.china)));
  expect(urls.cloud.name).toBe('china');
  expect(new URL(urls.token).host).toBe('login.partner.microsoftonline.cn');
  expect(new URL(urls.messages('u')).host).toBe('microsoftgraph.chinacloudapi.cn');
});

test('refuses endpoints of nobody we know before it gives any URL', () => {
  const evil = preferencesWith({}, { tokenEndpoint: 'https://evil.example/{TenantId}/oauth2/v2.0/token' });
  expect(() => mailUrls(evil)).toThrow(/^Token Endpoint: expected "https:\/\/login\.microsoftonline\.com/);
});
