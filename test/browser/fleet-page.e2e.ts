import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CheckedCustomer } from '../../src/core/check/checked.ts';
import { checkPage } from '../../src/core/check/page.ts';
import { openFleetPage, showFindings } from '../../src/extension/fleet/fleet-page.ts';
import { customerName } from '../support/customer-folder.ts';
import { limitAppsToSender } from '../support/exchange-admin.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { person } from '../support/fake-vscode.ts';
import { dayMs } from '../support/renewing.ts';
import { scopedCustomer } from '../support/scoped-customer.ts';
import { type ServedPractice, servedPractice } from '../support/served-practice.ts';
import { tempFile } from '../support/temp-folder.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { looks, type Opened, openFile, violations } from './open-file.ts';
import { takePicture } from './picture.ts';
import { readTheme, type ThemeName, themeNames } from './theme.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const names = [
  'Adatum',
  'Contoso',
  'Fabrikam',
  'Fourth Coffee',
  'Litware',
  'Northwind',
  'Tailspin',
  'Wingtip',
];

/** Forty customers of whom three need somebody, and one that did not answer. */
function fleet(): CheckedCustomer[] {
  return Array.from({ length: 40 }, (_, index) => {
    const name = `${names[index % names.length]} ${['Ltd', 'Care', 'Foods', 'Logistics', 'Schools'][index % 5]}`;
    const daysLeft = index === 7 ? 12 : 25 + ((index * 37) % 150);
    const good: CheckedCustomer = {
      file: `customers/${name.toLowerCase().replaceAll(' ', '-')}/${index}.ta-customer.json`,
      name,
      standing: 'ready',
      checkedAt: '2026-11-26T02:10:00Z',
      looked: true,
      secret: {
        expiresAt: new Date(Date.parse('2026-11-26') + daysLeft * 86_400_000).toISOString(),
        daysLeft,
      },
      findings: [],
    };
    return { ...good, ...odd[index] };
  });
}

const finding = (code: string, level: 'warn' | 'bad', text: string, next: string) => ({
  findings: [{ code, level, text, who: 'you', next } as const],
});
const odd: Readonly<Record<number, Partial<CheckedCustomer>>> = {
  3: {
    standing: 'broken',
    ...finding(
      'permissions-missing',
      'bad',
      'The token of the app lacks these permissions: Mail.Send. T&A cannot send email without them.',
      'Set up this customer again. It grants what is missing.',
    ),
  },
  7: {
    standing: 'expiring',
    ...finding(
      'secret-expiring',
      'warn',
      'Microsoft Entra accepted the secret in the preferences file (begins with 3Qk). It expires on 2026-12-08, in 12 days.',
      'Renew the secret before it expires; T&A cannot send email after that day.',
    ),
  },
  11: {
    standing: 'unverified',
    looked: false,
    ...finding(
      'TA-NO-ANSWER',
      'bad',
      'No answer from graph.microsoft.com (not within 30 s).',
      'Run the same command again.',
    ),
  },
};

const open = async (theme: ThemeName, customers = fleet()): Promise<Opened> =>
  openFile(browser, await tempFile('fleet.html', checkPage({ customers })), looks[theme]);

test.each(themeNames)('axe finds nothing on the %s page, and it asks for nothing', async (theme) => {
  for (const customers of [fleet(), fleet().slice(0, 1), []]) {
    const { page, noise } = await open(theme, customers);
    expect(await violations(page)).toEqual([]);
    expect(noise).toEqual([]);
  }
});

test('says first how many customers need somebody, and when the secrets expire', async () => {
  const { page } = await open('light');
  await page.setViewportSize({ width: 1000, height: 760 });
  expect(await page.locator('.tiles li').allTextContents()).toEqual([
    '40 customers',
    '2 need action',
    '1 not looked at',
    '37 good',
  ]);
  await page.getByRole('img', { name: /1 within 30 days|within 30 days/ }).waitFor();
  await takePicture(page, 'fleet-page');
});

test.each(themeNames)(
  "in VS Code's %s theme all can be read, and high contrast has its colours",
  async (name) => {
    const theme = readTheme(name);
    for (const customer of fleet().slice(0, 12)) showFindings(customer);
    const page = await browser.newPage();
    await page.setContent(person.panels.at(-1)?.webview.html ?? '');
    await page.evaluate(({ variables, className }) => {
      for (const [each, value] of Object.entries(variables))
        document.documentElement.style.setProperty(each, value);
      document.body.className = className;
    }, theme);
    await takePicture(page, `findings-${name.replaceAll(' ', '-')}`);
    expect(await violations(page)).toEqual([]);
    const shown = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    if (name === 'high contrast') expect(shown).toBe('rgb(0, 0, 0)');
    if (name === 'high contrast light') expect(shown).toBe('rgb(255, 255, 255)');
  },
);

