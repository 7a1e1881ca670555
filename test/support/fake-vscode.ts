import { fileURLToPath, pathToFileURL } from 'node:url';

// The part of VS Code that the extension's own decisions need, for tests without a VS Code. What is drawn is tested in a real one.

/** A dialog that was shown, and its buttons. */
interface Told {
  readonly message: string;
  readonly detail: string | undefined;
  readonly modal: boolean;
  readonly buttons: readonly string[];
}

/** Who says which files are marked. */
interface Decorating {
  onDidChangeFileDecorations(listener: () => void): unknown;
  provideFileDecoration(uri: Uri): unknown;
}

/** Who sits before the window: a test sets the answers, in order, and reads what was shown. */
export const person: {
  told: Told[];
  /** Titles of the file dialogs. */
  dialogs: string[];
  answers: (string | Uri[] | undefined)[];
  folders: string[];
  /** What is on the clipboard. */
  copied: string;
  panels: {
    readonly webview: { html: string; say(message: unknown): void };
    readonly options: object;
    readonly posted: unknown[];
    /** How often it was brought to the front after it was made. */
    readonly reveals: number;
    hide(): void;
    dispose(): void;
  }[];
  decorations: Decorating[];
} = { told: [], dialogs: [], answers: [], folders: [], copied: '', panels: [], decorations: [] };

export class Uri {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  private constructor({ protocol, host, pathname }: URL) {
    this.scheme = protocol.slice(0, -1);
    this.authority = host;
    this.path = decodeURIComponent(pathname);
  }
  static file = (path: string): Uri => new Uri(pathToFileURL(path));
  static parse = (text: string): Uri => new Uri(new URL(text));
  static from = ({ scheme, path }: { scheme: string; path: string }): Uri =>
    Uri.parse(`${scheme}://${encodeURI(path)}`);
  static joinPath = (base: Uri, ...parts: string[]): Uri => Uri.parse([base, ...parts].join('/'));
  get fsPath(): string {
    // As VS Code does on every system: https://code.visualstudio.com/api/references/vscode-api#Uri
    return this.authority === '' ? fileURLToPath(this.toString()) : `//${this.authority}${this.path}`;
  }
  toString(): string {
    return `${this.scheme}://${this.authority}${encodeURI(this.path)}`;
  }
}

export class CancellationError extends Error {}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class Disposable {
  readonly dispose: () => void;
  constructor(dispose: () => void) {
    this.dispose = dispose;
  }
  static from = (...all: readonly { dispose(): unknown }[]): Disposable =>
    new Disposable(() => all.forEach((one) => void one.dispose()));
}

async function show(
  message: string,
  ...rest: (string | { modal?: boolean; detail?: string })[]
): Promise<unknown> {
  const [options] = rest.filter((each) => typeof each === 'object');
  const buttons = rest.filter((each) => typeof each === 'string');
  person.told.push({ message, detail: options?.detail, modal: options?.modal === true, buttons });
  return person.answers.shift();
}

export const window = {
  showInformationMessage: show,
  showWarningMessage: show,
  showErrorMessage: show,
  tabGroups: { activeTabGroup: { activeTab: undefined }, all: [] as { activeTab: unknown }[] },
  createInputBox() {
    const box = inputBox();
    boxes.push(box);
    return box;
  },
  createQuickPick() {
    const picker = quickPicker();
    pickers.push(picker);
    return picker;
  },
  showOpenDialog: async ({ title = '' }: { title?: string } = {}) => {
    person.dialogs.push(title);
    return person.answers.shift();
  },
  createWebviewPanel: (_type: string, _title: string, _column: number, options: object) => {
    const closed = new EventEmitter<void>();
    const seen = new EventEmitter<void>();
    const said = new EventEmitter<unknown>();
    const posted: unknown[] = [];
    const panel = {
      visible: true,
      posted,
      options,
      reveals: 0,
      webview: {
        html: '',
        postMessage: (message: unknown) => posted.push(message),
        onDidReceiveMessage: said.event,
        asWebviewUri: (uri: Uri) => uri,
        say: (message: unknown) => said.fire(message),
      },
      hide: () => {
        panel.visible = false;
        seen.fire();
      },
      onDidChangeViewState: seen.event,
      reveal: () => {
        panel.reveals += 1;
      },
      onDidDispose: closed.event,
      dispose: () => closed.fire(),
    };
    person.panels.push(panel);
    return panel;
  },
  registerWebviewPanelSerializer: () => new Disposable(() => undefined),
  registerFileDecorationProvider(provider: Decorating): Disposable {
    person.decorations.push(provider);
    return new Disposable(() => undefined);
  },
};

/** A box that was shown, for a test to type into. */
function inputBox() {
  const [accepted, hidden, changed] = [1, 2, 3].map(() => new EventEmitter<void>());
  return {
    value: '',
    password: false,
    validationMessage: undefined as string | undefined,
    onDidAccept: accepted?.event,
    onDidHide: hidden?.event,
    onDidChangeValue: changed?.event,
    type(text: string): void {
      this.value = text;
      changed?.fire();
    },
    enter: () => accepted?.fire(),
    show: () => undefined,
    dispose: () => undefined,
  };
}

export const boxes: ReturnType<typeof inputBox>[] = [];

/** A row of a list to choose from. */
interface Picked {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

/** A list that was shown, for a test to choose from. */
const quickPicker = () => Object.assign(inputBox(), { items: [] as Picked[], selectedItems: [] as Picked[] });

export const pickers: ReturnType<typeof quickPicker>[] = [];

const registered = new Map<string, () => unknown>();

export const ViewColumn = { Active: -1 };

export const commands = {
  registerCommand(id: string, work: () => unknown): Disposable {
    registered.set(id, work);
    return new Disposable(() => registered.delete(id));
  },
  executeCommand: async (id: string): Promise<unknown> => registered.get(id)?.(),
};

/** What the user has set, by the end of its name. */
export const settings: Record<string, unknown> = {};

const noChange = () => new Disposable(() => undefined);

export const workspace = {
  isTrusted: true,
  findFiles: async () => [],
  onDidGrantWorkspaceTrust: noChange,
  onDidChangeWorkspaceFolders: noChange,
  onDidChangeConfiguration: noChange,
  getConfiguration: () => ({ inspect: (name: string) => ({ globalValue: settings[name] }) }),
  getWorkspaceFolder: ({ path }: Uri) => person.folders.find((folder) => path.startsWith(folder)),
};

export class TabInputWebview {
  readonly viewType: string;
  constructor(viewType: string) {
    this.viewType = viewType;
  }
}

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class FileDecoration {
  readonly shown: object;
  constructor(badge: string, tooltip: string, color: ThemeColor) {
    this.shown = { badge, tooltip, color };
  }
}

export const QuickPickItemKind = { Separator: -1 };

export const version = '1.103.0';
export const env = {
  language: 'en',
  appHost: 'desktop',
  clipboard: { writeText: async (copied: string) => void Object.assign(person, { copied }) },
};

export const l10n = {
  bundle: undefined,
  t: (message: string, ...values: unknown[]): string =>
    message.replace(/\{(\d+)\}/g, (hole, index) => String(values[Number(index)] ?? hole)),
};
