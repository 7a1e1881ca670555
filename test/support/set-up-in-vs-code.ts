import { join } from 'node:path';
import * as vscode from 'vscode';
import { openChannel, Refusal, type Wire } from '../../src/contract/channel.ts';
import { fromPage, type HostView, toPage } from '../../src/contract/messages.ts';
import { fromSetUpPage, toSetUpPage } from '../../src/contract/set-up.ts';
import { openCustomer } from '../../src/extension/customers/choose.ts';
import { createCustomers, customerFile, type ListedFile } from '../../src/extension/customers/list.ts';
import { customerId } from '../../src/extension/mail-form/form-customers.ts';
import { showForm } from '../../src/extension/mail-form/panel.ts';
import { keepForNextWindow } from '../../src/extension/set-up/keep-wait.ts';
import { showSetUp } from '../../src/extension/set-up/panel.ts';
import { setUp } from '../../src/extension/set-up/stories.ts';
import { createRecentFailures } from '../../src/extension/shell/recent-failures.ts';
import { createRuns } from '../../src/extension/shell/runs.ts';
import { clientSecrets, createSecretKeeper } from '../../src/extension/shell/secret-keeper.ts';
import { createSessions } from '../../src/extension/shell/sessions.ts';
import type { Shell } from '../../src/extension/shell/shell.ts';
import { serve } from '../../src/practice/serve.ts';
import { createPracticeTenant } from '../../src/practice/tenant.ts';
import { customerFolder, customerName, preferencesName } from './customer-folder.ts';
import { person } from './fake-vscode.ts';
import { type GivenSecret, listen } from './given-secrets.ts';
import { notingContext } from './noting-context.ts';
import { signing } from './signing.ts';

/** The two ends between host and page; `given`: all that the page gets, which is what its own state can be made of. */
function wires(given: string[]): { host: Wire; page: Wire } {
  const listeners = {
    host: new Set<(message: unknown) => void>(),
    page: new Set<(message: unknown) => void>(),
  };
  const end = (own: 'host' | 'page', other: 'host' | 'page'): Wire => ({
    post(message) {
      if (other === 'page') given.push(JSON.stringify(message));
      for (const receive of listeners[other]) receive(message);
    },
    listen(receive) {
      listeners[own].add(receive);
      return () => listeners[own].delete(receive);
    },
  });
  return { host: end('host', 'page'), page: end('page', 'host') };
}

/** The verdict of each email, as the page learns it. */
function verdicts() {
  const seen = new Set<string>();
  let next = Promise.withResolvers<string>();
  return {
    async see({ run }: HostView) {
      if (run?.verdict === undefined || seen.has(run.id)) return {};
      seen.add(run.id);
      next.resolve(run.verdict);
      return {};
    },
    async of(sending: Promise<{ readonly problems: readonly unknown[] }>): Promise<unknown> {
      const { problems } = await sending;
      if (problems.length > 0) return problems;
      const verdict = await next.promise;
      next = Promise.withResolvers();
      return verdict;
    },
  };
}

const common = {
  log: () => undefined,
  refusalOf: () => new Refusal({ code: 'TA-PAGE', message: '', hint: '' }),
};

const nothing = async () => ({});

/** The customer's page: its person makes the changes as soon as they are asked. */
function openPage(wire: Wire, seen: ReturnType<typeof verdicts>) {
  let asked = false;
  const host = openChannel({
    ...{ ...common, wire, ours: fromSetUpPage, theirs: toSetUpPage },
    handlers: {
      view: seen.see,
      choose: nothing,
      show: nothing,
      async setUp(view) {
        if (asked || !JSON.stringify(view).includes('"action":"makeChanges"')) return {};
        asked = true;
        await host.ask('press', { action: 'makeChanges' });
        return {};
      },
    },
  });
  return host;
}

