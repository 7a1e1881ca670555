import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPerson } from '../../src/practice/people.ts';
import { type ServedTenant, serve } from '../../src/practice/serve.ts';
import { createPracticeTenant, type PracticeTenant } from '../../src/practice/tenant.ts';
import { loginClient } from '../support/login-client.ts';
import { registerApp } from '../support/registered-app.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { looks } from './open-file.ts';
import { takePicture, takeStepPicture } from './picture.ts';
import { type ThemeName, themeNames } from './theme.ts';

// The page of the practice tenant in a browser, as a person has it open beside VS Code.

let browser: Browser;
let tenant: PracticeTenant;
let served: ServedTenant;

beforeAll(async () => {
  browser = await launchBrowser();
  tenant = createPracticeTenant({ lagFactor: 0 });
  registerApp(tenant.state, { granted: ['Mail.Send'] });
  deliver('T&A test email [TA-7K3Q-9F]');
  served = await serve(tenant);
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

function deliver(subject: string): void {
  const owner = findPerson(tenant.state, 'robin@contoso.com');
  const person = (address: string) => ({ emailAddress: { address, name: address } });
  tenant.state.mailboxes
    .find(({ ownerId }) => ownerId === owner?.id)
    ?.mails.push({
      id: subject,
      folder: 'inbox',
      visibleAt: tenant.state.clock.now(),
      graph: {
        subject,
        from: person('ta@contoso.com'),
        toRecipients: [person('robin@contoso.com')],
        body: { contentType: 'text', content: `This is ${subject}.` },
      },
      attachments: [{ id: 'a', graph: { name: 'roster.pdf' }, bytes: new Uint8Array(20_480) }],
    });
}

async function openPage(theme: ThemeName = 'light', width = 1280): Promise<Page> {
  const context = await browser.newContext({ ...looks[theme], viewport: { width, height: 800 } });
  const page = await context.newPage();
  await page.goto(served.origin);
  return page;
}

test('an email and a code are there without a reload, and what is folded or open stays so', async () => {
  const page = await openPage();
  await page.getByText('No email:', { exact: false }).waitFor();
  await page.locator('#people > summary').click();
  await page.locator('#people > summary').focus();
  deliver('T&A test email [TA-2B4D-6F]');
  await page.getByText('This is T&A test email [TA-2B4D-6F].').waitFor();
  const { user_code: code } = await loginClient(tenant).deviceCode();
  await page.getByRole('link', { name: code }).waitFor();
  expect(await page.locator('#people').getAttribute('open')).not.toBeNull();
  expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe('people');
  expect(await page.locator('#requests').getAttribute('open')).toBeNull();
  await takePicture(page, 'practice-page');
});

test('mailboxes and sign-in come first, the rest is folded', async () => {
  const page = await openPage();
  const seen = await page
    .locator('main :is(h2, .fold > summary)')
    .evaluateAll((all) =>
      all.filter((each) => each.checkVisibility()).map((each) => each.textContent?.trim()),
    );
  expect(seen).toEqual([
    'Mailboxes',
    'Sign in',
    'Behind the scenes',
    'People',
    'Applications and permissions',
    'Key Vaults',
    'Last requests',
    'Use it from other programs',
  ]);
});

test.each(themeNames)('axe finds nothing on the %s page, folded or open', async (theme) => {
  const page = await openPage(theme);
  for (const open of [false, true]) {
    await page.locator('details').evaluateAll((all, isOpen) => {
      for (const each of all) if (each instanceof HTMLDetailsElement) each.open = isOpen;
    }, open);
    // Not by a script of the page, which its policy would refuse.
    const client = await page.context().newCDPSession(page);
    await client.send('Runtime.evaluate', { expression: axe.source });
    const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
});

test.each(['light', 'dark'] as const)('the walkthrough has its %s picture', async (scheme) => {
  const page = await openPage(scheme);
  await page.getByText('T&A test email').first().waitFor();
  await takeStepPicture(page, `practice-${scheme}`);
});

test('is narrow enough for a phone', async () => {
  const page = await openPage('light', 360);
  await page.locator('details').evaluateAll((all) => {
    for (const each of all) if (each instanceof HTMLDetailsElement) each.open = true;
  });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
});

test('says that the practice tenant has ended', async () => {
  const other = await serve(createPracticeTenant());
  const page = await browser.newPage();
  await page.goto(other.origin);
  await other.close();
  await page.getByText('The practice tenant is not running.').waitFor();
});
