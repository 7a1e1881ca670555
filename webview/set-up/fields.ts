import type { Press, Simple } from '../../src/contract/set-up.ts';
import { element, setText } from '../element.ts';
import { checkbox, field, select } from '../kit/index.ts';

/** What a person does on the page. */
export interface Deeds {
  edit(field: Extract<Simple, { kind: 'field' }>['field'], value: string): void;
  /** What is said once it is done. */
  press(action: Press['action']): Promise<string | undefined>;
}

/** A block on the page: made once, then told what to show. */
export interface PagePart<B> {
  readonly node: HTMLElement;
  show(block: B): void;
}

type Of<K extends Simple['kind']> = Extract<Simple, { kind: K }>;

/**
 * A line of text. What the host says counts where it has changed by itself, and never against a person who is typing: the
 * host's word may be older than the last letter.
 */
export function fieldPart(first: Of<'field'>, { edit }: Deeds): PagePart<Of<'field'>> {
  let told = first.value;
  const input = field({
    id: `set-up-${first.field}`,
    label: first.label,
    required: first.required,
    onInput: (value) => edit(first.field, value),
  });
  input.value = first.value;
  return {
    node: input.node,
    show({ value, help, problem }) {
      if (value !== told && !input.node.contains(document.activeElement)) input.value = value;
      told = value;
      input.setHelp(help);
      input.setError(problem);
    },
  };
}

export function choicePart(first: Of<'choice'>, { edit }: Deeds): PagePart<Of<'choice'>> {
  const input = select({
    id: `set-up-${first.field}`,
    label: first.label,
    onInput: (value) => edit(first.field, value),
  });
  return {
    node: input.node,
    show({ value, help, choices }) {
      input.setChoices(choices.map((choice) => ({ value: choice.value, label: choice.label })));
      input.value = value;
      input.setHelp(help);
    },
  };
}

/** Several choices, each with what it is for. */
export function checksPart(first: Of<'checks'>, { edit }: Deeds): PagePart<Of<'checks'>> {
  const problem = element('p', { class: 'kit-error' });
  const boxes = first.choices.map(({ value, label, help = '' }) => ({
    value,
    box: checkbox({ id: `set-up-${first.field}-${value}`, label, help, onInput: () => changed() }),
  }));
  const changed = (): void => {
    const chosen = boxes.filter(({ box }) => box.value).map(({ value }) => value);
    edit(first.field, chosen.join(', '));
  };
  const node = element(
    'fieldset',
    { class: 'checks' },
    element('legend', {}, first.label),
    ...boxes.map(({ box }) => box.node),
    problem,
  );
  return {
    node,
    show(block) {
      const chosen = block.value.split(', ');
      for (const { value, box } of boxes) box.value = chosen.includes(value);
      setText(problem, block.problem);
    },
  };
}
