import { basename } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { pseudo } from '../../scripts/l10n.ts';
import type { RunView } from '../../src/contract/run-view.ts';
import { Strings } from '../../src/contract/strings.ts';
import { rememberRun } from '../../src/extension/mail-form/memory.ts';
import { blankRun } from '../support/blank-run.ts';
import { formMemory } from '../support/form-memory.ts';
import { formHost } from './form-host.ts';
import { formSuite } from './form-suite.ts';
import { violations } from './open-file.ts';
import { takePicture, takeStepPicture } from './picture.ts';
import { themeNames } from './theme.ts';

const suite = formSuite();

/** A run with everything in it that a page can show. */
const fullRun: RunView = blankRun({
  verdict: 'not seen',
  messageId: '<PR2P264MBJPTH67FZGYD49RTZJMCG6HNC@PR2P264MBJPTH.EURP264.PROD.OUTLOOK.COM>',
  steps: [
    { step: 'token', state: 'done', startedAt: 1, status: 200, ms: 310, requestId: 'ac9555ec-2af0-4d0a' },
    { step: 'draft', state: 'waiting', startedAt: 2, status: 403, waitMs: 4000 },
    {
      step: 'attachment',
      state: 'running',
      startedAt: 3,
      name: 'hours.pdf',
      sent: 4_000_000,
      total: 9_000_000,
    },
    { step: 'send', state: 'failed', startedAt: 4, status: 503, ms: 1200 },
    { step: 'receipt', state: 'stopped', startedAt: 5, ms: 20 },
  ],
  recipients: [
    { address: 'robin@contoso.com', outcome: 'inbox' },
    { address: 'pat@fabrikam.example', outcome: 'ask the recipient' },
    { address: 'kim@contoso.com', outcome: 'confirmed by recipient' },
  ],
  failure: {
    code: 'ErrorAccessDenied',
    message: 'Exchange Online refused to create the draft (HTTP 403).',
    cause: 'The app may not use this mailbox.',
    who: 'an Exchange administrator',
    next: 'Allow the app to send from ta@contoso.com.',
    detail: 'Access is denied. Check credentials and try again.',
    status: 403,
    requestId: 'ac9555ec-2af0-4d0a-a1a6-29e0f1056c10',
  },
});

function pseudoStrings(strings: Strings): Strings {
  const texts = Object.entries(strings).map(([name, text]) => [name, pseudo(text)]);
  return z.parse(Strings, Object.fromEntries(texts));
}

async function memoryWith(run: RunView) {
  const memory = formMemory();
  await rememberRun(memory, { run, tenant: 't', client: 'c' });
  return memory;
}

test.each(['light', 'dark'] as const)('the walkthrough has its %s picture', async (theme) => {
  const { failure: _, ...run } = fullRun;
  const steps = run.steps.map((step) => ({
    ...step,
    state: 'done' as const,
    status: 200,
    ms: 310,
    sent: step.total,
  }));
  const recipients = run.recipients.slice(0, 1);
  const memory = await memoryWith({ ...run, steps, recipients, verdict: 'arrived' });
  const { page } = await suite().open({ memory }, { theme, width: 760, height: 570 });
  await page.locator('#exchange-title').evaluate((heading) => {
    // Room below the last step, so that the heading can be the first line.
    document.body.style.paddingBottom = '400px';
    scrollBy(0, heading.getBoundingClientRect().top - 16);
  });
  await takeStepPicture(page, `verify-${theme}`);
});

test.each(themeNames)('in the %s theme everything can be read and is named', async (theme) => {
  const { page, complaints } = await suite().open({ memory: await memoryWith(fullRun) }, { theme });
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('note').allInnerTexts()).toEqual([
    expect.stringMatching(/^PRACTICE: nothing outside/),
  ]);
  expect(await violations(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test.each(themeNames)('in the %s theme the requests to come are paler than other text', async (theme) => {
  const { page } = await suite().open({ pickFiles: async () => [import.meta.filename] }, { theme });
  const colour = (of: string) =>
    page
      .locator(of)
      .first()
      .evaluate((shown) => getComputedStyle(shown).color);
  const [first, last] = [
    ['Token for the app', 'Sender looked up', 'Draft created'],
    ['Draft sent', 'Arrival'],
  ];
  const coming = [...first, 'Attachments', ...last];
  await expect.poll(() => page.locator('.step .name').allInnerTexts(), { timeout: 10_000 }).toEqual(coming);
  expect(await colour('.step .name')).not.toBe(await colour('h2'));
  expect(await page.getByText('Only with an attachment').isVisible()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Attach Files…' }).click();
  const withFile = [...first, `Attachment ${basename(import.meta.filename)}`, ...last];
  await expect.poll(() => page.locator('.step .name').allInnerTexts(), { timeout: 10_000 }).toEqual(withFile);
});

test('at 200 % zoom, and in a narrow panel, nothing is cut off and there is one column', async () => {
  const { page } = await suite().open({ memory: await memoryWith(fullRun) }, { width: 320, height: 600 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  const [compose, exchange] = await page
    .locator('.pane')
    .evaluateAll((panes) => panes.map((pane) => pane.getBoundingClientRect()));
  expect(exchange?.top).toBeGreaterThanOrEqual(compose?.bottom ?? Number.NaN);
  expect(await violations(page)).toEqual([]);
});

test('there are two columns where the form itself is wide enough for them, whatever the width of its window', async () => {
  const { page } = await suite().open({ memory: await memoryWith(fullRun) }, { width: 1280, height: 800 });
  const widths = async (ofForm: number) => {
    await page.locator('#page').evaluate((shown, width) => {
      shown.style.maxWidth = `${width}px`;
    }, ofForm);
    await takePicture(page, `form-${ofForm}`);
    const boxes = await page
      .locator('.pane')
      .evaluateAll((panes) => panes.map((pane) => pane.getBoundingClientRect().toJSON()));
    return boxes.map(({ x, width }) => [x < 200 ? 'left' : 'right', width >= 360]);
  };
  const [left, right] = [
    ['left', true],
    ['right', true],
  ];
  for (const narrow of [600, 720]) expect(await widths(narrow), `${narrow}`).toEqual([left, left]);
  for (const wide of [900, 1280]) expect(await widths(wide), `${wide}`).toEqual([left, right]);
});

test('in a language a third longer nothing is cut off, and no text is left in English', async () => {
  const strings = pseudoStrings(suite().strings);
  const host = formHost(strings, { memory: await memoryWith(fullRun) });
  const { page } = await suite().open({}, { host, width: 480, height: 900 });
  await page.getByText(strings.exchange).first().waitFor();
  const cut = await page
    .locator('button, label, legend, h1, h2, vscode-button, [role=status], li, p')
    .evaluateAll((shown) =>
      shown
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1)
        .map(({ tagName, textContent }) => `${tagName}: ${textContent}`),
    );
  expect(cut).toEqual([]);
  const lines = (await page.locator('body').innerText()).split('\n');
  const left = Object.values(suite().strings).filter((english) => lines.includes(english));
  expect(left).toEqual([]);
});

test.each([
  ['no-preference', 1],
  ['reduce', 0],
] as const)('with the wish for motion "%s" a running step moves: %d', async (reducedMotion, moving) => {
  const memory = await memoryWith(fullRun);
  const { page } = await suite().open({ memory }, { reducedMotion });
  await page.getByText('hours.pdf').first().waitFor();
  const animations = await page.evaluate(
    () => document.getAnimations().filter((each) => each instanceof CSSAnimation).length,
  );
  expect(animations).toBe(moving);
});
