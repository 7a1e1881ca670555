import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClaims } from '../../../src/core/sign-in/session.ts';
import { forgedToken } from '../../support/forged-token.ts';

test('the claims of a token are read', () => {
  expect(readClaims(forgedToken({ tid: 'ABCDEF00-1111-4111-A111-111111111111' }))).toEqual({
    tenantId: 'abcdef00-1111-4111-a111-111111111111',
    objectId: '22222222-2222-4222-a222-222222222222',
    userPrincipalName: 'grace@contoso.com',
    displayName: 'Grace Admin',
    wids: ['62e90394-69f5-4237-9190-012177145e10'],
    scopes: [
      'Application.ReadWrite.All',
      'AppRoleAssignment.ReadWrite.All',
      'Directory.Read.All',
      'Organization.Read.All',
      'Policy.Read.All',
    ],
    lifetimeMs: 4_500_000,
  });
});

test('a guest is known by the unique name', () => {
  const token = forgedToken({ upn: undefined, name: undefined, unique_name: 'live.com#gina@fabrikam.com' });
  expect(readClaims(token)).toMatchObject({
    userPrincipalName: 'live.com#gina@fabrikam.com',
    displayName: 'live.com#gina@fabrikam.com',
  });
});

test('a person without roles or scopes has empty lists', () => {
  expect(readClaims(forgedToken({ wids: undefined, scp: undefined }))).toMatchObject({
    wids: [],
    scopes: [],
  });
});

test.each(['tid', 'oid', 'iat', 'exp'])('a token without %s is none', (claim) => {
  expect(readClaims(forgedToken({ [claim]: undefined }))).toBeUndefined();
});

test('no text makes the reader throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((text) => `x.${Buffer.from(text).toString('base64url')}.y`),
      ),
      (text) => {
        expect(readClaims(text)).toBeUndefined();
      },
    ),
  );
});
