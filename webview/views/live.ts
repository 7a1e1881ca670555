import { element, setText } from '../element.ts';
import type { PageTexts } from '../texts.ts';
import { isRunning, type Model, type View } from './model.ts';
import { stateText, stepTitle } from './step.ts';
import { verdictText } from './verdict.ts';

/** What a screen reader says while the mail is on its way; the eye sees the same in the list. */
export function liveView({ strings }: PageTexts): View {
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
