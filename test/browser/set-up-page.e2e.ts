import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SetUpView } from '../../src/contract/set-up.ts';
import { pageView } from '../../src/extension/set-up/views/page-view.ts';
import { setUpStates } from '../support/set-up-states.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { bundlePage, englishStrings } from './form-bundle.ts';
import { brokenWords, unfold, violations } from './open-file.ts';
import { takePicture, takeStepPicture } from './picture.ts';
import { openSetUpView, type ShownSetUp } from './set-up-view.ts';
import { type ThemeName, themeNames } from './theme.ts';

let browser: Browser;
let bundle: Awaited<ReturnType<typeof bundlePage>>;
let strings: Awaited<ReturnType<typeof englishStrings>>;
beforeAll(async () => {
  [browser, bundle, strings] = await Promise.all([launchBrowser(), bundlePage(), englishStrings()]);
});
afterAll(() => browser?.close());

const open = (
  first: SetUpView,
  theme?: ThemeName,
  size?: { width: number; height: number },
  meanwhile?: SetUpView,
): Promise<ShownSetUp> => openSetUpView(first, { browser, bundle, strings, theme, size, meanwhile });

/** Runs in the page: it is as long as its window, its bar is at the bottom, and nothing empty takes room. */
function placeOfBar() {
  const { clientHeight, scrollHeight } = document.documentElement;
  const bar = document.querySelector('.set-up > .bar:not([hidden]), .send-bar')?.getBoundingClientRect();
  return {
    longer: scrollHeight - clientHeight,
    belowBar: Math.round(clientHeight - (bar?.bottom ?? clientHeight)),
    empty: [...document.querySelectorAll('.blocks:empty')].filter((each) => each.checkVisibility()).length,
  };
}

const heading = (page: Page, { stages, now }: SetUpView): Locator =>
  page.locator(`h2:text-is("${stages.find((stage) => stage.name === now)?.title}")`);

const states = () =>
  Object.entries(setUpStates(Date.now())).map(([name, facts]) => [name, pageView(facts)] as const);

test.each(['light', 'dark'] as const)('the walkthrough has its %s picture', async (theme) => {
  const { 'plan-ready': facts } = setUpStates(Date.now());
  if (!facts) throw new Error('There is no such state.');
  const { page } = await open(pageView(facts), theme, { width: 760, height: 570 });
  await page.locator('h2').first().waitFor();
  await takeStepPicture(page, `setUp-${theme}`, { plain: true });
  await page.close();
});

test.each(themeNames)('in the %s theme every state can be read and is named', async (theme) => {
  const [[, blank] = [], ...others] = states();
  if (!blank) throw new Error('There are no states.');
  const { page, complaints, show } = await open(blank, theme);
  const found: Record<string, string[]> = {};
  for (const [name, view] of [['customer-new', blank] as const, ...others]) {
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    show(view);
    await heading(page, view).waitFor();
    await takePicture(page, `set-up-${theme.replaceAll(' ', '-')}-${name}`, { plain: true });
    expect(await page.evaluate(placeOfBar), name).toEqual({ longer: 0, belowBar: 0, empty: 0 });
    await unfold(page);
    const wrong = await violations(page);
    if (wrong.length > 0) found[name] = wrong;
  }
  expect([found, complaints]).toEqual([{}, []]);
  await page.close();
});

const longName = 'Donaudampfschifffahrtsgesellschaftskapitänsversorgungswerk Mecklenburg-Vorpommern gGmbH';

test('in a narrow panel, as at 200 % zoom, nothing is cut off or broken in any state, nor with a long name', async () => {
  const long = states().map(([name, view]): [string, typeof view] => [
    `long-${name}`,
    JSON.parse(JSON.stringify(view).replaceAll(/Contoso( Ltd)?/g, longName)),
  ]);
  const [[, blank] = [], ...others] = [...states(), ...long];
  if (!blank) throw new Error('There are no states.');
  const { page, show } = await open(blank, 'dark', { width: 320, height: 640 });
  const wide: string[] = [];
  for (const [name, view] of [['customer-new', blank] as const, ...others]) {
    show(view);
    await heading(page, view).waitFor();
    await takePicture(page, `set-up-narrow-${name}`, { plain: true });
    await unfold(page);
    const over = await page
      .locator('html, .stage, .stages')
      .evaluateAll((all) => Math.max(...all.map((each) => each.scrollWidth - each.clientWidth)));
    if (over > 0) wide.push(`${name}: ${over}`);
    wide.push(...(await brokenWords(page)).map((word) => `${name}: ${word}`));
    expect((await page.evaluate(placeOfBar)).belowBar, name).toBe(0);
  }
  // From a panel at the edge to one beside a side bar, where the tables still have their columns.
  for (const width of [400, 640, 720, 800, 920]) {
    await page.setViewportSize({ width, height: 640 });
    for (const view of [at('changes-failed'), at('plan-someone-else')]) {
      show(view);
      await heading(page, view).waitFor();
      await unfold(page);
      wide.push(...(await brokenWords(page)).map((word) => `${width}: ${word}`));
    }
    const band = await page.locator('.band').evaluate((shown) => shown.clientHeight);
    if (width > 600 && band > 60) wide.push(`the band is ${band} high at ${width}`);
  }
  expect(wide).toEqual([]);
  await page.close();
});

