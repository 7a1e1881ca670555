import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clouds } from '../../src/core/cloud/clouds.ts';
import { Customer } from '../../src/core/customer/customer.ts';
import { writeRenewalPapers } from '../../src/core/hand-over/renewal-papers.ts';
import { endpointsOf } from '../../src/core/preferences/endpoints.ts';
import { type SecretInExport, writeExport } from '../../src/core/preferences/export.ts';
import { fields } from '../../src/core/preferences/fields.ts';
import { html } from '../../src/core/preferences/formats/html.ts';
import type { PlainPreferences } from '../../src/core/preferences/preferences.ts';
import { readPreferences } from '../../src/core/preferences/preferences-file.ts';
import { Secret } from '../../src/core/secret.ts';
import { writeHandOver } from '../../src/core/stories/hand-over.ts';
import { contosoCustomer } from '../support/contoso-customer.ts';
import { packFolder, packRecord, packTime } from '../support/handed-over.ts';
import { hostilePreferences } from '../support/hostile-preferences.ts';
import { preferencesWith } from '../support/preferences.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { looks, type Opened, openFile, violations } from './open-file.ts';
import { takePicture } from './picture.ts';
import { type ThemeName, themeNames } from './theme.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const secret = 'Xy8Q~0123456789012345678901234567890123';

/** The sheet as a file of this machine, without a network. */
async function openSheet(
  policy: SecretInExport = { kind: 'include' },
  theme: ThemeName = 'light',
): Promise<Opened> {
  const file = join(await tempFolder(), 'sheet.html');
  await writeExport(file, preferencesWith(), { format: 'html', secret: policy });
  return await openHere(file, theme);
}

const openHere = (file: string, theme: ThemeName = 'light'): Promise<Opened> =>
  openFile(browser, file, { ...looks[theme], permissions: ['clipboard-read', 'clipboard-write'] });

test('works as a file without a network, and its policy has nothing to complain of', async () => {
  const { page, noise } = await openSheet();
  expect(await page.getByRole('heading').allTextContents()).toEqual([
    'T&A email preferences',
    'Email',
    'Connection',
    'API Endpoints',
  ]);
  expect(await page.locator('dt').allTextContents()).toEqual(fields.map(({ label }) => label));
  expect(noise).toEqual([]);
});

test('shows what to enter where', async () => {
  const { page } = await openSheet({ kind: 'omit', place: 'contoso.ta-email.json' });
  await page.setViewportSize({ width: 1000, height: 760 });
  await page.getByText('Client Secret', { exact: true }).first().waitFor();
  await takePicture(page, 'entry-sheet');
});

test('after a renewal it shows the one field that changes', async () => {
  const { recordFile, preferencesFile } = await packFolder();
  const preferences = await readPreferences(preferencesFile);
  const customer = Customer.parse(contosoCustomer);
  const { sheet } = await writeRenewalPapers({
    ...{ customer, record: packRecord(), recordFile, preferences, preferencesFile, now: packTime },
  });
  const { page } = await openHere(sheet);
  await page.setViewportSize({ width: 1000, height: 400 });
  expect(await page.locator('dt').allTextContents()).toEqual(['Client Secret']);
  await takePicture(page, 'renewal-sheet');
});

test('copies each field to the letter', async () => {
  const { page } = await openSheet();
  const { component, connection, apiEndpoints } = preferencesWith();
  const values: Record<string, unknown> = { component, ...connection, ...apiEndpoints, clientSecret: secret };
  for (const { name, label } of fields) {
    await page.getByRole('button', { name: `Copy ${label}`, exact: true }).click();
    await page.getByText(`${label} copied`).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()'), label).toBe(values[name]);
  }
});

