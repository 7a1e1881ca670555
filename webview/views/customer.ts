import type { CustomerChoice } from '../../src/contract/messages.ts';
import type { Actions } from '../actions.ts';
import { element, takeFocus } from '../element.ts';
import { select } from '../kit/index.ts';
import { fill, type PageTexts } from '../texts.ts';
import { type FieldsView, problemOf } from './model.ts';

export function customerView({ strings }: PageTexts, { edit }: Actions): FieldsView {
  const control = select({
    id: 'customer',
    label: strings.customer,
    required: true,
    onInput: (customer) => edit({ customer }),
  });
  const labelOf = ({ name, practice }: CustomerChoice): string =>
    practice ? `${name} (${strings.practice})` : name;
  return {
    node: element('div', { class: 'group' }, control.node),
    focusField(field) {
      if (field === 'customer') takeFocus(control);
    },
    render(model) {
      const { draft, view } = model;
      const choices = view.customers.map((customer) => ({ value: customer.id, label: labelOf(customer) }));
      control.setChoices([{ value: '', label: strings.chooseCustomer }, ...choices]);
      const chosen = view.customers.find(({ id }) => id === draft.customer);
      control.value = chosen?.id ?? '';
      const hint = view.customers.length === 0 ? strings.noCustomers : '';
      const about = chosen && [fill(strings.sender, chosen.fromAddress, chosen.tenant), ...chosen.notes];
      control.setHelp(about?.join(' ') ?? hint);
      control.setError(problemOf(model, 'customer'));
    },
  };
}
