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
  [
    'with the blanks of a web page',
    (text: string) => text.replaceAll(/^ +/gm, (blanks) => '\u00a0'.repeat(blanks.length)),
  ],
  ['indented', (text: string) => text.replace(/^/gm, '\t  ')],
])('reads a result %s', (_how, change) => {
  expect(readResultBlock(change(printed()), 'result.txt')).toEqual(block);
});

/** At a blank, the last in reach or else the first beyond it; only what has no blank is broken anywhere. */
function wrapped(text: string, width: number, keepsBlank: boolean): string {
  const fold = (line: string): string => {
    if (line.length <= width || line.startsWith('-----')) return line;
    const indent = line.length - line.trimStart().length;
    const before = line.lastIndexOf(' ', width - 1);
    const blank = before > indent ? before : line.indexOf(' ', Math.max(width, indent));
    if (blank < 0) return `${line.slice(0, width)}\n${fold(line.slice(width))}`;
    return `${line.slice(0, blank)}${keepsBlank ? ' ' : ''}\n${fold(line.slice(blank + 1))}`;
  };
  return text.split('\n').map(fold).join('\n');
}

test('reads a result whose lines a mail program has wrapped, however wide they may be', () => {
  const long = {
    ...block,
    secretName:
      'Time and Attendance Exchange Online integration secret, for the payroll office (ta-abcdefgh)',
    uniqueName: 'ta-exchange-setup-time-and-attendance-exchange-online-integration-for-the-payroll-office',
    sealedSecret: ['YWdl'.repeat(16), 'YWdl'.repeat(16)],
  };
  const shapes = [JSON.stringify(long, undefined, 2), JSON.stringify(long)];
  for (const text of shapes) {
    for (let width = 40; width <= 120; width += 1) {
      for (const keepsBlank of [true, false]) {
        const sent = wrapped(`${begin}\n${text}\n${end}`, width, keepsBlank);
        expect(readResultBlock(sent, 'result.txt')).toEqual(long);
      }
    }
  }
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
