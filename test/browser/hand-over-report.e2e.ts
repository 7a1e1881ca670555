import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeHandOver } from '../../src/core/stories/hand-over.ts';
import { packFolder, packRecord } from '../support/handed-over.ts';
import { hostileTexts } from '../support/hostile-texts.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { looks, type Opened, openFile, violations } from './open-file.ts';
import { takePicture, takeStepPicture } from './picture.ts';
import { type ThemeName, themeNames } from './theme.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function openReport(record = packRecord(), theme: ThemeName = 'light'): Promise<Opened> {
  const { out, job } = await packFolder(record);
  await writeHandOver(job());
  return await openFile(browser, join(out, 'report.html'), looks[theme]);
}

test('opens as a file without a network, and its policy has nothing to complain of', async () => {
  const { page, noise } = await openReport();
  expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
    'Proof that email arrives',
    'What was created',
    'Permissions, each with its reason',
    'The client secret: where it is, when it expires, how to renew it',
    'How to revoke access in two minutes',
    'Known limits',
    'Checklist',
    'What this pack contains',
  ]);
  expect(await page.locator('script').count()).toBe(0);
  expect(noise).toEqual([]);
});

test('says first whether it works', async () => {
  const { page } = await openReport();
  await page.setViewportSize({ width: 1000, height: 760 });
  await page.getByText('as T&A sends it, and it arrived').waitFor();
  await takePicture(page, 'hand-over-report');
});

test.each(themeNames)('axe finds nothing in the %s report, good or bad', async (theme) => {
  const { proof: _, verification: __, ...unproved } = packRecord();
  for (const record of [packRecord(), { ...unproved, kind: 'practice' as const, grants: [] }]) {
    const { page } = await openReport(record, theme);
    expect(await violations(page)).toEqual([]);
  }
  const { page } = await openReport(packRecord(), theme);
  if (theme === 'light' || theme === 'dark') await takeStepPicture(page, `realCustomer-${theme}`);
  else await takePicture(page, `hand-over-report-${theme.replaceAll(' ', '-')}`);
});

test('is narrow enough for a phone, and prints on few sheets', async () => {
  const { page } = await openReport();
  await page.setViewportSize({ width: 360, height: 700 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(3);
});

test('shows hostile names of a tenant as text', async () => {
  const displayName = hostileTexts.filter((text) => text.isWellFormed()).join(' ');
  const { page, noise } = await openReport(packRecord({ tenant: { ...packRecord().tenant, displayName } }));
  expect(await page.evaluate('window.__x')).toBeUndefined();
  expect(await page.locator('main :is(img, svg, iframe, a, form, object, input, link, base)').count()).toBe(
    0,
  );
  expect(await page.getByText('<script>window.__x=1</script>').count()).toBe(1);
  expect(noise).toEqual([]);
});
