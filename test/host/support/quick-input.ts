import * as vscode from 'vscode';
import type { Act, Script } from './script.ts';

/** What a step of the wizard looked like when the person saw it. */
interface Seen {
  readonly title: string | undefined;
  readonly step: number | undefined;
  readonly totalSteps: number | undefined;
  readonly question: string | undefined;
  readonly value: string;
  readonly labels: readonly string[];
  readonly ignoreFocusOut: boolean;
  readonly canGoBack: boolean;
}

export interface Notes {
  readonly seen: Seen[];
  readonly problems: string[];
  /** Boxes that closed as soon as they were answered: the focus falls to what lies behind, and so does the key. */
  readonly dropped: string[];
}

/** A key that is pressed comes up within this time. */
const keyMs = 200;

/** VS Code shows one box at a time: one that is shown hides the one before. */
let hideVisible: (() => void) | undefined;

/** The part that text boxes and picks have in common, driven by the script as soon as it shows. */
function createBase(script: Script, notes: Notes, act: (act: Act) => void, asked: () => string) {
  const accepted = new vscode.EventEmitter<void>();
  const hidden = new vscode.EventEmitter<void>();
  const button = new vscode.EventEmitter<vscode.QuickInputButton>();
  const changed = new vscode.EventEmitter<string>();
  let answeredAt = 0;
  const isVisible = (): boolean => hideVisible === hide;
  function hide(): void {
    if (!isVisible()) return;
    hideVisible = undefined;
    hidden.fire();
  }
  function turn(): void {
    if (!isVisible()) return;
    const next = script.next(asked());
    answeredAt = Date.now();
    if (next.kind === 'escape') hide();
    else {
      act(next);
      accepted.fire();
    }
  }
  return {
    accepted,
    hidden,
    changed,
    button,
    show(): void {
      if (isVisible()) return;
      hideVisible?.();
      hideVisible = hide;
      this.turnSoon();
    },
    hide,
    /** A person needs a moment; whoever opened the box has its listeners on by then. */
    turnSoon: (): void => void setTimeout(turn, 5),
    end(): void {
      if (isVisible() && Date.now() - answeredAt < keyMs) notes.dropped.push(asked());
      hide();
    },
  };
}

const blank = {
  title: undefined as string | undefined,
  step: undefined as number | undefined,
  totalSteps: undefined as number | undefined,
  enabled: true,
  busy: false,
  ignoreFocusOut: false,
  buttons: [] as readonly vscode.QuickInputButton[],
  placeholder: undefined as string | undefined,
};

export function fakeInputBox(script: Script, notes: Notes): vscode.InputBox {
  let problem: string | vscode.InputBoxValidationMessage | undefined;
  const base = createBase(
    script,
    notes,
    (act) => {
      if (act.kind === 'type') box.value = act.text;
      else if (act.kind !== 'enter') throw new Error(`A text box cannot ${act.kind}: ${box.prompt}`);
    },
    () => `text box "${box.prompt}"`,
  );
  const box: vscode.InputBox = {
    ...blank,
    value: '',
    valueSelection: undefined,
    password: false,
    prompt: undefined,
    onDidAccept: base.accepted.event,
    onDidHide: base.hidden.event,
    onDidChangeValue: base.changed.event,
    onDidTriggerButton: base.button.event,
    get validationMessage() {
      return problem;
    },
    set validationMessage(message) {
      problem = message;
      if (!message) return;
      notes.problems.push(typeof message === 'string' ? message : message.message);
      base.turnSoon();
    },
    show() {
      notes.seen.push({ ...seenOf(box), question: box.prompt, value: box.value, labels: [] });
      base.show();
    },
    hide: base.hide,
    dispose: base.end,
  };
  return box;
}

export function fakeQuickPick<T extends vscode.QuickPickItem>(
  script: Script,
  notes: Notes,
): vscode.QuickPick<T> {
  const base = createBase(
    script,
    notes,
    (act) => {
      if (act.kind === 'pick') picker.selectedItems = [itemOf(picker.items, act.label)];
      else if (act.kind === 'check') checkItems(act.labels);
      else if (act.kind !== 'enter') throw new Error(`A pick cannot ${act.kind}: ${picker.title}`);
      else if (!picker.canSelectMany)
        // As VS Code does: the first row is active unless told.
        picker.selectedItems = picker.activeItems.length > 0 ? picker.activeItems : picker.items.slice(0, 1);
    },
    () => `pick "${picker.title}"`,
  );
  function checkItems(labels: readonly string[]): void {
    for (const label of labels)
      if (!picker.items.some((item) => item.label.includes(label))) base.changed.fire(label);
    picker.selectedItems = labels.map((label) => itemOf(picker.items, label));
  }
  const never = new vscode.EventEmitter<never>().event;
  const picker: vscode.QuickPick<T> = {
    ...blank,
    value: '',
    items: [],
    canSelectMany: false,
    matchOnDescription: false,
    matchOnDetail: false,
    activeItems: [],
    selectedItems: [],
    onDidAccept: base.accepted.event,
    onDidHide: base.hidden.event,
    onDidChangeValue: base.changed.event,
    onDidTriggerButton: base.button.event,
    onDidTriggerItemButton: never,
    onDidChangeActive: never,
    onDidChangeSelection: never,
    show() {
      const labels = picker.items.map(({ label }) => label);
      notes.seen.push({ ...seenOf(picker), question: picker.title, value: picker.value, labels });
      base.show();
    },
    hide: base.hide,
    dispose: base.end,
  };
  return picker;
}

function itemOf<T extends vscode.QuickPickItem>(items: readonly T[], label: string): T {
  const found = items.find((item) => item.label.includes(label));
  if (found) return found;
  throw new Error(`No row "${label}" among: ${items.map((item) => item.label).join(' | ')}`);
}

function seenOf({
  title,
  step,
  totalSteps,
  ignoreFocusOut,
  buttons,
}: vscode.QuickInput & { readonly buttons: readonly vscode.QuickInputButton[] }) {
  return {
    title,
    step,
    totalSteps,
    ignoreFocusOut,
    canGoBack: buttons.includes(vscode.QuickInputButtons.Back),
  };
}
