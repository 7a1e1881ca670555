import type { Strings } from '../../src/contract/strings.ts';
import type { Actions } from '../actions.ts';
import { element } from '../element.ts';
import { button, field } from '../kit/index.ts';
import { fill } from '../texts.ts';

export interface ReadBackOptions {
  readonly address: string;
  readonly id: string;
  readonly strings: Strings;
  readonly confirm: Actions['confirmReceipt'];
}

/** A field for the receipt code as a recipient read it back. When it is right, the list of recipients says so instead. */
export function readBack({ address, id, strings, confirm }: ReadBackOptions): HTMLElement {
  const label = fill(strings.readBack, address);
  const code = field({ id, label, onInput: () => code.setError('') });
  const check = async (): Promise<void> => {
    if ((await confirm(address, code.value)) !== false) return;
    code.setError(strings.wrongCode);
    code.focus();
  };
  const press = button({
    label: strings.check,
    fullLabel: `${strings.check}: ${label}`,
    onPress: () => void check(),
  });
  const node = element('div', { class: 'row read-back' }, code.node, press.node);
  node.addEventListener('keydown', (event) => {
    // Enter in this field checks the code; with Ctrl it is for the mail.
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && event.target !== press.node)
      void check();
  });
  return node;
}
