import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { formSuite } from './form-suite.ts';

const suite = formSuite();

/** What any kit behind `webview/kit` must give, whichever library draws it: role, name, description. */
const controls = [
  ['combobox', 'Customer', 'Sent from ta@contoso.com, tenant contoso.com'],
  ['textbox', 'To', 'Separate several addresses by a comma.'],
  ['textbox', 'Cc', ''],
  ['textbox', 'Subject', ''],
  ['textbox', 'Message', 'receipt code TA-7K3Q-9F'],
  ['checkbox', 'Wait until the email has arrived', ''],
  ['textbox', 'Seconds to wait', 'From 1 to 3600.'],
  ['button', 'Send', ''],
  ['button', 'Attach Files…', ''],
] as const;

/** The description that a screen reader gives. */
async function described(page: Page, role: string, name: string): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const node = nodes.find((each) => each.role?.value === role && each.name?.value === name);
  return String(node?.description?.value ?? '');
}

test('every control has its role, its name once, and its help as description', async () => {
  const { page } = await suite().open();
  await page.getByText('More').click();
  for (const [role, name, help] of controls) {
    expect(await page.getByRole(role, { name, exact: true }).count(), name).toBe(1);
    expect(await described(page, role, name), name).toContain(help);
  }
});

test('an error is part of the description, and gone with the error', async () => {
  const { page } = await suite().open();
  const description = () => described(page, 'textbox', 'To');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.poll(description, { timeout: 10_000 }).toMatch(/^Enter at least one address\. Separate/);
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('r');
  await expect.poll(description, { timeout: 10_000 }).toMatch(/^Separate/);
});

test('a text typed by a person, and one set by the page, are both shown', async () => {
  const { page } = await suite().open();
  const subject = page.getByRole('textbox', { name: 'Subject' });
  expect(await subject.inputValue()).toBe('T&A test email');
  await subject.fill('Mine');
  await page.getByText('More').click();
  await page.getByRole('checkbox').press('Space');
  expect(await subject.inputValue()).toBe('Mine');
  expect(await page.getByRole('textbox', { name: 'Seconds to wait' }).isVisible()).toBe(false);
});
