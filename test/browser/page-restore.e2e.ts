import { expect, test } from 'vitest';
import { rememberRun } from '../../src/extension/mail-form/memory.ts';
import { blankRun } from '../support/blank-run.ts';
import { formMemory } from '../support/form-memory.ts';
import { fileOf } from '../support/mail-tenant.ts';
import { filesOf } from '../support/sending-tenant.ts';
import { formSuite } from './form-suite.ts';

const suite = formSuite();

test('after a reload the draft is back, with its files, and nothing is sent', async () => {
  const paths = await filesOf({ 'a.txt': fileOf(3) });
  let asked = 0;
  const access = () => {
    asked += 1;
    return Promise.reject(new Error('Nobody pressed Send.'));
  };
  const kept = new Map<string, string>();
  const ports = { access, memory: formMemory(kept), pickFiles: async () => paths };
  const { page, host } = await suite().open(ports);
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('robin@contoso.com');
  await page.getByRole('textbox', { name: 'Message' }).fill('Half a sent');
  await page.getByRole('button', { name: 'Attach Files…' }).click();
  const attached = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Remove/ }) });
  await attached.filter({ hasText: 'a.txt' }).waitFor();
  await page.getByText('More').click();
  await page.getByRole('checkbox').click();
  await expect.poll(() => kept.get('mailForm.draft'), { timeout: 10_000 }).toContain('a.txt');
  await page.reload();
  await attached.filter({ hasText: 'a.txt' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'To', exact: true }).inputValue()).toBe('robin@contoso.com');
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('Half a sent');
  expect(await page.getByRole('checkbox').isChecked()).toBe(false);
  expect(asked).toBe(0);
  expect(JSON.stringify(host.posted)).not.toContain(paths[0]);
});

test('the last letters before a reload are not lost', async () => {
  const { page } = await suite().open();
  await page.getByText('More').click();
  await page.getByRole('textbox', { name: 'Cc' }).fill('last@contoso.com');
  await page.reload();
  const cc = page.getByRole('textbox', { name: 'Cc' });
  expect(await cc.inputValue()).toBe('last@contoso.com');
});

test('a client secret that is pasted into the message is kept nowhere, and a page keeps nothing itself', async () => {
  const secret = 'Xy78Q~canary-canary.canary_canary~canary';
  const kept = new Map<string, string>();
  const { page, saved } = await suite().open({ memory: formMemory(kept) });
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('robin@contoso.com');
  await page.getByRole('textbox', { name: 'Message' }).fill(secret);
  await page.reload();
  await expect
    .poll(() => page.getByRole('textbox', { name: 'To', exact: true }).inputValue())
    .toBe('robin@contoso.com');
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('');
  expect(JSON.stringify([...kept])).not.toContain(secret);
  expect(await saved()).toBeNull();
});

test('a mail that was under way when the window closed is shown as interrupted', async () => {
  const memory = formMemory();
  const steps = [{ step: 'send' as const, state: 'running' as const, startedAt: 1 }];
  await rememberRun(memory, { run: blankRun({ steps }), tenant: 't', client: 'c' });
  const { page } = await suite().open({ memory });
  const verdict = page.getByRole('heading', { name: 'The last email was interrupted' });
  await verdict.waitFor();
  await page.getByText('Look for TA-7K3Q-9F in Sent Items and Drafts').waitFor();
  expect(await page.getByRole('button', { name: 'Send' }).isEnabled()).toBe(true);
});

test('a draft of another version is left, and the form starts anew', async () => {
  const memory = formMemory(new Map([['mailForm.draft', '{"version":9,"to":"old@contoso.com"}']]));
  const { page, complaints } = await suite().open({ memory });
  expect(await page.getByRole('textbox', { name: 'To', exact: true }).inputValue()).toBe('');
  expect(complaints).toEqual([]);
});

test('a command chooses the customer in a form that is open', async () => {
  const two = ['contoso', 'fabrikam'].map((name) => ({
    id: name,
    name,
    fromAddress: `ta@${name}.com`,
    tenant: `${name}.com`,
    practice: false,
    notes: [],
  }));
  const { page, host } = await suite().open({ customers: async () => two });
  expect(await page.getByRole('combobox').inputValue()).toBe('');
  host.form.choose('fabrikam');
  await page.reload();
  await expect.poll(() => page.getByRole('combobox').inputValue(), { timeout: 10_000 }).toBe('fabrikam');
  await page.getByText('Sent from ta@fabrikam.com, tenant fabrikam.com').waitFor();
});

test('what is told while the form opens is shown when it is there', async () => {
  const then = { id: 'c', name: 'Contoso', fromAddress: '', tenant: '', practice: false, notes: [] };
  let tell = (): void => undefined;
  const customers = async () => {
    tell();
    return [];
  };
  const { page, host } = await suite().open({ customers });
  tell = () => host.show({ customers: [then], nextCode: 'TA-7K3Q-9F' });
  await page.reload();
  await page.getByRole('option', { name: 'Contoso' }).waitFor({ state: 'attached', timeout: 10_000 });
});
