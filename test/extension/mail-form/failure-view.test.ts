import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '../../../src/contract/channel.ts';
import { errors } from '../../../src/core/words/errors.ts';
import { failureView, hidePaths, refusalOf } from '../../../src/extension/mail-form/failure-view.ts';

test.each([
  ['/home/robin/Customers/contoso.ta-email.json is not there.', 'contoso.ta-email.json is not there.'],
  ['C:\\Users\\Robin van T\\c.json cannot be read.', 'c.json cannot be read.'],
  ['\\\\server\\share\\c.json: expected a file.', 'c.json: expected a file.'],
  ['attachment /tmp/a b/c d.pdf: expected a file', 'attachment c d.pdf: expected a file'],
])('%s keeps the name of the file only', (text, shown) => {
  expect(hidePaths(text)).toBe(shown);
});

test.each([
  'See https://entra.microsoft.com/tenant/apps/list for it.',
  'AADSTS7000215: Invalid client secret provided. 1/2/3',
  'Use and/or, T&A, application/json.',
])('%s stays', (text) => {
  expect(hidePaths(text)).toBe(text);
});

test('no folder of an absolute path is left, whatever it is called', () => {
  const name = fc.stringMatching(/^[a-zA-Z0-9 ._'()-]{0,20}[a-zA-Z0-9]$/);
  fc.assert(
    fc.property(
      fc.array(name, { minLength: 1, maxLength: 6 }),
      name,
      fc.boolean(),
      (folders, file, windows) => {
        const path = windows ? `C:\\${[...folders, file].join('\\')}` : `/${[...folders, file].join('/')}`;
        expect(hidePaths(`${path}: expected a file.`)).toBe(`${file}: expected a file.`);
      },
    ),
  );
});

test('the page hears of an unexpected error that there was one, and no more', () => {
  expect(refusalOf(new Error('secret'), String)).toMatchObject({
    code: 'TA-UNEXPECTED',
    message: '',
    hint: '',
  });
});

test('the page hears of a failure what happened and what to do', () => {
  const failure = errors.fileMissing('/home/robin/contoso.ta-email.json');
  const refusal = refusalOf(failure, String);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ code: 'TA-FILE-MISSING', hint: failure.advice.next });
  expect(JSON.stringify(failureView(failure, String))).not.toContain('robin');
});
