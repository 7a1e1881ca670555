import { expect, test } from 'vitest';
import { placeholderFault } from '../../../src/core/preferences/placeholders.ts';

const upload = '/users/{UserPrincipalId}/messages/{DraftMessageId}/attachments/createuploadsession';

test.each([
  ['/users/messages/{DraftMessageId}/attachments/createuploadsession', '{UserPrincipalId} is missing'],
  [
    upload.replace('{DraftMessageId}', '{DraftMessageId}/{DraftMessageId}'),
    '{DraftMessageId} stands there twice',
  ],
  [
    upload.replace('{DraftMessageId}', '{draftMessageID}'),
    '{draftMessageID} is misspelt: it is {DraftMessageId}',
  ],
  [
    upload.replace('{DraftMessageId}', '{DraftMesageId}'),
    '{DraftMesageId} is misspelt: it is {DraftMessageId}',
  ],
  [
    upload.replace('{UserPrincipalId}', '2b4e28ba-2fa1-4d2c-883f-0016d3cca427'),
    '{UserPrincipalId} is filled in already; T&A fills it in itself',
  ],
  [`${upload}{secret}`, '{secret} is not a placeholder here'],
  [`${upload}/x`, undefined],
  [upload, undefined],
])('of %s says %s', (found, fault) => {
  expect(placeholderFault(found, upload)).toBe(fault);
});

const user = '/users/{UserPrincipalName}';
test.each([
  ['/users/(UserPrincipalName)', '(UserPrincipalName) is misspelt: it is {UserPrincipalName}'],
  ['/users/<userPrincipalName>', '<userPrincipalName> is misspelt: it is {UserPrincipalName}'],
  ['/users/UserPrincipalName', 'UserPrincipalName is misspelt: it is {UserPrincipalName}'],
  ['/users/UserPrincipalNam', 'UserPrincipalNam is misspelt: it is {UserPrincipalName}'],
  ['/users/{Principal', '{Principal is misspelt: it is {UserPrincipalName}'],
  ['/users/{UserPrincipalName', 'a brace is missing: it is {UserPrincipalName}'],
  ['/users/UserPrincipalName}', 'a brace is missing: it is {UserPrincipalName}'],
  ['/users/{UserPrincipalNam', '{UserPrincipalNam is misspelt: it is {UserPrincipalName}'],
  ['/users/{{UserPrincipalName}}', 'a brace is too many: it is {UserPrincipalName}'],
  ['/users/{UserPrincipalName}}', 'a brace is too many: it is {UserPrincipalName}'],
  ['/users/ta@contoso.com', '{UserPrincipalName} is filled in already; T&A fills it in itself'],
  ['/users/{', '{UserPrincipalName} is missing'],
  ['/users/', '{UserPrincipalName} is missing'],
])('of %s says %s', (found, fault) => {
  expect(placeholderFault(found, user)).toBe(fault);
});

test('sees a lone brace beside a whole placeholder', () => {
  expect(placeholderFault(upload.replace('{UserPrincipalId}', '{UserPrincipalId'), upload)).toBe(
    'a brace is missing: it is {UserPrincipalId}',
  );
  expect(placeholderFault(upload.replace('{DraftMessageId}', 'DraftMessageId}'), upload)).toBe(
    'a brace is missing: it is {DraftMessageId}',
  );
});

test('knows a tenant that somebody filled in', () => {
  const expected = 'https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token';
  expect(placeholderFault(expected.replace('{TenantId}', 'contoso.com'), expected)).toMatch(
    /^\{TenantId\} is filled in/,
  );
  expect(placeholderFault(expected.replace('/{TenantId}', ''), expected)).toBe('{TenantId} is missing');
});
