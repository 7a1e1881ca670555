import type { StepView } from '../../src/contract/run-view.ts';
import type { Strings } from '../../src/contract/strings.ts';
import { element, setAttributes, setText } from '../element.ts';
import { progress } from '../kit/index.ts';
import { fill, type PageTexts } from '../texts.ts';

/** A step of the run, or one that has not begun. */
export type ShownStep = Omit<StepView, 'state'> & { readonly state: StepView['state'] | 'coming' };

export interface StepRow {
  readonly node: HTMLElement;
  render(step: ShownStep): void;
}

export function stepRow(first: ShownStep, texts: PageTexts): StepRow {
  const title = stepTitle(first, texts.strings);
  const state = element('span', { class: 'visually-hidden' });
  const facts = element('span', { class: 'facts' });
  const note = element('p', { class: 'muted', hidden: true });
  const requestId = element('p', { class: 'id' });
  const { details } = texts.strings;
  const summary = element('summary', { 'aria-label': `${details}: ${title}` }, details);
  const support = element('details', { class: 'muted', hidden: true }, summary, requestId);
  const bar = first.step === 'attachment' && first.name !== undefined ? progress(title) : undefined;
  const head = element('div', { class: 'head' }, element('span', { class: 'name' }, title), state, facts);
  const node = element('li', { class: 'step' }, head, ...(bar ? [bar.node] : []), note, support);
  return {
    node,
    render(step) {
      setAttributes(node, { 'data-state': step.state });
      setText(state, `, ${stateText(step, texts.strings)}`);
      setText(facts, factsOf(step, texts));
      bar?.set(step.total ? (step.sent ?? 0) / step.total : 0);
      if (bar) bar.node.hidden = step.state === 'done';
      show(note, noteOf(step, texts));
      setText(requestId, step.requestId ? fill(texts.strings.requestId, step.requestId) : '');
      support.hidden = step.requestId === undefined;
    },
  };
}

function show(target: HTMLElement, text: string): void {
  setText(target, text);
  target.hidden = text === '';
}

export function stepTitle({ step, name }: Pick<ShownStep, 'step' | 'name'>, strings: Strings): string {
  const titles: Readonly<Record<StepView['step'], string>> = {
    token: strings.token,
    user: strings.user,
    draft: strings.draft,
    attachment: name === undefined ? strings.attachments : fill(strings.attachment, name),
    send: strings.sendStep,
    receipt: strings.receiptStep,
  };
  return titles[step];
}

export function stateText({ state }: Pick<ShownStep, 'state'>, strings: Strings): string {
  const states: Readonly<Record<ShownStep['state'], string>> = {
    coming: strings.stateComing,
    running: strings.stateRunning,
    waiting: strings.stateWaiting,
    done: strings.stateDone,
    failed: strings.stateFailed,
    stopped: strings.stateStopped,
  };
  return states[state];
}

function factsOf(step: ShownStep, { duration }: PageTexts): string {
  const { status, ms } = step;
  const facts = [status !== undefined && `HTTP ${status}`, ms !== undefined && duration(ms)];
  return facts.filter((fact) => fact !== false).join(' · ');
}

function noteOf(shown: ShownStep, { strings, size, duration }: PageTexts): string {
  const { step, name, state, waitMs, sent, total } = shown;
  if (state === 'coming' && step === 'attachment' && name === undefined) return strings.onlyWithAttachment;
  if (state === 'waiting') return fill(strings.waitingFor, duration(waitMs ?? 0));
  return total === undefined ? '' : fill(strings.uploaded, size(sent ?? 0), size(total));
}
