import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { WebviewPanel } from 'vscode';
import { registerForm } from '../../../src/extension/mail-form/open-form.ts';
import { isPageInSight, mirror, tellUnlessSeen } from '../../../src/extension/set-up/mirror.ts';
import { registerSetUpPages } from '../../../src/extension/set-up/pages.ts';
import { fillPanel } from '../../../src/extension/shell/page.ts';
import { openFormCommand, openPageCommand, pageType } from '../../../src/extension/shell/runs.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import { commands, person, TabInputWebview, Uri, window } from '../../support/fake-vscode.ts';
import { withRun } from '../../support/page-facts.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Loads no code behind a page: what is asked here is over before that. */
async function blankShell(): Promise<Shell> {
  const folder = await tempFolder();
  const style = join(folder, 'dist', 'webview', 'main.css');
  await mkdir(dirname(style), { recursive: true });
  await writeFile(style, 'main { color: red; }');
  const context = { extensionUri: Uri.file(folder) };
  return { runs: { onDidChange: () => undefined }, context } as unknown as Shell;
}

const both = [
  ['set-up page', registerSetUpPages, openPageCommand],
  ['form', registerForm, openFormCommand],
] as const;

test.each(both)(
  'the %s can be painted at once: with heading and style, and no code loaded yet',
  async (_, register, open) => {
    register(await blankShell());
    void commands.executeCommand(open).catch(() => undefined);
    const panel = person.panels.at(-1) ?? expect.fail();
    expect(panel.webview.html).toMatch(/<style nonce="[^"]+">main { color: red; }<\/style>[\s\S]*<h1>\w/);
    expect(panel.options).toMatchObject({ enableScripts: true });
  },
);

const signs = [
  ['says its first word', () => person.panels.at(-1)?.webview.say('ready')],
  ['has been silent for long, as it is hidden', () => void vi.advanceTimersByTime(250)],
] as const;

test.each(both.flatMap(([page, ...how]) => signs.map(([when, sign]) => [page, when, sign, ...how] as const)))(
  'the code behind the %s is loaded once the page %s',
  async (_page, _when, sign, register, open) => {
    await import('../../../src/extension/commands/table.ts');
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    register(await blankShell());
    let loaded = false;
    const end = (): void => {
      loaded = true;
    };
    const opening = commands.executeCommand(open).then(end, end);
    vi.advanceTimersByTime(249);
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(loaded).toBe(false);
    sign();
    await opening;
    expect(loaded).toBe(true);
  },
);

test('what a page says before its code is loaded is kept for it, in its order', async () => {
  const shell = await blankShell();
  const panel = window.createWebviewPanel('taExchange.setUp', 'Page', -1, {});
  const wire = fillPanel(panel as unknown as WebviewPanel, shell, 'set-up', 'Contoso');
  const heard: unknown[] = [];
  for (const word of ['ready', 'edit']) panel.webview.say(word);
  const stop = wire.listen((message) => heard.push(message));
  panel.webview.say('press');
  stop();
  panel.webview.say('late');
  expect(heard).toEqual(['ready', 'edit', 'press']);
});

test.each(both)(
  'the %s takes the focus when it is asked for, and not once more when it is filled',
  async (_, register, open) => {
    register(await blankShell());
    const opening = commands.executeCommand(open);
    const panel = person.panels.at(-1) ?? expect.fail();
    const again = commands.executeCommand(open);
    expect(panel.reveals).toBe(1);
    await Promise.allSettled([opening, again]);
    expect(panel.reveals).toBe(1);
  },
);

test('a message says what a page shows only while it is out of sight, once, and leads to it', async () => {
  const customer = Uri.file('/customers/contoso.ta-customer.json') as never;
  const { run } = withRun({ end: { kind: 'done' } });
  let work = run;
  const shell = { runs: { of: () => ({ state: () => work }) } } as unknown as Shell;
  let opened = 0;
  commands.registerCommand(openPageCommand, () => {
    opened += 1;
  });
  Object.assign(person, { told: [], answers: ['Show'] });
  await mirror(shell, customer, async () => true);
  expect(person.told).toEqual([]);
  work = run && { ...run, startedAt: run.startedAt + 1 };
  for (const _ of ['seen', 'not again']) await mirror(shell, customer, async () => false);
  expect(person.told).toMatchObject([
    { message: 'Setting up Contoso Ltd: Done', buttons: ['Show'], modal: false },
  ]);
  expect(opened).toBe(1);
});

test('what every page shows is told only while none is in sight; what one shows, while that one is not', async () => {
  const inSight = (type: string, label: string): unknown[] =>
    window.tabGroups.all.splice(0, 1, { activeTab: { label, input: new TabInputWebview(type) } });
  inSight('mainThreadWebview-markdown.preview', 'README.md');
  Object.assign(person, { told: [], answers: ['Open', undefined] });
  expect([await tellUnlessSeen('Running.', 'Open'), isPageInSight()]).toEqual(['Open', false]);
  inSight(`mainThreadWebview-${pageType}`, 'Contoso Ltd');
  expect([await tellUnlessSeen('Running.', 'Open'), person.told.length]).toEqual([undefined, 1]);
  expect(['Contoso Ltd', 'Acme'].map(isPageInSight)).toEqual([true, false]);
  window.tabGroups.all.length = 0;
});