/** The parts of a window, with a practice tenant that notes what it gives out. */
async function openWindow(context: vscode.ExtensionContext, heard: ReturnType<typeof listen>) {
  const tenant = createPracticeTenant({
    ...{ signing, approveAs: 'grace@contoso.com', devicePollSeconds: 1, lagFactor: 0 },
  });
  const { origin, connections, close } = await serve({
    fetch: heard.through((request, connection) => tenant.fetch(request, connection)),
  });
  const running = { tenant, origin, connections, scenarios: [], problems: [], expect: () => undefined };
  const practice: Shell['practice'] = {
    running,
    ...{ open: async () => running, start: async () => running },
    ...{ resume: async () => undefined, stop: async () => undefined },
    onDidChange: new vscode.EventEmitter<void>().event,
    dispose: () => undefined,
  };
  const logged: string[] = [];
  const note = (line: string) => void logged.push(line);
  const shell: Shell = {
    ...{ context, practice, sessions: createSessions(practice), customers: createCustomers(context) },
    ...{ runs: createRuns(), failures: createRecentFailures() },
    secrets: createSecretKeeper(context, clientSecrets),
    log: { info: note, debug: note, error: note, show: () => undefined, dispose: () => undefined },
    dispose: () => undefined,
  };
  const withdrawSecrets = () => tenant.state.applications.forEach(({ secrets }) => void secrets.splice(0));
  return { shell, logged, close, withdrawSecrets };
}

/** The pages of the customer and of the form, with what they were given. */
async function openPages(shell: Shell, file: ListedFile) {
  const shown: string[] = [];
  const closing = new vscode.EventEmitter<void>();
  const panel = Object.assign(Object.create(null), { title: '', onDidDispose: closing.event });
  const seen = verdicts();
  const [ofPage, ofForm] = [wires(shown), wires(shown)];
  await showSetUp(shell, panel, ofPage.host, file, async () => undefined);
  showForm(shell, panel, ofForm.host);
  const page = openPage(ofPage.page, seen);
  const handlers = { view: seen.see, choose: nothing };
  const form = openChannel({ ...{ ...common, wire: ofForm.page, ours: fromPage, theirs: toPage }, handlers });
  const close = () => {
    closing.fire();
    for (const channel of [page, form]) channel.dispose();
  };
  return { page, form, shown, verdictOf: seen.of, close };
}

export interface KeptByVsCode {
  /** What came of the two emails. */
  readonly verdicts: readonly unknown[];
  readonly given: readonly GivenSecret[];
  /** What is in the clear, by its place. */
  readonly texts: Readonly<Record<string, string>>;
  /** What VS Code encrypts. */
  readonly encrypted: string;
}

/**
 * A customer is set up by the extension's own code, a wait for a consent is kept, and two emails are sent: one from the
 * customer's page, and from the form one that is refused. In the end the client secret is pasted where it does not belong.
 * All that VS Code was given to keep or to show is noted.
 */
export async function setUpInVsCode(): Promise<KeptByVsCode> {
  const { context, notes, kept } = notingContext();
  const heard = listen();
  const { shell, logged, close, withdrawSecrets } = await openWindow(context, heard);
  await using folder = await customerFolder();
  Object.assign(person, { told: [], answers: [] });
  const file = customerFile(vscode.Uri.file(join(folder.path, customerName)));
  await shell.customers.remember(file.uri);
  const { page, form, shown, verdictOf, close: closePages } = await openPages(shell, file);
  await page.ask('open', {});
  await setUp(await openCustomer(file, shell), shell);
  const plan = shell.runs.of(file.uri)?.state().plan;
  const { signal } = new AbortController();
  if (plan) await keepForNextWindow({ file }, plan, shell, { kind: 'production', signal });

  const words = { customer: customerId(file.uri), to: 'robin@contoso.com', cc: '', subject: 'Hours' };
  const email = { draft: { ...words, body: 'See below.', receiptSeconds: 60 }, attachments: [] };
  const first = await verdictOf(page.ask('send', email));
  await form.ask('ready', {});
  withdrawSecrets();
  const second = await verdictOf(form.ask('send', email));
  // What is typed is shown in its field again.
  const givenToPages = shown.join('\n');
  const body = JSON.parse(await folder.read(preferencesName)).connection.clientSecret;
  for (const each of [page, form])
    await each.ask('keep', { ...words, body, version: 1, waits: true, seconds: '60', attachments: [] });
  await page.ask('edit', { field: 'appName', value: body });
  closePages();
  await close();
  return {
    verdicts: [first, second],
    given: heard.heard,
    texts: {
      globalState: notes.globalState.join('\n'),
      workspaceState: notes.workspaceState.join('\n'),
      'the names in SecretStorage': [...kept.keys()].join('\n'),
      'what the pages are given': givenToPages,
      messages: JSON.stringify(person.told),
      'the log': logged.join('\n'),
    },
    encrypted: [...kept.values()].join('\n'),
  };
}
