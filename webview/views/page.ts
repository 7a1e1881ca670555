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
  const { strings } = texts;
  const { title, intro } = strings;
  const compose = composeView(texts, actions, alone);
  const views = [compose, exchangeView(texts, actions)];
  const live = liveView(texts);
  const band = element('div', { class: 'band', role: 'note' }, element('strong', {}, strings.practiceBand));
  const node = element(
    'div',
    { class: 'page' },
    ...(alone
      ? [element('header', {}, element('h1', {}, title), element('p', { class: 'muted' }, intro)), band]
      : []),
    element('div', { class: 'panes' }, ...views.map((view) => view.node)),
    live.node,
  );
  return {
    node,
    focusField: compose.focusField,
    render(model) {
      const { draft, view } = model;
      band.hidden = !view.customers.find(({ id }) => id === draft.customer)?.practice;
      for (const each of [...views, live]) each.render(model);
    },
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
