import type { StepView } from '../../src/contract/run-view.ts';
import { element } from '../element.ts';
import type { PageTexts } from '../texts.ts';
import type { View } from './model.ts';
import { type StepRow, stepRow } from './step.ts';

/** The steps of the run; a row stays as it is while its step does, so that nothing flickers or is read twice. */
export function stepsView(texts: PageTexts): View {
  const list = element('ol', { class: 'steps' });
  let rows: StepRow[] = [];
  let shownRun: string | undefined;
  return {
    node: list,
    render({ view: { run } }) {
      if (run?.id !== shownRun) {
        shownRun = run?.id;
        rows = [];
        list.replaceChildren();
      }
      const steps: readonly StepView[] = run?.steps ?? [];
      for (const [index, step] of steps.entries()) {
        const row = rows[index] ?? stepRow(step, texts);
        if (!rows[index]) list.append(row.node);
        rows[index] = row;
        row.render(step);
      }
      list.hidden = steps.length === 0;
    },
  };
}