test('the first field has the focus, each letter goes to the host, and Enter is the one next action', async () => {
  const view = at('customer-new');
  const { page, heard, show } = await open(view);
  await page.keyboard.type('Ab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('c');
  // The host's word may be older than the last letter: what is typed stays.
  show(view);
  await page.keyboard.type('d');
  await page.keyboard.press('Enter');
  await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toBe('continue');
  expect(heard).toEqual([
    { field: 'name', value: 'A' },
    { field: 'name', value: 'Ab' },
    { field: 'tenant', value: 'c' },
    { field: 'tenant', value: 'cd' },
    'continue',
  ]);
  await page.close();
});

test('what is told while the page opens is shown when it is there', async () => {
  const { 'sign-in-code': before, 'plan-ready': then } = setUpStates(Date.now());
  if (!before || !then) throw new Error('There are no such states.');
  const { page } = await open(pageView(before), 'dark', undefined, pageView(then));
  await page.locator('h2:text-is("Check and plan")').waitFor({ timeout: 10_000 });
  await page.close();
});

test('new work at the stage of the last one is followed too', async () => {
  const { 'plan-ready': facts } = setUpStates(Date.now());
  if (!facts?.run) throw new Error('There is no such state.');
  const shown = await open(pageView(facts));
  const { page } = shown;
  await page.getByRole('button', { name: /^Customer/ }).click();
  await page.locator('h2:text-is("Customer")').waitFor();
  shown.show(pageView({ ...facts, run: { ...facts.run, startedAt: facts.run.startedAt + 1 } }));
  await page.locator('h2:text-is("Check and plan")').waitFor();
  await page.close();
});

test('a button whose words change under the mouse is pressed all the same', async () => {
  const view = at('plan-ready');
  const shown = await open(view);
  const { page } = shown;
  const renamed = (label: string): SetUpView => ({
    ...view,
    stages: view.stages.map((stage) => ({
      ...stage,
      bar: { ...stage.bar, presses: stage.bar.presses.map((each) => ({ ...each, label })) },
    })),
  });
  await page.locator('footer [data-action=makeChanges]').hover();
  await page.mouse.down();
  shown.show(renamed('Make All of the 4 Changes'));
  await page.locator('footer', { hasText: 'All of the' }).waitFor();
  await page.mouse.up();
  await expect.poll(() => shown.heard.at(-1), { timeout: 10_000 }).toBe('makeChanges');
  await page.close();
});

test('what support asks for is copied with one press, under the name of its step', async () => {
  const { 'changes-failed': facts } = setUpStates(Date.now());
  if (!facts) throw new Error('There is no such state.');
  const { page } = await open(pageView(facts));
  await page.evaluate(
    "Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => (document.title = text) } })",
  );
  await page.locator('summary', { hasText: 'Details' }).first().click();
  await page.getByRole('button', { name: 'Copy: Register the application' }).click();
  await expect.poll(() => page.title()).toMatch(/^HTTP 201, [0-9a-f-]{36}$/);
  await page.locator('[aria-live=polite]', { hasText: 'Copied' }).waitFor();
  await page.close();
});

/** A state of the page as it is now. */
const at = (name: string): SetUpView => {
  const facts = setUpStates(Date.now())[name];
  if (!facts) throw new Error('There is no such state.');
  return pageView(facts);
};

test('what was copied is said beside its button, and a line that is open can be closed', async () => {
  const { page, heard, show } = await open(at('sign-in-code'));
  await page.getByRole('button', { name: 'Copy Text for the Administrator' }).click();
  await page.locator('[aria-live=polite]', { hasText: /^Copied$/ }).waitFor();
  expect(heard).toEqual(['copyAdminText']);
  show(at('customer-typed'));
  await page.locator('summary', { hasText: /^More$/ }).click();
  const line = page.locator('.line', { hasText: 'From name in T&A' });
  for (const way of ['Close', 'Change']) {
    await line.locator('summary').click();
    await expect.poll(() => line.locator('.change').innerText()).toBe(way);
  }
  await page.close();
});

test('a step under way shows its time so far, also to one who comes back from another stage', async () => {
  const view = at('changes-running');
  const since = Date.now() - 5000;
  const running = JSON.stringify(view)
    .replace(/"since":\d+/, `"since":${since}`)
    .replace(/"at":\d+/, `"at":${since + 120_000}`);
  const { page } = await open(JSON.parse(running));
  const time = () => page.locator('[data-state=running] .note').innerText();
  await expect.poll(time, { timeout: 10_000 }).toMatch(/^0:0[6-9]$/);
  expect(await page.locator('[aria-live] .note, [role=status] .note').count()).toBe(0);
  await page.getByRole('button', { name: /^Customer/ }).click();
  // As long as it takes a clock that no one sees to stop.
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: /^Changes and proof/ }).click();
  const back = await time();
  const clock = await page.locator('.clock').innerText();
  await expect.poll(time, { timeout: 10_000 }).not.toBe(back);
  await expect.poll(() => page.locator('.clock').innerText(), { timeout: 10_000 }).not.toBe(clock);
  await page.close();
});

test('a person may look at another stage, and follows the story when it goes on', async () => {
  const then = at('plan-ready');
  const shown = await open(at('sign-in-code'));
  const { page } = shown;
  // Meanwhile the time of the code runs down.
  const clock = () => page.locator('.clock').innerText();
  expect(await clock()).toMatch(/^Expires in 14:(2[0-2]|1\d)$/);
  await expect.poll(clock, { timeout: 20_000 }).toMatch(/^Expires in 14:[01]\d$/);
  await page.getByRole('button', { name: /^Customer/ }).click();
  await page.locator('h2:text-is("Customer")').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('stage-title');
  await page.reload();
  await page.locator('h2:text-is("Customer")').waitFor();
  shown.show(then);
  await page.locator('h2:text-is("Check and plan")').waitFor();
  await page.getByRole('button', { name: 'Make 4 Changes in Contoso' }).click();
  await expect.poll(() => shown.heard.at(-1), { timeout: 10_000 }).toBe('makeChanges');
  await page.close();
});
