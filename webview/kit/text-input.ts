import { TextArea, TextField } from '@vscode/webview-ui-toolkit';
import { element, setAttributes } from '../element.ts';
import { type Control, type ControlOptions, createDescription } from './control.ts';

export interface TextOptions extends ControlOptions<string> {
  readonly numeric?: boolean;
}

/** One line of text. */
export function field(options: TextOptions): Control<string> {
  const input = document.createElement('vscode-text-field');
  if (!(input instanceof TextField)) throw new Error('The kit is not registered.');
  return textInput(input, options);
}

/** Several lines of text. */
export function textarea(options: ControlOptions<string> & { readonly rows: number }): Control<string> {
  const input = document.createElement('vscode-text-area');
  if (!(input instanceof TextArea)) throw new Error('The kit is not registered.');
  input.rows = options.rows;
  setAttributes(input, { resize: 'vertical' });
  return textInput(input, options);
}

function textInput(input: TextField | TextArea, options: TextOptions): Control<string> {
  const { id, label, help, required, numeric, onInput } = options;
  const description = createDescription(id, help);
  setAttributes(input, { id, class: 'kit-input' });
  input.append(label);
  input.addEventListener('input', () => onInput(input.value));
  // The inner control is made when the element gets into the page.
  const connected = {
    handleChange: () => {
      setAttributes(input.control, {
        'aria-required': required ? 'true' : undefined,
        inputmode: numeric ? 'numeric' : undefined,
        spellcheck: 'false',
      });
      description.attach(input.control);
    },
  };
  input.$fastController.subscribe(connected, 'isConnected');
  const node = element('div', { class: 'kit-field' }, input, description.help, description.error);
  return {
    node,
    get value() {
      return input.value;
    },
    set value(text) {
      if (input.value !== text) input.value = text;
    },
    setHelp: description.setHelp,
    setError(text) {
      description.setError(text);
      input.classList.toggle('kit-invalid', text !== '');
    },
    focus: () => input.control.focus(),
  };
}

/** Whether a key was pressed in a line of text. */
export const isField = (target: EventTarget | null): target is HTMLElement => target instanceof TextField;

/** Puts the cursor into the first line of text that is to be seen there. */
export function focusFirstField(place: HTMLElement): void {
  const [first] = [...place.querySelectorAll('*')].filter((each) => each instanceof TextField);
  first?.control.focus();
}
