import { element } from '../element.ts';
import { type Control, type ControlOptions, createDescription } from './control.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Select extends Control<string> {
  /** Keeps the value where it is still offered; else the first choice is taken. */
  setChoices(choices: readonly Choice[]): void;
}

/** The browser's own: the toolkit's dropdown loses options that come late (microsoft/vscode-webview-ui-toolkit#332). */
export function select({ id, label, help, required, onInput }: ControlOptions<string>): Select {
  const description = createDescription(id, help);
  const input = element('select', {
    id,
    class: 'kit-select',
    'aria-required': required ? 'true' : undefined,
  });
  input.addEventListener('change', () => onInput(input.value));
  description.attach(input);
  const title = element('label', { class: 'kit-label', for: id }, label);
  const node = element('div', { class: 'kit-field' }, title, input, description.help, description.error);
  let shown = '';
  return {
    node,
    get value() {
      return input.value;
    },
    set value(value) {
      input.value = value;
    },
    setHelp: description.setHelp,
    setError: description.setError,
    focus: () => input.focus(),
    setChoices(choices) {
      if (JSON.stringify(choices) === shown) return;
      shown = JSON.stringify(choices);
      const { value } = input;
      input.replaceChildren(
        ...choices.map((choice) => element('option', { value: choice.value }, choice.label)),
      );
      if (choices.some((choice) => choice.value === value)) input.value = value;
    },
  };
}
