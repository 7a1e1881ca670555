import { Checkbox } from '@vscode/webview-ui-toolkit';
import { element, setAttributes } from '../element.ts';
import { type Control, type ControlOptions, createDescription } from './control.ts';

export function checkbox({ id, label, help, onInput }: ControlOptions<boolean>): Control<boolean> {
  const input = document.createElement('vscode-checkbox');
  if (!(input instanceof Checkbox)) throw new Error('The kit is not registered.');
  const description = createDescription(id, help);
  setAttributes(input, { id });
  input.append(label);
  input.addEventListener('change', () => onInput(input.checked));
  description.attach(input);
  const node = element('div', { class: 'kit-field' }, input, description.help, description.error);
  return {
    node,
    get value() {
      return input.checked;
    },
    set value(value) {
      if (input.checked !== value) input.checked = value;
    },
    setHelp: description.setHelp,
    setError: description.setError,
    focus: () => input.focus(),
  };
}
