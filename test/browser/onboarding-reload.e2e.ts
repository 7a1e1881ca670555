import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/core/ports.ts';
import { type ServedPractice, servedPractice, whatIsLeft } from '../support/served-practice.ts';
import { runCommand } from '../vscode/palette.ts';
import { openViewContainer, treeRow } from '../vscode/tree.ts';
import { openVscode, type VscodeWindow } from '../vscode/vscode-window.ts';
import { painted, reloadOnceKept, restored } from '../vscode/workbench.ts';
import { behindProxy } from './behind-proxy.ts';
import { patient, pressRowAction } from './newcomer.ts';
import { takePicture } from './picture.ts';
import { clickInto, setUpPage, typeInto, untilStage } from './set-up-story.ts';

// The practice tenant that VS Code serves ends with its window. Here it is served by the test and stands for Microsoft.

/** VS Code has no clock of ours. */
const realTime = { clock: systemClock, lagFactor: 0 };

test('a window reloaded while the changes are made leaves a customer that Resume finishes, with nothing twice', async () => {
  let batchSeen = false;
  const batch = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  await using practice = await servedPractice({
    ...realTime,
    // The first batch is carried out, and its answer with the secret never comes.
    through: (fetch) => async (request, connection) => {
      const isApplied = request.method === 'POST' && (await request.clone().text()).includes('addPassword');
      const answer = await fetch(request, connection);
      if (!isApplied || batchSeen) return answer;
      batchSeen = true;
      batch.resolve();
      await end.promise;
      return answer;
    },
  });
  const vscode = await openBehindProxy(practice);
  try {
    await beginSetUp(vscode);
    await batch.promise;
    expect(whatIsLeft(practice.state)).toMatchObject({ applications: 1, secrets: 1, grants: 4 });

    await vscode.page.reload();
    await painted(vscode.page);
    await openViewContainer(vscode.page, 'T&A Exchange');
    await treeRow(vscode.page, /^Contoso Ltd, Set-up unfinished/).waitFor(patient);
    await pressRowAction(vscode.page, /^Contoso Ltd, Set-up unfinished/, 'Resume Set-Up');
    await makeChanges(vscode);
    await treeRow(vscode.page, /^Contoso Ltd, Not verified, contoso\.com, 1\d\d days left/).waitFor(patient);

    const made = { applications: 1, servicePrincipals: 1, secrets: 1, grants: 4, mails: 0 };
    expect(whatIsLeft(practice.state)).toEqual(made);
    expect(await practice.folder.names()).toEqual([
      'contoso.ta-customer.json',
      'contoso.ta-email.json',
      'contoso.ta-record.json',
    ]);
  } finally {
    end.resolve();
    await vscode.close();
  }
}, 240_000);

test('a window reloaded while a consent is waited for goes on by itself, and a second one says who works on the customer', async () => {
  await using practice = await servedPractice({ ...realTime, approveAs: 'anton@contoso.com' });
  const vscode = await openBehindProxy(practice);
  try {
    await beginSetUp(vscode);
    await waitsForConsent(vscode);

    await vscode.page.reload();
    await painted(vscode.page);
    await waitsForConsent(vscode);
    expect(whatIsLeft(practice.state)).toMatchObject({ applications: 1, secrets: 0, grants: 0 });

    const second = await vscode.context.newPage();
    await second.goto(vscode.page.url());
    await painted(second);
    await openViewContainer(second, 'T&A Exchange');
    await pressRowAction(second, /^Contoso Ltd, Waiting for consent/, 'Resume Set-Up');
    const busy = await untilStage(second, 'Sign in');
    await busy.getByRole('heading', { name: /^Another run is using this customer/ }).waitFor(patient);
    await takePicture(second, 'story-two-windows');

    practice.state.colleagueConsentsAfterMs = 0;
    await untilStage(vscode.page, 'Test email');
    await second.bringToFront();
    await busy.getByRole('button', { name: 'Try Again' }).click(patient);
    await untilStage(second, 'Test email');

    const made = { applications: 1, servicePrincipals: 1, secrets: 1, grants: 4, mails: 0 };
    expect(whatIsLeft(practice.state)).toEqual(made);
    expect(practice.state.deviceCodes).toHaveLength(1);
  } finally {
    await vscode.close();
  }
}, 240_000);

