import { expect, test } from 'vitest';
import { placeholderFault } from '../../../src/core/preferences/endpoints.ts';

const upload = '/users/{UserPrincipalId}/messages/{DraftMessageId}/attachments/createuploadsession';

test.each([
  ['/users/messages/{DraftMessageId}/attachments/createuploadsession', '{UserPrincipalId} is missing'],
  [upload.replace('{DraftMessageId}', '{DraftMessageId}/{DraftMessageId}'), '{DraftMessageId} occurs twice'],
  [
    upload.replace('{DraftMessageId}', '{draftMessageID}'),
    '{draftMessageID} is misspelt: write {DraftMessageId}',
  ],
  [
    upload.replace('{DraftMessageId}', '{DraftMesageId}'),
    '{DraftMesageId} is misspelt: write {DraftMessageId}',
  ],
  [
    upload.replace('{UserPrincipalId}', '2b4e28ba-2fa1-4d2c-883f-0016d3cca427'),
    '{UserPrincipalId} is already filled in; T&A fills it in itself',
  ],
  [`${upload}{secret}`, '{secret} is not a placeholder here'],
  [`${upload}/x`, undefined],
  [upload, undefined],
])('of %s says %s', (found, fault) => {
  expect(String(placeholderFault(found, upload))).toBe(String(fault));
});

const user = '/users/{UserPrincipalName}';
test.each([
  ['/users/(UserPrincipalName)', '(UserPrincipalName) is misspelt: write {UserPrincipalName}'],
  ['/users/<userPrincipalName>', '<userPrincipalName> is misspelt: write {UserPrincipalName}'],
  ['/users/UserPrincipalName', 'UserPrincipalName is misspelt: write {UserPrincipalName}'],
  ['/users/UserPrincipalNam', 'UserPrincipalNam is misspelt: write {UserPrincipalName}'],
  ['/users/{Principal', '{Principal is misspelt: write {UserPrincipalName}'],
  ['/users/{UserPrincipalName', 'a brace is missing: write {UserPrincipalName}'],
  ['/users/UserPrincipalName}', 'a brace is missing: write {UserPrincipalName}'],
  ['/users/{UserPrincipalNam', '{UserPrincipalNam is misspelt: write {UserPrincipalName}'],
  ['/users/{{UserPrincipalName}}', 'there is one brace too many: write {UserPrincipalName}'],
  ['/users/{UserPrincipalName}}', 'there is one brace too many: write {UserPrincipalName}'],
  ['/users/ta@contoso.com', '{UserPrincipalName} is already filled in; T&A fills it in itself'],
  ['/users/{', '{UserPrincipalName} is missing'],
  ['/users/', '{UserPrincipalName} is missing'],
])('of %s says %s', (found, fault) => {
  expect(String(placeholderFault(found, user))).toBe(String(fault));
});

test('sees a lone brace beside a whole placeholder', () => {
  expect(String(placeholderFault(upload.replace('{UserPrincipalId}', '{UserPrincipalId'), upload))).toBe(
    'a brace is missing: write {UserPrincipalId}',
  );
  expect(String(placeholderFault(upload.replace('{DraftMessageId}', 'DraftMessageId}'), upload))).toBe(
    'a brace is missing: write {DraftMessageId}',
  );
});

test('knows a tenant that somebody filled in', () => {
  const expected = 'https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token';
  expect(String(placeholderFault(expected.replace('{TenantId}', 'contoso.com'), expected))).toMatch(
    /^\{TenantId\} is already filled in/,
  );
  expect(String(placeholderFault(expected.replace('/{TenantId}', ''), expected))).toBe(
    '{TenantId} is missing',
  );
});
