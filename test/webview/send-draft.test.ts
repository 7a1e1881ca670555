import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { fromPage } from '../../src/contract/messages.ts';
import { maximumAttachments } from '../../src/core/mail/limits.ts';
import { createActions } from '../../webview/actions.ts';
import { draftToSend, problemsOf } from '../../webview/send-draft.ts';
import { createDraftStore, newDraft } from '../../webview/state.ts';
import { createTexts } from '../../webview/texts.ts';
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

test('however many files are picked, the host gets no more than it takes, and says itself that they are too many', async () => {
  const files = Array.from({ length: 250 }, (_, at) => ({ id: `file-${at}`, name: `${at}.txt`, size: 1 }));
  const store = createDraftStore(draft, () => undefined);
  const view = { customers: [], nextCode: 'TA-7K3Q-9F' };
  const model = { draft, view, problems: [], alert: '', notice: '', asking: false };
  const picked = Promise.withResolvers<void>();
  const actions = createActions({
    host: { ask: async () => ({ attachments: files }) as never, tell: () => undefined },
    store,
    texts: createTexts(namedStrings(), 'en'),
    model: () => model,
    update: () => picked.resolve(),
    focusField: () => undefined,
  });
  actions.pickFiles();
  await picked.promise;
  expect(z.safeParse(fromPage.send.message, draftToSend(store.current())).success).toBe(true);
  expect(store.current().attachments.length).toBeGreaterThan(maximumAttachments);
});
