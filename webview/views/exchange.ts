import type { Actions } from '../actions.ts';
import { element, isFocusLostFrom, setText, takeFocus } from '../element.ts';
import { button } from '../kit/index.ts';
import { fill, type PageTexts } from '../texts.ts';
import { isRunning, type View } from './model.ts';
import { stepsView } from './steps.ts';
import { verdictView } from './verdict.ts';

/** How the mail goes, request by request, and what came of it. */
export function exchangeView(texts: PageTexts, actions: Actions): View {
  const { strings, time } = texts;
  const summary = element('p', { class: 'muted' });
  const cancel = button({ id: 'cancel', label: strings.cancel, onPress: actions.cancel });
  const bar = element('div', { class: 'row', hidden: true }, cancel.node);
  const verdict = verdictView(texts, actions);
  const steps = stepsView(texts);
  const node = element(
    'section',
    { class: 'pane exchange', 'aria-labelledby': 'exchange-title' },
    element('h2', { id: 'exchange-title' }, strings.exchange),
    summary,
    bar,
    verdict.node,
    steps.node,
  );
  return {
    node,
    render(model) {
      const { run } = model.view;
      const head = run && fill(strings.exchangeOf, run.customerName, time(run.startedAt), run.code);
      setText(summary, head ?? strings.exchangeIdle);
      const running = isRunning(model);
      const began = running && bar.hidden;
      bar.hidden = !running;
      // In a narrow editor it lies below the form, where no one would see that something happens.
      if (began) node.scrollIntoView();
      // The focus would be lost with Send, which is disabled now; a person who goes on typing keeps it.
      if (began && isFocusLostFrom('send')) takeFocus(cancel);
      steps.render(model);
      verdict.render(model);
    },
  };
}
