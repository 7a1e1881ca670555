import { expect, test } from 'vitest';
import { readPasted } from '../../../../src/core/preferences/formats/pasted.ts';

const shown = {
  'From name': 'Contoso',
  'From email address': 'ta@contoso.com',
  'Client Secret': 'Xy8Q~0123.-_45',
  'Create Upload Session Endpoint':
    '/users/{UserPrincipalId}/messages/{DraftMessageId}/attachments/createuploadsession',
};

/** The fields, this one at the end. */
const textWith = (last: string): string =>
  Object.entries(shown)
    .toSorted(([one], [other]) => Number(one === last) - Number(other === last))
    .map(([label, value]) => `${label}: ${value}`)
    .join('\n');

test.each([
  'Bye',
  'Thanks, Robin',
  'Kind regards,\nRobin Reader\nContoso Ltd\nTel: +44 20 7946 0000',
  'Mit freundlichen Grüßen\nRobin',
  '-- \nRobin Reader\nContoso Ltd',
  'Sent from my iPhone',
  'On 12 Nov 2026 at 10:12, Grace wrote:\n> Please send me the settings.\n>\n> Grace',
  '> Please send me the settings.',
  '________________________________\nThis message is confidential.',
  '-----Original Message-----\nPlease send me the settings.',
])('an email may end with %j, whatever field is the last', (ending) => {
  for (const last of Object.keys(shown)) {
    const text = textWith(last);
    expect(readPasted(`${text}\n\n${ending}\n`, 'a.txt')).toEqual(readPasted(text, 'a.txt'));
  }
  // With a field after it, or in it, it is not the end.
  for (const mark of ['', '> '])
    expect(() => readPasted(`From name: a\n${ending}\n${mark}Client ID: Xy8Q`, 'a.txt')).toThrow(
      /line \d+: expected(?!.*Xy8Q)/,
    );
});

test('after a label without a value, such a word is the value', () => {
  expect(readPasted('From name:\nThanks', 'a.txt')).toHaveProperty('connection.fromName', 'Thanks');
});

const whole = {
  'Tenant ID': '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  'Client ID': '{1b4e28ba-2fa1-41d2-883f-0016d3cca428}',
  'From email address': 'ta@contoso.com',
  'Token Endpoint': 'https://login.microsoftonline.us/{TenantId}/oauth2/v2.0/token',
  'Graph API Endpoint': 'https://graph.microsoft.com',
  'User Endpoint': '/users/{UserPrincipalName}/',
  'Create Upload Session Endpoint':
    '/users/{UserPrincipalId}/messages/{DraftMessageId}/attachments/createuploadsession',
};

test.each(
  Object.entries(whole).flatMap(([label, value]) =>
    ['Saludos', 'Robin,', 'contoso.com', 'R2D2'].map((word) => [label, value, word] as const),
  ),
)('%s: %s is whole, so %j on the next line is no part of it', (label, value, word) => {
  for (const after of ['', '\nClient Secret: Xy8Q~0123.-_45'])
    expect(() => readPasted(`From name: a\n${label}: ${value}\n${word}${after}`, 'a.txt')).toThrow(
      'a.txt, line 3: expected',
    );
});

test('what an email program broke off is joined, where the value is not whole without it', () => {
  const { 'Tenant ID': id, 'Create Upload Session Endpoint': upload } = whole;
  const text = `Tenant ID: ${id.replace('-883f', '-\n883f')}\nFrom email address: ta@contoso-\ngroup.com\nCreate Upload Session Endpoint: ${upload.replace('/create', '/\ncreate')}\nGraph API Endpoint: https://graph.microsoft.com\n/v1.0`;
  expect(readPasted(text, 'a.txt')).toMatchObject({
    connection: { tenantId: id, fromEmailAddress: 'ta@contoso-group.com' },
    apiEndpoints: {
      createUploadSessionEndpoint: upload,
      graphApiEndpoint: 'https://graph.microsoft.com/v1.0',
    },
  });
});

test('German headings are headings, and a sender has several German labels', () => {
  const from = (label: string) =>
    `Verbindung\n${label}: ta@contoso.com\nTesten\nAPI-Endpunkte\nFrom name: Contoso\nSpeichern\nAbbrechen`;
  const usual = readPasted('From email address: ta@contoso.com\nFrom name: Contoso', 'a.txt');
  for (const label of ['Absenderadresse', 'Absender-E-Mail-Adresse', 'E-Mail-Adresse des Absenders'])
    expect(readPasted(from(label), 'a.txt')).toEqual(usual);
});
