import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Handlers } from '../../contract/channel.ts';
import type { Action, fromSetUpPage, SetUpView, StageName } from '../../contract/set-up.ts';
import { renewalFilesOf } from '../../core/customer/file-names.ts';
import { addIgnoreLine } from '../../core/files/ignore-line.ts';
import { askPlace } from '../customers/choose.ts';
import type { ListedFile } from '../customers/list.ts';
import { type CustomerState, readCustomerState } from '../customers/state.ts';
import { createForm, type Form } from '../mail-form/form.ts';
import { customerId } from '../mail-form/form-customers.ts';
import { memoryOf } from '../mail-form/memory.ts';
import { portsOfForm } from '../mail-form/shell-ports.ts';
import { type OpenRun, openSetUpPage } from '../shell/runs.ts';
import { readSettings } from '../shell/settings.ts';
import type { Shell } from '../shell/shell.ts';
import { textForAdmin } from '../sign-in/admin-text.ts';
import { openPage } from '../sign-in/open-page.ts';
import { createCustomerEditor } from './customer-editor.ts';
import { type CutOff, createCutOff } from './cut-off.ts';
import { isOnlyCopy } from './keep-copy.ts';
import type { PageFacts } from './views/page-facts.ts';
import { pageView } from './views/page-view.ts';
import { findWritten } from './written-files.ts';

/** The host's side of one customer's page, whether a panel shows it or not. */
export interface SetUpHost extends vscode.Disposable {
  readonly form: Form;
  readonly handlers: Handlers<typeof fromSetUpPage>;
  view(): Promise<SetUpView>;
  /** For the next page that gets ready. */
  goTo(stage: StageName | undefined): void;
}

export interface PageHost {
  /** Told whenever there is a new view. */
  changed(): void;
  /** Told when a new customer has got its file: its own page follows. */
  created(file: ListedFile): Promise<void>;
}

/** `file`: the customer; `undefined` for one that is being typed. */
export function createSetUpHost(shell: Shell, file: ListedFile | undefined, host: PageHost): SetUpHost {
  const memory = memoryOf(shell.context.workspaceState, idOf(file));
  const ports = portsOfForm(shell, async () => (file ? [file] : []), memory);
  const form = createForm(ports, host.changed);
  const editor = createCustomerEditor(shell, file, host.changed);
  let next: StageName | undefined;
  const stateOf = async (): Promise<CustomerState | undefined> =>
    file && (await readCustomerState(file, shell.customers));
  const lastRun = (): OpenRun | undefined => file && shell.runs.of(file.uri);
  const cutOff = createCutOff(memory, host.changed);
  const view = async (): Promise<SetUpView> => {
    const state = await stateOf();
    const run = await cutOff.orRun(lastRun(), state?.paths.record);
    return pageView({ editing: editor.editing(state?.customer), state, run, ...factsAround(shell, file) });
  };
  const run = (command: string): Thenable<unknown> =>
    vscode.commands.executeCommand(`taExchange.${command}`, file?.uri);
  const goOn = async (): Promise<void> => {
    const saved = await editor.save((await stateOf())?.customer);
    if (!saved) return;
    if (!file) await host.created(saved);
    else if (lastRun()?.isLive() !== true) await run('resumeSetUp');
  };
  const deeds = deedsOf(shell, file, { editor, goOn, lastRun, cutOff, run, stateOf, view });
  return {
    form,
    view,
    goTo: (stage) => {
      next = stage;
    },
    handlers: {
      ...form.handlers,
      async open() {
        const stage = next;
        next = undefined;
        return { view: await view(), stage };
      },
      async edit({ field, value }) {
        await editor.edit(field, value);
        return {};
      },
      async press({ action }) {
        const way = lastRun()
          ?.state()
          .outcome?.ways.find((each) => each.action === action);
        const deed = way?.deed ?? deeds[action];
        if (!deed) lastRun()?.press(action);
        const done = Promise.resolve(deed?.()).catch((error) => ports.logError(error) ?? false);
        // Nothing else is waited for: a person may take their time.
        const copies = action.startsWith('copy') && (await done) !== false;
        return copies ? { copied: vscode.l10n.t('Copied') } : {};
      },
    },
    dispose() {
      form.stop();
      vscode.Disposable.from(editor, cutOff).dispose();
    },
  };
}

const idOf = (file: ListedFile | undefined): string => (file ? customerId(file.uri) : 'new');

/** What does not depend on what is typed. */
function factsAround(
  shell: Shell,
  file: ListedFile | undefined,
): Omit<PageFacts, 'editing' | 'state' | 'run'> {
  const { running } = shell.practice;
  return {
    id: idOf(file),
    trusted: vscode.workspace.isTrusted,
    practice: { running: running !== undefined, problems: running?.problems ?? [] },
    handedOver: file && findWritten(shell.context, file.uri, 'handedOver'),
    exported: file && findWritten(shell.context, file.uri, 'exported'),
    onlyCopy: isOnlyCopy(shell.context.globalState),
    emailFollows: readSettings().openFormAfterSetUp,
    language: vscode.env.language,
    now: Date.now(),
  };
}

