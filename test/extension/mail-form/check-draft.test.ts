import { expect, test } from 'vitest';
import { fileProblems, textProblems } from '../../../src/extension/mail-form/ready-draft.ts';
import { filesOf } from '../../support/sending-tenant.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const code = 'TA-7K3Q-9F';
const draft = {
  customer: 'x',
  to: 'robin@contoso.com',
  cc: '',
  subject: 'Hours',
  body: 'Text',
  receiptSeconds: 5,
};

test('a good draft has no problem', async () => {
  expect(await textProblems(draft, code, String)).toEqual([]);
  expect(await fileProblems(await filesOf({ 'a.txt': new Uint8Array(3) }), code, String)).toEqual([]);
});

test('every field says for itself what is wrong with it', async () => {
  const bad = { ...draft, to: 'robin', cc: 'a@', subject: 'two\nlines', body: 'bell \u0007' };
  const problems = await textProblems(bad, code, String);
  expect(problems.map(({ field }) => field)).toEqual(['to', 'cc', 'subject', 'body']);
  for (const { message } of problems) expect(message).toContain('expected');
});

test('a client secret is refused in every field, and quoted in none', async () => {
  const secret = 'Xy78Q~canary-canary.canary_canary~canary';
  const problems = await textProblems(
    { ...draft, to: secret, cc: secret, subject: secret, body: `Client Secret\t${secret}\n` },
    code,
    String,
  );
  expect(problems.map(({ field }) => field)).toEqual(['to', 'cc', 'subject', 'body']);
  expect(JSON.stringify(problems)).not.toContain('canary');
});

test('nobody to send to is a problem of To alone', async () => {
  const problems = await textProblems({ ...draft, to: ' ' }, code, String);
  expect(problems).toEqual([{ field: 'to', message: 'to: expected at least one address.' }]);
});

test('what is wrong with a file is told without its folder', async () => {
  const folder = await tempFolder();
  const [problem] = await fileProblems([`${folder}/gone.pdf`], code, String);
  expect(problem).toEqual({
    field: 'attachments',
    message: 'Attachment gone.pdf not found.',
  });
});
