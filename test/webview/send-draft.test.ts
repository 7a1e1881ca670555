import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { fromPage } from '../../src/contract/messages.ts';
import { draftToSend, problemsOf } from '../../webview/send-draft.ts';
import { newDraft } from '../../webview/state.ts';
import { namedStrings } from '../support/form-strings.ts';

const draft = { ...newDraft({ subject: 'S', body: 'B' }), customer: 'x', to: 'robin@contoso.com' };
const fieldsOf = (part: Partial<typeof draft>) =>
  problemsOf({ ...draft, ...part }, namedStrings()).map(({ field }) => field);

test('a whole draft has no problem and goes to the host as agreed', () => {
  expect(fieldsOf({})).toEqual([]);
  const attachments = [{ id: 'a1', name: 'a.txt', size: 3 }];
  const sent = draftToSend({ ...draft, attachments });
  expect(z.safeParse(fromPage.send.message, sent).success).toBe(true);
  expect(sent).toMatchObject({ attachments: ['a1'], draft: { receiptSeconds: 120 } });
});

test('a customer and a recipient are needed', () => {
  expect(fieldsOf({ customer: '', to: '  ' })).toEqual(['customer', 'to']);
});

test.each(['', '0', '-1', '1.5', '3601', '1e2', 'ten', '00000'])('%j seconds are none', (seconds) => {
  expect(fieldsOf({ seconds })).toEqual(['receiptSeconds']);
  expect(fieldsOf({ seconds, waits: false })).toEqual([]);
});

test('who does not wait sends no seconds', () => {
  expect(draftToSend({ ...draft, waits: false, seconds: '90' }).draft.receiptSeconds).toBe(0);
});
