import { expect, test } from 'vitest';
import { secretNotes } from '../../../src/core/preferences/secret-notes.ts';
import { Secret } from '../../../src/core/secret.ts';

const usual = 'Xy8Q~0123456789._-abcdefghijklmnopqrstuv';

test.each([usual, '[6gyXA5S20@MN+WRXAJ]I-TO7g1:h2P8', 'O\'Neil"s;=#%&<\\>'])(
  'has nothing to say of %s',
  (text) => {
    expect(secretNotes(new Secret(text)).map(String)).toEqual([]);
  },
);

test.each([
  [` ${usual}`, ['begins with a space']],
  [`${usual}\u00a0`, ['ends with a space']],
  [`\u200b${usual} `, ['begins with a space', 'ends with a space']],
  [`'${usual}'`, ['is in quotation marks']],
  [`"${usual}"`, ['is in quotation marks']],
  [`“${usual}”`, ['is in quotation marks']],
  [`Xy8é${usual}`, ['contains a character that Entra never uses, the 4th']],
  [`${usual.slice(0, 10)} ${usual}`, ['contains a character that Entra never uses, the 11th']],
])('of %j it says so, and quotes nothing', (text, faults) => {
  const notes = secretNotes(new Secret(text));
  expect(notes).toHaveLength(faults.length);
  for (const [index, fault] of faults.entries())
    expect(String(notes[index])).toContain(`The client secret ${fault}.`);
  expect(notes.join()).not.toContain('Xy8');
});
