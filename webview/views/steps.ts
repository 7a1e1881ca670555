import type { StepView } from '../../src/contract/run-view.ts';
import { element } from '../element.ts';
import type { PageTexts } from '../texts.ts';
import type { Model, View } from './model.ts';
import { type ShownStep, type StepRow, stepRow } from './step.ts';

/** The steps of the run; a row stays as it is while its step does, so that nothing flickers or is read twice. */
export function stepsView(texts: PageTexts): View {
  const list = element('ol', { class: 'steps' });
  const rows: { readonly of: string; readonly row: StepRow }[] = [];
  const rowAt = (index: number, of: string, step: ShownStep): StepRow => {
    const known = rows[index];
    if (known?.of === of) return known.row;
    const row = stepRow(step, texts);
    rows[index] = { of, row };
    if (known) known.row.node.replaceWith(row.node);
    else list.append(row.node);
    return row;
  };
  return {
    node: list,
    render({ view: { run }, draft }) {
      const steps: readonly ShownStep[] = run?.steps ?? comingSteps(draft);
      for (const [index, step] of steps.entries()) {
        rowAt(index, [run?.id, step.step, step.name].join(' '), step).render(step);
      }
      for (const { row } of rows.splice(steps.length)) row.node.remove();
    },
  };
}

/** What will happen, in grey, so that a person knows before. Without an attachment one of it is only said to be possible. */
function comingSteps({ attachments }: Model['draft']): ShownStep[] {
  const coming = (step: StepView['step'], name?: string): ShownStep => ({
    step,
    state: 'coming',
    startedAt: 0,
    name,
  });
  const files = attachments.map(({ name }) => coming('attachment', name));
  return [
    ...(['token', 'user', 'draft'] as const).map((step) => coming(step)),
    ...(files.length > 0 ? files : [coming('attachment')]),
    ...(['send', 'receipt'] as const).map((step) => coming(step)),
  ];
}
