import type { Actions } from '../actions.ts';
import { element, takeFocus } from '../element.ts';
import { checkbox, field } from '../kit/index.ts';
import type { PageTexts } from '../texts.ts';
import { type FieldsView, problemOf } from './model.ts';

/** Whether, and how long, to wait until the mail has arrived. */
export function receiptView({ strings }: PageTexts, { edit }: Actions): FieldsView {
  const waits = checkbox({
    id: 'waits',
    label: strings.waitForReceipt,
    onInput: (on) => edit({ waits: on }),
  });
  const seconds = field({
    id: 'seconds',
    label: strings.seconds,
    help: strings.secondsHelp,
    numeric: true,
    onInput: (text) => edit({ seconds: text }),
  });
  const node = element(
    'fieldset',
    { class: 'group' },
    element('legend', {}, strings.receipt),
    waits.node,
    element('div', { class: 'short' }, seconds.node),
  );
  return {
    node,
    focusField(wanted) {
      if (wanted === 'receiptSeconds') takeFocus(seconds);
    },
    render(model) {
      const { draft } = model;
      waits.value = draft.waits;
      seconds.value = draft.seconds;
      seconds.node.hidden = !draft.waits;
      seconds.setError(problemOf(model, 'receiptSeconds'));
    },
  };
}