test('shows the secret when asked, and offers to clear the clipboard for as long as the secret is on it', async () => {
  const { page } = await openSheet();
  await page.setViewportSize({ width: 360, height: 700 });
  const press = (name: string) => page.getByRole('button', { name }).click();
  const clear = page.getByRole('button', { name: 'Clear Clipboard' });
  const value = page.getByText(secret);
  expect([await value.isVisible(), await clear.isVisible()]).toEqual([false, false]);
  const told = (words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();
  await press('Copy Client Secret');
  await told('Clear the clipboard');
  await clear.click();
  await told('Clipboard cleared');
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('');
  await clear.waitFor({ state: 'hidden' });
  await press('Show');
  await value.selectText();
  await page.keyboard.press('Control+C');
  await clear.waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  await takePicture(page, 'entry-sheet-narrow');
  await press('Copy From name');
  await clear.waitFor({ state: 'hidden' });
  await press('Hide');
  await value.waitFor({ state: 'hidden' });
});

test.each(themeNames)('axe finds nothing in the %s sheet, the secret shown or left out', async (theme) => {
  for (const policy of [{ kind: 'include' }, { kind: 'omit', place: 'contoso.ta-email.json' }] as const) {
    const { page } = await openSheet(policy, theme);
    if (policy.kind === 'include') await page.getByRole('button', { name: 'Show' }).click();
    expect(await violations(page)).toEqual([]);
  }
});

test.each([
  ['hidden', false],
  ['shown', true],
])('a secret that is %s and that the browser does not copy is shown and selected', async (_, shown) => {
  const { page } = await openSheet();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
  });
  if (shown) await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('button', { name: 'Copy Client Secret' }).click();
  const why = 'could not be copied. It is selected now: copy it with the keyboard.';
  await page.getByText(`Client Secret ${why}`).waitFor();
  expect(await page.evaluate('getSelection().toString()')).toBe(secret);
  expect(await page.getByText(secret).isVisible()).toBe(true);
  expect(await page.getByRole('button', { name: 'Hide' }).isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Copy From name' }).click();
  await page.getByText(`From name ${why}`).waitFor();
  expect(await page.evaluate('getSelection().toString()')).toBe('Contoso Time & Attendance');
});

/** As long as the schemas let them be, in wide letters. */
const label = 'w'.repeat(61);
const longest = {
  fromName: 'W'.repeat(120),
  fromEmailAddress: `${'w'.repeat(64)}@${label}.${label}.${label}.de`,
};

/** How many pages, and on which paper; widths are in points. */
async function printed(page: Page, format: 'A4' | 'Letter'): Promise<{ pages: number; paper: string }> {
  const pdf = (await page.pdf({ format, preferCSSPageSize: true })).toString('latin1');
  const [, width] = /\/MediaBox\s*\[0 0 ([\d.]+) /.exec(pdf) ?? [];
  return {
    pages: pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0,
    paper: Math.round(Number(width)) === 612 ? 'Letter' : 'A4',
  };
}

const papers = ['A4', 'Letter'] as const;

test.each(papers)('prints on one sheet of %s, the longest secret hidden or shown', async (paper) => {
  const clientSecret = new Secret('W'.repeat(1024));
  for (const connection of [{}, longest, { ...longest, clientSecret }]) {
    const file = join(await tempFolder(), 'sheet.html');
    await writeExport(file, preferencesWith(connection, endpointsOf(clouds.china)), {
      format: 'html',
      secret: { kind: 'include' },
    });
    const { page } = await openHere(file);
    expect(await printed(page, paper)).toEqual({ pages: 1, paper });
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await printed(page, paper)).toEqual({ pages: 1, paper });
  }
});

test.each(papers)(
  'the entry sheet of a pack prints on one sheet of %s, and so does that of a rehearsal',
  async (paper) => {
    const admin = { objectId: 'x', userPrincipalName: longest.fromEmailAddress };
    const { fromName, fromEmailAddress: fromAddress } = longest;
    const { out, job } = await packFolder(packRecord({ admin, kind: 'practice' }), {
      mail: { fromName, fromAddress },
    });
    await writeHandOver(job());
    const { page } = await openHere(join(out, 'entry-sheet.html'));
    await page
      .getByText(`(left out; ask the person who did the set-up, signed in as ${fromAddress})`)
      .waitFor();
    expect(await printed(page, paper)).toEqual({ pages: 1, paper });
  },
);

test('gives 10,000 hostile sets back to a browser, byte by byte, and none of them becomes markup', {
  timeout: 300_000,
}, async () => {
  const page = await browser.newPage();
  const sets = fc.sample(hostilePreferences, 10_000);
  for (let start = 0; start < sets.length; start += 1000) {
    const batch = sets.slice(start, start + 1000);
    const read = await page.evaluate(readSheets, batch.map(withoutStyleAndScript));
    const expected = batch.map(({ component, connection, apiEndpoints }) =>
      JSON.stringify({ scripts: 1, values: { component, ...connection, ...apiEndpoints } }),
    );
    expect(read === expected.join('\n')).toBe(true);
  }
});

/** Half of a page, the same in all of them. */
function withoutStyleAndScript(preferences: PlainPreferences): string {
  return html
    .write(preferences)
    .replace(/(<style>|<script>\n'use strict').*?(<\/style>|<\/script>)/gs, '$1$2');
}

/** Runs in the browser; a line of JSON for each sheet. */
function readSheets(texts: string[]): string {
  const sheets = texts.map((text) => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const codes = [...page.querySelectorAll('code[translate]')];
    const values = Object.fromEntries(codes.map((code) => [code.id, code.textContent]));
    return JSON.stringify({ scripts: page.querySelectorAll('script').length, values });
  });
  return sheets.join('\n');
}
