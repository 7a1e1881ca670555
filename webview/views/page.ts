import type { Actions } from '../actions.ts';
import { element } from '../element.ts';
import type { PageTexts } from '../texts.ts';
import { composeView } from './compose.ts';
import { exchangeView } from './exchange.ts';
import { liveView } from './live.ts';
import type { FieldsView } from './model.ts';

/** `alone`: not a part of a customer's page, which says what it is, and of whom. */
export function pageView(texts: PageTexts, actions: Actions, alone: boolean): FieldsView {
  const { title, intro } = texts.strings;
  const compose = composeView(texts, actions, alone);
  const views = [compose, exchangeView(texts, actions)];
  const live = liveView(texts);
  const node = element(
    'div',
    { class: 'page' },
    ...(alone
      ? [element('header', {}, element('h1', {}, title), element('p', { class: 'muted' }, intro))]
      : []),
    element('div', { class: 'panes' }, ...views.map((view) => view.node)),
    live.node,
  );
  return {
    node,
    focusField: compose.focusField,
    render: (model) => [...views, live].forEach((view) => void view.render(model)),
  };
}