interface Tools {
  readonly editor: ReturnType<typeof createCustomerEditor>;
  readonly goOn: () => Promise<void>;
  readonly lastRun: () => OpenRun | undefined;
  readonly cutOff: CutOff;
  readonly run: (command: string) => Thenable<unknown>;
  readonly stateOf: () => Promise<CustomerState | undefined>;
  readonly view: () => Promise<SetUpView>;
}

type Deeds = Partial<Record<Action, () => unknown>>;

/** `false`: there is nothing to copy. */
const copy = (text: string | undefined): unknown =>
  text !== undefined && vscode.env.clipboard.writeText(text);

/** What the page does itself; any other press is an answer to the work under way. */
function deedsOf(shell: Shell, file: ListedFile | undefined, tools: Tools): Deeds {
  const { editor, goOn, lastRun, cutOff, run, stateOf, view } = tools;
  const again = (): Thenable<unknown> => run((lastRun()?.state() ?? cutOff.last())?.command ?? 'resumeSetUp');
  return {
    continue: goOn,
    discard: editor.discard,
    dismiss: cutOff.dismiss,
    chooseFolder: editor.chooseFolder,
    choosePreferences: () => file && askPlace(shell, file),
    useKnownDomain: editor.useKnownDomain,
    async addIgnoreLine() {
      if (!file) return await editor.addIgnoreLine();
      const state = await stateOf();
      if (state) await addIgnoreLine(state.paths.preferences);
      await again();
    },
    manageTrust: () => vscode.commands.executeCommand('workbench.trust.manage'),
    again,
    async lookAgain() {
      await ended(lastRun());
      await again();
    },
    async signInAgain() {
      const running = lastRun();
      await ended(running, 'signInAgain');
      const { tenant } = running?.state().plan ?? {};
      if (tenant) shell.sessions.signOut(tenant.id);
      await again();
    },
    async copyCode() {
      const signIn = lastRun()?.state().signIn;
      if (signIn?.way !== 'device code') return false;
      await copy(signIn.userCode);
      await openPage(signIn.page);
      return true;
    },
    async copyAdminText() {
      const signIn = lastRun()?.state().signIn;
      const { customer } = (await stateOf()) ?? {};
      if (signIn?.way !== 'device code' || !customer) return false;
      const { userCode, page, expiresAt, access } = signIn;
      return await copy(textForAdmin(customer, access, { userCode, page, expiresAt }));
    },
    copyMessage: () => copy(lastRun()?.state().consent?.request.message),
    showLog: () => shell.log.show(),
    openPractice: () => shell.practice.running && openPage(shell.practice.running.origin),
    atHand: async () => await openSetUpPage(file?.uri, (await view()).now),
    editCustomer: () => openSetUpPage(file?.uri, 'customer'),
    ...packDeeds(shell, file),
    ...commandDeeds(run),
    async openRenewalSheet() {
      const { paths } = (await stateOf()) ?? {};
      if (paths) await vscode.env.openExternal(vscode.Uri.file(renewalFilesOf(paths.record).sheet));
    },
  };
}

/** Stops the work and waits until it is over. */
async function ended(running: OpenRun | undefined, by: Action = 'cancel'): Promise<void> {
  running?.press(by);
  while (running?.isLive()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Which command a press is. */
const commands = {
  openCustomerFile: 'openCustomerFile',
  setUp: 'resumeSetUp',
  startPractice: 'startPracticeTenant',
  stopPractice: 'stopPracticeTenant',
  handOver: 'handOver',
  exportPreferences: 'exportPreferences',
  renewSecret: 'renewSecret',
  finishRenewal: 'finishRenewal',
  checkCustomer: 'checkCustomer',
  checkAllCustomers: 'checkAllCustomers',
  checkEveryNight: 'checkEveryNight',
  removeCustomer: 'removeCustomer',
  adoptRegistration: 'adoptRegistration',
  sendTestEmail: 'sendTestEmail',
  proveMailboxScope: 'proveMailboxScope',
  createMailboxScopeScript: 'createMailboxScopeScript',
  createAdminScript: 'createAdminScript',
  importAdminResult: 'importAdminResult',
} as const satisfies Partial<Record<Action, string>>;

const commandDeeds = (run: Tools['run']): Deeds =>
  Object.fromEntries(Object.entries(commands).map(([action, command]) => [action, () => run(command)]));

/** With what was handed over, and with what was exported. */
function packDeeds({ context }: Shell, file: ListedFile | undefined): Deeds {
  const pathOf = (kind: 'handedOver' | 'exported'): string =>
    (file && findWritten(context, file.uri, kind)?.path) ?? '';
  // A browser shows a sheet, and what else the person has chosen for such files.
  const open = (path: string): Thenable<boolean> => vscode.env.openExternal(vscode.Uri.file(path));
  const reveal = (path: string): Thenable<unknown> =>
    vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path));
  return {
    openSheet: () => open(join(pathOf('handedOver'), 'entry-sheet.html')),
    openReport: () => open(join(pathOf('handedOver'), 'report.html')),
    revealHandOver: () => reveal(pathOf('handedOver')),
    openExport: () => open(pathOf('exported')),
    revealExport: () => reveal(pathOf('exported')),
    copyExportPath: () => copy(pathOf('exported')),
  };
}
