import type { SetUpView, StageName, StageView } from '../../src/contract/set-up.ts';
import { element, setAttributes, setText, takeFocus } from '../element.ts';
import { isField } from '../kit/index.ts';
import type { Deeds } from './fields.ts';
import { blockList, pressesPart } from './parts.ts';

interface Chosen {
  readonly stage: StageName;
  readonly now: StageName;
}

/** The set-up page at work. */
export interface SetUpPage {
  readonly node: HTMLElement;
  show(view: SetUpView): void;
  /** Shows this stage until the story goes on. */
  goTo(stage: StageName): void;
  /** The stage that the person has chosen, and where the story was then. */
  chosen(): Chosen | undefined;
}

interface PageParts {
  /** The verification form, which is shown in the stage that has it. */
  readonly form: HTMLElement;
  readonly deeds: Deeds;
  /** What was chosen before the page was made anew. */
  readonly chosen: Chosen | undefined;
  readonly onChoice: () => void;
}

export function createSetUpPage(first: SetUpView, parts: PageParts): SetUpPage {
  const { deeds, onChoice } = parts;
  let view = first;
  let chosen = parts.chosen?.now === first.now ? parts.chosen : undefined;
  const choose = (stage: StageName): void => {
    chosen = { stage, now: view.now };
    render();
    takeFocus(section.title);
    onChoice();
  };
  const current = (): StageView | undefined =>
    view.stages.find((stage) => stage.name === (chosen?.stage ?? view.now));
  const band = bandView(deeds);
  const nav = navView(choose);
  const section = sectionView(deeds, parts.form, () => current()?.bar);
  const bar = barView(deeds);
  const live = element('div', { class: 'visually-hidden', role: 'status' });
  function render(): void {
    const stage = current();
    if (!stage) return;
    const hadFocus = document.activeElement !== document.body;
    band.show(view.practice);
    nav.show(view, stage.name);
    bar.show(stage.bar);
    section.show(stage, hadFocus);
    setText(live, view.say);
  }
  render();
  const columns = element('div', { class: 'columns' }, nav.node, section.node);
  return {
    node: element('div', { class: 'set-up' }, band.node, columns, bar.node, live),
    show(next) {
      // The record tells of an email that arrived before the form does; its verdict is to be read, and leads to the hand-over.
      const begun = parts.form.querySelector('.step:not([data-state="coming"])') !== null;
      const arrived = current()?.name === 'email' && next.now === 'handOver' && begun;
      // New work may stand where the last one ended.
      const goesOn = next.now !== view.now || next.begun !== view.begun;
      if (goesOn) chosen = arrived ? { stage: 'email', now: next.now } : undefined;
      view = next;
      render();
    },
    goTo: choose,
    chosen: () => chosen,
  };
}

/** The stage at hand. Where what had the focus is gone, or the story has gone on, a person goes on from the heading. */
function sectionView(deeds: Deeds, form: HTMLElement, bar: () => StageView['bar'] | undefined) {
  const title = element('h2', { id: 'stage-title', tabindex: '-1' });
  const lead = element('p', { class: 'muted' });
  const node = element('section', { class: 'stage', 'aria-labelledby': 'stage-title' });
  const bodies = new Map<StageName, ReturnType<typeof blockList>>();
  let shown: StageName | undefined;
  // Enter in a field is the one next action.
  node.addEventListener('keydown', ({ key, target }) => {
    const go = bar()?.presses.find(({ primary }) => primary);
    if (key === 'Enter' && isField(target) && !form.contains(target) && go) void deeds.press(go.action);
  });
  return {
    node,
    title,
    show(stage: StageView, hadFocus: boolean): void {
      const body = bodies.get(stage.name) ?? blockList(deeds, 'blocks');
      bodies.set(stage.name, body);
      setText(title, stage.title);
      setText(lead, stage.lead);
      lead.hidden = stage.lead === '';
      body.show(stage.blocks);
      if (shown !== stage.name) node.replaceChildren(title, lead, body.node);
      if (!stage.form) form.remove();
      else if (!form.isConnected) node.append(form);
      const goesOn = shown !== undefined && shown !== stage.name;
      shown = stage.name;
      if (document.activeElement === document.body && (hadFocus || goesOn)) takeFocus(title);
    },
  };
}

function bandView({ press }: Deeds) {
  const node = element('div', { class: 'band', role: 'note' });
  const mark = element('strong', {});
  const text = element('span', {});
  const row = pressesPart({ press });
  node.append(mark, text, row.node);
  return {
    node,
    show(practice: SetUpView['practice']) {
      node.hidden = practice === undefined;
      if (!practice) return;
      setText(mark, practice.mark);
      setText(text, practice.text);
      row.show({ presses: [practice.press] });
    },
  };
}

function barView(deeds: Deeds) {
  const row = pressesPart(deeds);
  const note = element('span', { class: 'muted' });
  const node = element('footer', { class: 'bar' }, row.node, note);
  return {
    node,
    show({ presses, note: text }: StageView['bar']) {
      row.show({ presses });
      setText(note, text);
      node.hidden = presses.length === 0 && text === '';
    },
  };
}

function navView(choose: (stage: StageName) => void) {
  const name = element('h1', {});
  const subtitle = element('p', { class: 'muted' });
  const list = element('ol', {});
  const node = element('nav', { class: 'stages' }, name, subtitle, list);
  const rows = new Map<StageName, ReturnType<typeof stageRow>>();
  return {
    node,
    show({ title, subtitle: words, stagesLabel, stages }: SetUpView, now: StageName): void {
      setText(name, title);
      setText(subtitle, words);
      setAttributes(node, { 'aria-label': stagesLabel });
      for (const [index, stage] of stages.entries()) {
        const row = rows.get(stage.name) ?? stageRow(index + 1, () => choose(stage.name));
        if (!rows.has(stage.name)) list.append(row.node);
        rows.set(stage.name, row);
        row.show(stage, stage.name === now);
      }
    },
  };
}

function stageRow(number: number, onPress: () => void) {
  const title = element('span', { class: 'title' });
  const state = element('span', { class: 'visually-hidden' });
  const note = element('small', {});
  const dot = element('span', { class: 'dot', 'data-number': String(number) });
  const press = element('button', { type: 'button' }, dot, title, state, note);
  press.addEventListener('click', onPress);
  const node = element('li', {}, press);
  return {
    node,
    show(stage: StageView, now: boolean): void {
      setAttributes(node, { 'data-state': stage.state });
      setAttributes(press, { 'aria-current': now ? 'step' : undefined });
      setText(title, stage.title);
      setText(note, stage.note);
      setText(state, `, ${stage.stateText}`);
    },
  };
}
