import type { RecipientView } from '../../src/contract/run-view.ts';
import type { Strings } from '../../src/contract/strings.ts';
import type { Actions } from '../actions.ts';
import { element, setAttributes } from '../element.ts';
import type { PageTexts } from '../texts.ts';
import type { View } from './model.ts';
import { readBack } from './read-back.ts';

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
      // What somebody types into a field below stays while nothing changes.
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
