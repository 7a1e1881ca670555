import type { HostView } from '../src/contract/messages.ts';
import { createActions } from './actions.ts';
import type { Board } from './board.ts';
import type { FieldsView, Model } from './views/model.ts';
import { pageView } from './views/page.ts';

/** The page at work. */
export interface PageForm {
  readonly node: HTMLElement;
  show(view: HostView): void;
  choose(customer: string): void;
}

export function createPageForm(
  { host, store, texts }: Pick<Board, 'host' | 'store' | 'texts'>,
  view: HostView,
): PageForm {
  let model: Model = { draft: store.current(), view, problems: [], alert: '', notice: '', asking: false };
  const update = (part: Partial<Model>): void => {
    model = { ...model, ...part };
    page.render(model);
  };
  const focusField: Board['focusField'] = (field) => page.focusField(field);
  const actions = createActions({ host, store, texts, model: () => model, update, focusField });
  const page: FieldsView = pageView(texts, actions);
  page.node.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) actions.send();
  });
  const only = view.customers.length === 1 ? view.customers[0] : undefined;
  if (model.draft.customer === '' && only) actions.edit({ customer: only.id });
  page.render(model);
  return {
    node: page.node,
    show: (next) => update({ view: next }),
    choose: (customer) => actions.edit({ customer }),
  };
}
