import type { HostView } from '../src/contract/messages.ts';
import { createActions } from './actions.ts';
import type { Board } from './board.ts';
import type { FieldsView, Model } from './views/model.ts';
import { formView } from './views/page.ts';

/** The page at work. */
export interface PageForm {
  readonly node: HTMLElement;
  show(view: HostView): void;
  choose(customer: string): void;
}

export function createPageForm(
  { host, store, texts }: Pick<Board, 'host' | 'store' | 'texts'>,
  view: HostView,
  alone: boolean,
): PageForm {
  let model: Model = { draft: store.current(), view, problems: [], alert: '', notice: '', asking: false };
  const update = (part: Partial<Model>): void => {
    model = { ...model, ...part };
    page.render(model);
    propose();
  };
  const focusField: Board['focusField'] = (field) => page.focusField(field);
  const actions = createActions({ host, store, texts, model: () => model, update, focusField });
  const page: FieldsView = formView(texts, actions, alone);
  // A recipient is proposed once, and never in place of one that was typed.
  let proposed = '';
  const propose = (): void => {
    const { draft, view: shown } = model;
    const to = shown.customers.find(({ id }) => id === draft.customer)?.proposedTo ?? '';
    if (to === proposed) return;
    proposed = to;
    if (draft.to === '' && to !== '') actions.edit({ to });
  };
  page.node.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) actions.send();
  });
  // On the page of a customer there is one, and only once it has its file.
  const takeOnly = ({ customers }: HostView): void => {
    const only = customers.length === 1 ? customers[0] : undefined;
    if (only && (model.draft.customer === '' || !alone) && model.draft.customer !== only.id)
      actions.edit({ customer: only.id });
  };
  takeOnly(view);
  update({});
  return {
    node: page.node,
    show(next) {
      update({ view: next });
      takeOnly(next);
    },
    choose: (customer) => actions.edit({ customer }),
  };
}
