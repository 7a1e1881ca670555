import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { endpointsOf } from '../../../src/core/preferences/endpoints.ts';
import { fillTemplate, mailUrls } from '../../../src/core/preferences/mail-urls.ts';
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

const template = '/users/{UserPrincipalId}/messages/{DraftMessageId}/send';

test.each([
  ['a message id', 'AAMk/AG+I=', 'AAMk%2FAG%2BI%3D'],
  ['a guest', 'gina_fabrikam.com#EXT#@contoso.com', 'gina_fabrikam.com%23EXT%23%40contoso.com'],
  ['an apostrophe', "o'brien@contoso.com", 'o%27brien%40contoso.com'],
  ['a path', '../../beta', '..%2F..%2Fbeta'],
  ['a query', 'a?b&c', 'a%3Fb%26c'],
  ['a percent sign', '%2e', '%252e'],
  ['a placeholder', '{DraftMessageId}', '%7BDraftMessageId%7D'],
  ['a replacement pattern', '$&$1', '%24%26%241'],
  ['letters beyond ASCII', 'ü', '%C3%BC'],
])('percent-encodes %s', (_, value, encoded) => {
  expect(fillTemplate('/users/{User}', { User: value })).toBe(`/users/${encoded}`);
});

test('gives back any value from its place in the URL', () => {
  const value = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text !== '.' && text !== '..');
  fc.assert(
    fc.property(value, value, (UserPrincipalId, DraftMessageId) => {
      const url = new URL(
        `https://graph.microsoft.com/v1.0${fillTemplate(template, { UserPrincipalId, DraftMessageId })}`,
      );
      const segments = url.pathname.split('/');
      expect(url.origin).toBe('https://graph.microsoft.com');
      expect(`${url.search}${url.hash}${url.username}`).toBe('');
      expect(segments).toHaveLength(7);
      expect(decodeURIComponent(segments[3] ?? '')).toBe(UserPrincipalId);
      expect(decodeURIComponent(segments[5] ?? '')).toBe(DraftMessageId);
    }),
  );
});

test.each([
  ['a missing placeholder', '/users/messages', '{User} is missing'],
  ['a doubled one', '/users/{User}/{User}', '{User} occurs twice'],
  ['a misspelt one', '/users/{user}', '{user} is not a placeholder here'],
  ['one too many', '/users/{User}/{secret}', '{secret} is not a placeholder here'],
  ['an environment variable', '/users/{User}/{env:X}', '{env:X} is not a placeholder here'],
  ['an inherited name', '/users/{User}/{toString}', '{toString} is not a placeholder here'],
  ['an empty one', '/users/{User}/{}', '{} is not a placeholder here'],
  ['an open brace', '/users/{User}/{', 'one brace of a pair is missing'],
  ['a closing brace', '/users/{User}}', 'one brace of a pair is missing'],
])('refuses %s and names it', (_, bad, reason) => {
  expect(() => fillTemplate(bad, { User: 'x' })).toThrow(`In the endpoint "${bad}", ${reason}.`);
});

test.each(['', '.', '..', '\ud800'])('refuses the value %j, which no URL can carry', (User) => {
  expect(() => fillTemplate('/users/{User}', { User })).toThrow('{User} has no usable value');
});