test('reloaded at any other stage, the page has what was typed and the way on', async () => {
  await using practice = await servedPractice(realTime);
  practice.state.approveAs = undefined;
  const vscode = await openBehindProxy(practice);
  const { page } = vscode;
  const reload = async (typed?: string): Promise<void> => {
    if (typed !== undefined) await reloadOnceKept(page, typed);
    else await page.reload();
    await restored(page);
    if (!(await isPutBack(page))) await openContoso(page);
  };
  const press = async (stage: string, button: string | RegExp): Promise<void> =>
    await (await untilStage(page, stage)).getByRole('button', { name: button }).first().click(patient);
  const startAgain = async (stage: string): Promise<void> => {
    const frame = await untilStage(page, stage);
    await frame.getByRole('heading', { name: 'Interrupted: Setting up Contoso Ltd' }).waitFor(patient);
    await takePicture(page, `story-reload-${stage.toLowerCase().replaceAll(' ', '-')}`);
    await frame.getByRole('button', { name: 'Start Again' }).click(patient);
  };
  try {
    await openContoso(page);
    await typeAtEnd(page, 'Customer', 'Customer name', ' half a name');
    await reload('Contoso Ltd half a name');
    expect(await typedInto(page, 'Customer', 'Customer name')).toBe('Contoso Ltd half a name');
    await takePicture(page, 'story-reload-customer');
    await press('Customer', 'Discard Changes');
    await press('Customer', 'Continue to Sign-In');

    await (await untilStage(page, 'Sign in')).locator('.code code').waitFor(patient);
    await reload('"stage":"signIn"');
    practice.state.approveAs = 'grace@contoso.com';
    await startAgain('Sign in');
    await (await untilStage(page, 'Check and plan'))
      .getByRole('button', { name: /^Make 4/ })
      .waitFor(patient);
    await reload('"stage":"plan"');
    await startAgain('Check and plan');
    await press('Check and plan', /^Make 4 Changes in Contoso$/);

    await typeInto(page, await untilStage(page, 'Test email'), 'To', 'robin@contoso.com');
    await typeAtEnd(page, 'Test email', 'Subject', ' half a subject');
    await reload('half a subject');
    expect(await typedInto(page, 'Test email', 'Subject')).toContain('half a subject');
    expect(await typedInto(page, 'Test email', 'To')).toBe('robin@contoso.com');
    await takePicture(page, 'story-reload-email');
    await press('Test email', 'Send');
    const sent = await untilStage(page, 'Test email');
    await sent.getByRole('heading', { name: 'The email arrived' }).waitFor(patient);
    await reload();
    await (await untilStage(page, 'Hand over')).getByRole('button', { name: 'Hand Over…' }).waitFor(patient);
    await takePicture(page, 'story-reload-hand-over');
  } finally {
    await vscode.close();
  }
}, 300_000);

async function openContoso(page: Page): Promise<void> {
  await runCommand(page, 'T&A Exchange: Set Up Customer…');
}

/** Whether the page is there again. In a browser VS Code may not have kept yet that it was open, or whose it was: then it closes. */
async function isPutBack(page: Page): Promise<boolean> {
  const closed = page.locator('.tabs-container .tab').waitFor({ state: 'detached', ...patient });
  const no = (): boolean => false;
  return await Promise.race([setUpPage(page).then(() => true, no), closed.then(no, no)]);
}

async function typeAtEnd(page: Page, stage: string, field: string, text: string): Promise<void> {
  await clickInto(await untilStage(page, stage), field);
  await page.keyboard.press('End');
  await page.keyboard.type(text);
}

async function typedInto(page: Page, stage: string, field: string): Promise<string> {
  const box = (await untilStage(page, stage)).getByRole('textbox', { name: field, exact: true });
  return await box.inputValue(patient);
}

async function openBehindProxy({ folder, port }: ServedPractice): Promise<VscodeWindow> {
  const env = await behindProxy(port);
  return await openVscode({ open: folder.path, env, settings: { 'http.proxySupport': 'off' } });
}

async function beginSetUp(vscode: VscodeWindow): Promise<void> {
  await openViewContainer(vscode.page, 'T&A Exchange');
  await openContoso(vscode.page);
  const frame = await untilStage(vscode.page, 'Customer');
  await frame.getByRole('button', { name: 'Continue to Sign-In' }).click(patient);
  await makeChanges(vscode);
}

async function makeChanges({ page }: VscodeWindow): Promise<void> {
  const frame = await untilStage(page, 'Check and plan');
  await frame.getByRole('button', { name: /^Make \d Changes? in Contoso$/ }).click(patient);
}

async function waitsForConsent({ page }: VscodeWindow): Promise<void> {
  const frame = await untilStage(page, 'Changes and proof');
  await frame.getByRole('heading', { name: 'Waiting for consent' }).waitFor(patient);
  await frame.getByRole('button', { name: 'Copy Message' }).waitFor(patient);
  await frame.getByText('Set-up also continues after a restart of VS Code').waitFor(patient);
}
