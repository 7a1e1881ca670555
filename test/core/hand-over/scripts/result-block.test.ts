import { expect, test } from 'vitest';
import { readResultBlock } from '../../../../src/core/hand-over/scripts/result-block.ts';

const id = '1b4e28ba-2fa1-4d2c-883f-0016d3cca427';
const block = {
  version: 1,
  uniqueName: 'ta-exchange-setup-x',
  grants: [{ permission: 'Mail.Send', appRoleId: id }],
  secretName: 'secret (ta-abcdefgh)',
  expiresAt: '2027-05-22T22:00:00Z',
  tenantId: id,
  objectId: id,
  clientId: id,
  createdAt: '2026-11-24T10:00:00Z',
  principalId: id,
  keyId: id,
  hint: 'abc',
  sealedSecret: ['YWdl'],
};

const begin = '-----BEGIN TA EXCHANGE RESULT-----';
const end = '-----END TA EXCHANGE RESULT-----';
const printed = (change: object = {}) =>
  `${begin}\n${JSON.stringify({ ...block, ...change }, undefined, 2)}\n${end}\n`;

test.each([
  ['as it was printed', (text: string) => text],
  ['inside a letter', (text: string) => `Hello,\n\n${text}\nRegards`],
  ['quoted by a mail program', (text: string) => text.replace(/^/gm, '> > ')],
  ['with the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
  ['indented', (text: string) => text.replace(/^/gm, '\t  ')],
])('reads a result %s', (_how, change) => {
  expect(readResultBlock(change(printed()), 'result.txt')).toEqual(block);
});

test.each([
  ['no result', 'Hello', `expected a line ${begin}`],
  ['a result without its end', printed().replace(end, ''), `expected a line ${end}`],
  ['two results', printed() + printed(), 'expected one result'],
  ['a field that nobody knows', printed({ clientSecret: 'x' }), 'an unknown field'],
  ['a field given twice', printed().replace('"hint"', '"keyId": "",\n"hint"'), 'each field once'],
  ['an id that is none', printed({ clientId: "x'; touch pwned" }), 'a GUID'],
  ['a secret in clear', printed({ sealedSecret: ['abc8Q~0123'] }), 'base64'],
  ['a later version', printed({ version: 2 }), 'a newer version'],
  ['a name with a line break', printed({ secretName: 'a\nb' }), 'one line of text'],
])('refuses %s', (_what, text, sentence) => {
  expect(() => readResultBlock(text, 'result.txt')).toThrowError(sentence);
});
