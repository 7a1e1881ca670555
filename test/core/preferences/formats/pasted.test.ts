import { expect, test } from 'vitest';
import { readPasted } from '../../../../src/core/preferences/formats/pasted.ts';

const screen = `Email component: EXCH -- Exchange Online
Connection
  Tenant ID:  1b4e28ba-2fa1-4d2c-883f-0016d3cca427
CLIENT ID: 2b4e28ba-2fa1-4d2c-883f-0016d3cca427\r
From name: Contoso: Time & Attendance

From e-mail address : ta@contoso.com
Client Secret: ••••••••••
API Endpoints
Token Endpoint: https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token
Test`;

test("understands T&A's screen as people paste it", () => {
  expect(readPasted(screen, 'a.txt')).toEqual({
    version: 1,
    component: 'EXCH',
    connection: {
      tenantId: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427',
      clientId: '2b4e28ba-2fa1-4d2c-883f-0016d3cca427',
      fromName: 'Contoso: Time & Attendance',
      fromEmailAddress: 'ta@contoso.com',
      clientSecret: '••••••••••',
    },
    apiEndpoints: { tokenEndpoint: 'https://login.microsoftonline.com/{TenantId}/oauth2/v2.0/token' },
  });
});

test.each([
  ['an unknown field', 'Tenant IDs: x', 'line 1: expected the field "Tenant ID", found an unknown field'],
  ['a field twice', 'From name: a\nFrom name: b', 'line 2: expected From name once'],
  ['a line without a field', 'From name: a\nXy8Q~012345', 'line 2: expected a line such as "Tenant ID: ..."'],
  ['a secret in the place of a label', 'Xy8Q~012345: x', 'line 1: expected the field "Version"'],
])('refuses %s and quotes no value', (_, text, message) => {
  expect(() => readPasted(text, 'a.txt')).toThrow(message);
  expect(() => readPasted(text, 'a.txt')).toThrow(/^(?!.*Xy8Q)/);
});
