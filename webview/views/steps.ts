import type { StepView } from '../../src/contract/run-view.ts';
import { element } from '../element.ts';
import type { PageTexts } from '../texts.ts';
import type { Model, View } from './model.ts';
import { type ShownStep, type StepRow, stepRow } from './step.ts';

/** The steps of the run; a row stays as it is while its step does, so that nothing flickers or is read twice. */
export function stepsView(texts: PageTexts): View {
  const list = element('ol', { class: 'steps' });
  let rows: StepRow[] = [];
  let shownRun: string | undefined;
  return {
    node: list,
    render({ view: { run }, draft }) {
      if (run?.id !== shownRun) {
        shownRun = run?.id;
        rows = [];
        list.replaceChildren();
      }
      const steps: readonly ShownStep[] = run?.steps ?? comingSteps(draft);
      if (!run && rows.length !== steps.length) {
        rows = [];
        list.replaceChildren();
      }
      for (const [index, step] of steps.entries()) {
        const row = rows[index] ?? stepRow(step, texts);
        if (!rows[index]) list.append(row.node);
        rows[index] = row;
        row.render(step);
      }
    },
  };
}

/** What will happen, in grey, so that a person knows before. */
function comingSteps({ attachments, waits }: Model['draft']): ShownStep[] {
  const names: readonly StepView['step'][] = [
    'token',
    'user',
    'draft',
    ...attachments.map(() => 'attachment' as const),
    'send',
    ...(waits ? (['receipt'] as const) : []),
  ];
  const files = attachments.map(({ name }) => name);
  return names.map((step) => ({
    step,
    state: 'coming',
    startedAt: 0,
    ...(step === 'attachment' && { name: files.shift() }),
  }));
}
