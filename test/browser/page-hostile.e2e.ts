import { expect, test } from 'vitest';
import type { HostView } from '../../src/contract/messages.ts';
import { blankRun } from '../support/blank-run.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { formSuite } from './form-suite.ts';

const suite = formSuite();

/** One text wherever a text can stand that comes from a file, a person, or Microsoft. */
function viewOf(text: string, id: string): HostView {
  const run = blankRun({
    id,
    customerName: text,
    code: text,
    messageId: text,
    verdict: 'ask the recipient',
    steps: [
      { step: 'token', state: 'done', startedAt: 1, status: 200, requestId: text },
      { step: 'attachment', state: 'done', startedAt: 2, name: text, sent: 1, total: 2 },
    ],
    recipients: [
      { address: text, outcome: 'ask the recipient' },
      { address: text, outcome: 'inbox' },
    ],
    failure: { code: text, message: text, cause: text, who: text, next: text, detail: text, requestId: text },
  });
  const customer = { id: 'one', name: text, fromAddress: text, tenant: text, practice: true, notes: [text] };
  return { customers: [customer], nextCode: text.slice(0, 40), run };
}

/** Every element, those in shadow trees too, but the words that the page itself keeps whole. */
function countElements(): number {
  const count = (root: ParentNode): number =>
    [...root.querySelectorAll('*:not(.whole)')].reduce(
      (sum, each) => sum + 1 + (each.shadowRoot ? count(each.shadowRoot) : 0),
      0,
    );
  return count(document);
}

test('none of 40 hostile texts becomes more than text, wherever it stands', async () => {
  expect(hostileTexts.length).toBeGreaterThanOrEqual(40);
  const { page, host, complaints } = await suite().open();
  let shown = 0;
  const show = async (text: string): Promise<void> => {
    shown += 1;
    host.show(viewOf(text, `run-${shown}`));
    // The request id of the first step is drawn last; some of the texts are not shown as they are, so none is asked for.
    await page.waitForFunction(
      (length) => document.querySelector('.step .id')?.textContent?.length === length,
      'Request ID '.length + text.length,
    );
    const more = page.locator('.seldom');
    await more.evaluate((details) => details.setAttribute('open', ''));
    for (const name of ['Subject', 'Message', 'Cc']) await page.getByRole('textbox', { name }).fill(text);
    await page.getByRole('textbox', { name: /^Code read back/ }).fill(text);
  };
  await show('harmless');
  const expected = await page.evaluate(countElements);
  for (const text of hostileTexts) {
    await show(text);
    expect(await page.evaluate(countElements), text).toBe(expected);
    expect(await page.evaluate(() => Reflect.get(window, '__x')), text).toBeUndefined();
  }
  expect(complaints).toEqual([]);
  expect(page.url()).toBe('https://form.test/');
}, 300_000);

test('a hostile file name stays a name, in the list and on its button', async () => {
  const files = hostileTexts.map((name, index) => ({ id: `file-${index}`, name, size: 3 }));
  const { page, complaints } = await suite().open({
    attachments: { add: async () => files, find: async () => [] },
  });
  await page.getByRole('button', { name: 'Attach Files…' }).click();
  const rows = page.locator('.files li');
  await expect.poll(() => rows.count(), { timeout: 10_000 }).toBe(hostileTexts.length);
  const elements = await page.evaluate(() => document.querySelectorAll('.files li *').length);
  expect(elements).toBe(3 * hostileTexts.length);
  expect(await page.evaluate(() => Reflect.get(window, '__x'))).toBeUndefined();
  expect(complaints).toEqual([]);
});
