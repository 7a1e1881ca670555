import type { Actions } from '../actions.ts';
import { element, setText } from '../element.ts';
import type { PageTexts } from '../texts.ts';
import { composeView } from './compose.ts';
import { exchangeView } from './exchange.ts';
import { type FieldsView, isRunning, type Model, type View } from './model.ts';
import { stateText, stepTitle } from './step.ts';
import { verdictText } from './verdict.ts';

/** `alone`: not a part of a customer's page, which says what it is, and of whom. */
export function formView(texts: PageTexts, actions: Actions, alone: boolean): FieldsView {
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

/** What a screen reader says while the mail is on its way; the eye sees the same in the list. */
function liveView({ strings }: PageTexts): View {
  const node = element('div', { class: 'visually-hidden', role: 'status' });
  const textOf = (model: Model): string => {
    const { run } = model.view;
    if (model.notice !== '') return model.notice;
    if (!run) return '';
    if (!isRunning(model) && run.verdict) return verdictText(run.verdict, strings);
    const step = run.steps.at(-1);
    return step ? `${stepTitle(step, strings)}, ${stateText(step, strings)}` : '';
  };
  return { node, render: (model) => setText(node, textOf(model)) };
}
