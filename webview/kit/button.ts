import { Button as ToolkitButton } from '@vscode/webview-ui-toolkit';
import { element, setAttributes } from '../element.ts';

export interface Button {
  readonly node: HTMLElement;
  setDisabled(disabled: boolean): void;
  setLabel(label: string): void;
  setPrimary(primary: boolean): void;
  focus(): void;
}

export interface ButtonOptions {
  readonly id?: string;
  readonly label: string;
  /** What it acts on, where the label alone does not tell: read instead of the label. */
  readonly fullLabel?: string;
  readonly primary?: boolean;
  readonly onPress: () => void;
}

/** A place beside a button for what came of its press: seen, read aloud, and empty again after a while. */
export function besideButton(): { readonly node: HTMLElement; say(text: string): void } {
  const node = element('span', { class: 'muted', 'aria-live': 'polite' });
  let ends: ReturnType<typeof setTimeout> | undefined;
  return {
    node,
    say(text) {
      clearTimeout(ends);
      node.textContent = text;
      ends = setTimeout(() => node.replaceChildren(), 5000);
    },
  };
}

/** Puts a text on the clipboard; `of`: what it is the text of, `copied`: said once it is there. */
export function copyButton(
  { copy, copied }: { readonly copy: string; readonly copied: string },
  of: string,
  text: string,
): HTMLElement {
  const beside = besideButton();
  const put = async (): Promise<void> => {
    beside.say('');
    await navigator.clipboard.writeText(text);
    beside.say(copied);
  };
  const press = button({ label: copy, fullLabel: `${copy}: ${of}`, onPress: () => void put() });
  return element('span', { class: 'copy' }, press.node, ' ', beside.node);
}

export function button({ id, label, fullLabel, primary, onPress }: ButtonOptions): Button {
  const made = document.createElement('vscode-button');
  if (!(made instanceof ToolkitButton)) throw new Error('The kit is not registered.');
  setAttributes(made, { id, appearance: primary ? 'primary' : 'secondary', 'aria-label': fullLabel });
  // The same node for good: a click is lost whose text is another one when the mouse is released.
  const words = document.createTextNode(label);
  made.append(words);
  made.addEventListener('click', onPress);
  return {
    node: made,
    setDisabled(disabled) {
      made.disabled = disabled;
    },
    setLabel(text) {
      if (words.data !== text) words.data = text;
    },
    setPrimary(isPrimary) {
      made.appearance = isPrimary ? 'primary' : 'secondary';
    },
    focus: () => made.focus(),
  };
}