test.each(themeNames)(
  "in VS Code's %s theme axe finds nothing on the page of many, while they are checked and afterwards",
  async (name) => {
    const { variables, className } = readTheme(name);
    const all = openFleetPage(['Not checked: 2.'], () => undefined);
    const page = await browser.newPage();
    for (const isOver of [false, true]) {
      fleet().forEach((customer, index) => {
        if (!isOver && index < 20)
          all.add({ customer, done: index + 1, total: 40, leftMs: 12_000, waiting: undefined });
        if (isOver && index >= 20)
          all.add({ customer, done: index + 1, total: 40, leftMs: 0, waiting: undefined });
      });
      if (isOver) all.settle();
      else person.panels.at(-1)?.hide();
      await page.setContent(person.panels.at(-1)?.webview.html ?? '');
      await page.evaluate(
        ([colours, classes]) => {
          for (const [each, value] of Object.entries(colours))
            document.documentElement.style.setProperty(each, value);
          document.body.className = classes;
        },
        [variables, className] as const,
      );
      await takePicture(page, `fleet-${isOver ? 'over' : 'running'}-${name.replaceAll(' ', '-')}`);
      expect(await violations(page)).toEqual([]);
      expect(await page.locator('tbody tr').count()).toBeGreaterThan(10);
    }
  },
);

/** Checks the customer, takes a picture of the page that is written, and gives its text. */
async function checkPageOf(practice: ServedPractice, name: string, height = 470): Promise<string> {
  const { stdout } = await practice.cli('check', customerName, '--format', 'html');
  const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1000, height } });
  await page.setContent(stdout);
  await takePicture(page, name);
  const text = await page.innerText('main');
  await page.close();
  return text;
}

/** As test/e2e/time-machine.test.ts, whose stages docs/renew.md tells. */
test('the page of a check tells of a secret that expires, then of a T&A that was not changed yet', async () => {
  const clock = fakeClock();
  await using practice = await servedPractice({ clock });
  await practice.onboard();
  clock.advance(150 * dayMs);
  expect(await checkPageOf(practice, 'renewal-due')).toContain('in 30 days');
  expect((await practice.cli('renew', customerName, '--yes')).code).toBe(0);
  clock.advance(60_000);
  expect(await checkPageOf(practice, 'renewal-open')).toContain('It has not been changed in T&A yet.');
});

test('the page of a check tells that the app is kept out of another mailbox', async () => {
  await using practice = await servedPractice({ customer: scopedCustomer, clock: fakeClock() });
  await practice.onboard();
  limitAppsToSender(practice.state);
  expect((await practice.cli('scope', customerName, '--prove')).code).toBe(0);
  expect(await checkPageOf(practice, 'one-mailbox', 760)).toContain(
    'Exchange keeps the app out of robin@contoso.com',
  );
});

test('is narrow enough for a phone, also with a long name', async () => {
  const name = 'Donaudampfschifffahrtsgesellschaftskapitänsversorgungswerk Mecklenburg-Vorpommern gGmbH';
  const long = fleet().map((customer, index) => (index < 5 ? { ...customer, name } : customer));
  const { page } = await open('light', long);
  await page.setViewportSize({ width: 360, height: 700 });
  const wide = await page
    .locator('html, section')
    .evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).length);
  await takePicture(page, 'fleet-page-narrow');
  expect(wide).toBe(0);
  const heights = await page
    .locator('.timeline text')
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThan(9);
  const broken = await page
    .locator('thead th')
    .evaluateAll((all) => all.filter((each) => each.clientHeight > 60).map((each) => each.textContent));
  expect(broken).toEqual([]);
});

test('while a check is running the page grows, and Cancel keeps the keyboard focus', async () => {
  const file = (done: number): Promise<string> => tempFile('fleet.html', pageAfter(done));
  const pageAfter = (done: number): string => {
    const running = { done, total: 40, left: `0:${50 - done}`, stop: '#stopped' };
    return checkPage({ customers: fleet().slice(0, done) }, { running, notes: ['Not checked: 2.'] });
  };
  const page = await browser.newPage();
  await page.goto(pathToFileURL(await file(0)).href);
  await page.keyboard.press('Tab');
  for (const done of [5, 12]) await page.evaluate((text) => postMessage(text, '*'), pageAfter(done));
  await page.getByText('Checking: 12 of 40 so far, 0:38 left.').waitFor();
  expect(await page.locator('progress').getAttribute('value')).toBe('12');
  expect(await page.locator('.tiles li').first().textContent()).toBe('12 customers');
  expect(await page.getByText('Not checked: 2.').count()).toBe(1);
  await page.keyboard.press('Enter');
  // The browser tells of the address later than of the key.
  await page.waitForURL(/#stopped$/);
});

test('shows hostile names as text', async () => {
  const [first] = fleet();
  const { page, noise } = await open(
    'light',
    first ? [{ ...first, name: '<img src=x onerror=window.__x=1>' }] : [],
  );
  expect(await page.evaluate('window.__x')).toBeUndefined();
  expect(noise).toEqual([]);
});
