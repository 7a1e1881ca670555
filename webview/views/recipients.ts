import type { RecipientView } from '../../src/contract/run-view.ts';
import type { Strings } from '../../src/contract/strings.ts';
import type { Actions } from '../actions.ts';
import { element, setAttributes, takeFocus } from '../element.ts';
import { button, field } from '../kit/index.ts';
import { fill, type PageTexts } from '../texts.ts';
import type { View } from './model.ts';

/** What became of the mail for each recipient; who can only be asked gets a field for the answer. */
export function recipientsView({ strings }: PageTexts, actions: Actions): View {
  const list = element('ul', { class: 'recipients', 'aria-label': strings.recipients });
  let shown = '';
  return {
    node: list,
    render({ view: { run } }) {
      const recipients = run?.recipients ?? [];
      list.hidden = recipients.length === 0;
      const state = JSON.stringify([run?.id, recipients]);
      // What someone types into a field below stays while nothing changes.
      if (state === shown) return;
      shown = state;
      list.replaceChildren(...recipients.map((recipient, index) => row(recipient, index, strings, actions)));
    },
  };
}

function row(
  { address, outcome }: RecipientView,
  index: number,
  strings: Strings,
  actions: Actions,
): HTMLElement {
  const texts: Readonly<Record<RecipientView['outcome'], string>> = {
    inbox: strings.outcomeInbox,
    junk: strings.outcomeJunk,
    bounced: strings.outcomeBounced,
    'ask the recipient': strings.outcomeAsk,
    'not seen': strings.outcomeNotSeen,
    'confirmed by recipient': strings.outcomeConfirmed,
  };
  const made = element(
    'li',
    {},
    element('span', { class: 'name' }, address),
    element('span', { class: 'muted' }, texts[outcome]),
  );
  setAttributes(made, { 'data-outcome': outcome });
  if (outcome === 'ask the recipient' || outcome === 'not seen') {
    made.append(readBack({ address, id: `read-back-${index}`, strings, confirm: actions.confirmReceipt }));
  }
  return made;
}

interface ReadBackOptions {
  readonly address: string;
  readonly id: string;
  readonly strings: Strings;
  readonly confirm: Actions['confirmReceipt'];
}

/** A field for the receipt code as a recipient read it back. When it is right, the list of recipients says so instead. */
function readBack({ address, id, strings, confirm }: ReadBackOptions): HTMLElement {
  const label = fill(strings.readBack, address);
  const code = field({ id, label, onInput: () => code.setError('') });
  const check = async (): Promise<void> => {
    if ((await confirm(address, code.value)) !== false) return;
    code.setError(strings.wrongCode);
    takeFocus(code);
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
