import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { fileOf } from '../support/mail-tenant.ts';
import { recordedAccess } from '../support/sending-form.ts';
import { filesOf, type SendingTenant, sendingTenant } from '../support/sending-tenant.ts';
import { formSuite } from './form-suite.ts';

const suite = formSuite();

async function contosoMail() {
  const tenant = await sendingTenant();
  return { tenant, ...(await recordedAccess(tenant)) };
}

/** What has the focus, by its label; a control of the kit has it inside of its shadow tree. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const outer = document.activeElement;
    if (outer instanceof HTMLSelectElement) return outer.id;
    const labelled = outer?.shadowRoot?.activeElement?.getAttribute('aria-label');
    return (labelled ?? outer?.getAttribute('aria-label') ?? outer?.textContent ?? '').trim();
  });
}
const patient = { timeout: 10_000 };

test('a person with a keyboard only fills the form, sends, and lands on the verdict', async () => {
  const { tenant, access } = await contosoMail();
  const [path = ''] = await filesOf({ 'week 48.pdf': fileOf(20) });
  const codes = ['TA-7K3Q-9F', 'TA-2B4D-6F'];
  const newCode = () => codes.shift() ?? '';
  const { page, complaints, host } = await suite().open({ access, newCode, pickFiles: async () => [path] });
  const shownCodes = async () => (await page.locator('body').innerText()).match(/TA-\w{4}-\w\w/g);
  const { keyboard } = page;
  const stops: string[] = [];
  const go = async (name: string) => {
    for (let press = 0; press < 25 && stops.at(-1) !== name; press += 1) {
      await keyboard.press('Tab');
      stops.push(await focused(page));
    }
    expect(stops.at(-1)).toBe(name);
  };
  await expect.poll(shownCodes, patient).toEqual(['TA-7K3Q-9F']);
  await go('To');
  await keyboard.type('robin@contoso.com');
  await go('Subject');
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('Hours of week 48');
  await go('Attach Files…');
  await keyboard.press('Enter');
  const attached = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Remove/ }) });
  await attached.filter({ hasText: 'week 48.pdf' }).waitFor();
  await go('Send');
  await keyboard.press('Space');
  await page.getByRole('heading', { name: 'The email arrived' }).waitFor();
  await expect.poll(() => focused(page), patient).toBe('The email arrived');
  expect(await page.getByRole('status').textContent()).toBe('The email arrived');
  expect(await page.locator('.send-bar').textContent()).toContain('Contoso Ltd: The email arrived');
  expect(await page.locator('vscode-button[appearance="primary"]:visible').allInnerTexts()).toEqual([
    'Hand Over…',
  ]);
  expect(new Set(await shownCodes())).toEqual(new Set(['TA-7K3Q-9F']));
  const [mail] = tenant.mails('robin', 'inbox');
  expect(mail?.graph.subject).toBe('Hours of week 48 [TA-7K3Q-9F]');
  expect(mail?.attachments).toHaveLength(1);
  expect([...complaints, ...host.errors]).toEqual([]);
  // Tab stops come in the order of the eye: from top to bottom.
  expect(stops).toEqual([
    'customer',
    'To',
    'Subject',
    'Message',
    'Attach Files…',
    'Add a 5 MB Test File',
    'More',
    'Send',
  ]);
});

test('Ctrl+Enter sends from any field, Esc discards nothing', async () => {
  const { tenant, access } = await contosoMail();
  const { page } = await suite().open({ access });
  const message = page.getByRole('textbox', { name: 'Message' });
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('robin@contoso.com');
  await message.fill('Typed by hand.');
  await message.press('Escape');
  expect(await message.inputValue()).toBe('Typed by hand.');
  await message.press('Control+Enter');
  await page.getByRole('heading', { name: 'The email arrived' }).waitFor();
  expect(tenant.mails('robin', 'inbox')).toHaveLength(1);
});

test('what is missing is said at its field, in an alert, and gets the focus', async () => {
  const { page } = await suite().open();
  await page.getByRole('button', { name: 'Send' }).click();
  const to = page.getByRole('textbox', { name: 'To', exact: true });
  await expect.poll(() => to.getAttribute('aria-invalid'), patient).toBe('true');
  expect(await focused(page)).toBe('To');
  expect(await page.getByRole('alert').textContent()).toBe('Not sent. Correct: To.');
  await to.fill('robin@');
  expect(await to.getAttribute('aria-invalid')).toBeNull();
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('expected an address such as ta@contoso.com').first().waitFor();
});

test('a field that is to be corrected is scrolled to with its label, though the field itself is in sight', async () => {
  const { page } = await suite().open({}, { width: 480, height: 300 });
  await page.locator('#to').evaluate((field) => {
    const { top = 0 } = field.shadowRoot?.querySelector('input')?.getBoundingClientRect() ?? {};
    scrollBy(0, top - 2);
  });
  const top = () => page.locator('#to').evaluate((field) => field.getBoundingClientRect().top);
  expect(await top()).toBeLessThan(0);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => focused(page), patient).toBe('To');
  expect(await top()).toBeGreaterThanOrEqual(0);
});

test('while a mail is under way Send is off, Cancel is there, and a stop is told', async () => {
  const { tenant } = await contosoMail();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const send: SendingTenant['http']['send'] = async (request) => {
    await held;
    return tenant.http.send(request);
  };
  const { access } = await recordedAccess({ ...tenant, http: { send } });
  const { page, host } = await suite().open({ access });
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('robin@contoso.com');
  await page.getByRole('button', { name: 'Send' }).click();
  const cancel = page.getByRole('button', { name: 'Cancel' });
  await cancel.waitFor();
  await expect.poll(() => focused(page), patient).toBe('Cancel');
  expect(await page.getByRole('button', { name: 'Sending…' }).isDisabled()).toBe(true);
  await cancel.press('Enter');
  release();
  await page.getByRole('heading', { name: 'Stopped; the email was not sent' }).waitFor();
  expect(await page.getByRole('button', { name: 'Send' }).isEnabled()).toBe(true);
  expect(host.errors).toEqual([]);
});

test.each([
  ['has the focus when they return', undefined, 'The email arrived'],
  ['leaves it where they return into a field', 'Subject', 'Subject'],
])('a verdict does not call back who works elsewhere in VS Code, and %s', async (_, field, at) => {
  const { access } = await contosoMail();
  const { page } = await suite().open({ access });
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('robin@contoso.com');
  await page.getByRole('button', { name: 'Send' }).focus();
  await page.evaluate(() => {
    document.hasFocus = () => false;
  });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'The email arrived' }).waitFor();
  expect(await focused(page)).not.toBe(at);
  if (field) await page.getByRole('textbox', { name: field }).focus();
  await page.evaluate(() => {
    document.hasFocus = () => true;
    window.dispatchEvent(new Event('focus'));
  });
  await expect.poll(() => focused(page), patient).toBe(at);
});

test('an outside recipient reads the code back, and the evidence is copied without a name in it', async () => {
  const { access } = await contosoMail();
  const { page, host } = await suite().open({ access });
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('pat@fabrikam.example');
  await page.getByRole('button', { name: 'Send' }).click();
  const code = page.getByRole('textbox', { name: 'Code read back by pat@fabrikam.example' });
  await code.fill('TA-2222-22');
  await code.press('Enter');
  await page.getByText('That is not the receipt code of this email.').first().waitFor();
  await code.fill('ta 7k3q 9f');
  await page.getByRole('button', { name: 'Check: Code read back by pat@fabrikam.example' }).click();
  await page.getByRole('heading', { name: 'The email arrived' }).waitFor();
  await page.getByRole('button', { name: 'Copy Evidence' }).click();
  await expect.poll(() => host.copied.length, patient).toBe(1);
  expect(host.copied[0]).toContain('p***@fabrikam.example: confirmed by recipient');
  await page.evaluate(
    "Object.defineProperty(navigator, 'clipboard', { value: { writeText: (text) => (document.title = text) } })",
  );
  await page.getByRole('button', { name: 'Copy: Message ID' }).click();
  await expect.poll(() => page.title(), patient).toMatch(/^<\S+@\S+>$/);
});
