import type { Block, Press } from '../../src/contract/set-up.ts';
import { element, setAttributes, setText, ticking } from '../element.ts';
import { besideButton, button } from '../kit/index.ts';
import { durationOf, fill } from '../texts.ts';
import { checksPart, choicePart, type Deeds, fieldPart, type PagePart } from './fields.ts';
import { listPart, tablePart } from './list.ts';

/** Blocks one after the other. */
export function blockList(deeds: Deeds, className: string): PagePart<readonly Block[]> {
  return keptList(element('div', { class: className }), keyOf, (block) => makePart(block, deeds));
}

function keyOf(block: Block): string {
  if ('field' in block) return `${block.kind} ${block.field}`;
  return 'title' in block && block.kind !== 'lines' ? `${block.kind} ${block.title}` : block.kind;
}

/**
 * What is there in the next view too stays as it is, with what is typed or open in it. A button made anew between the press
 * of the mouse and its release would lose the click.
 */
function keptList<B>(
  node: HTMLElement,
  nameOf: (each: B) => string,
  make: (each: B) => PagePart<B>,
): PagePart<readonly B[]> {
  let parts = new Map<string, PagePart<B>>();
  return {
    node,
    show(all) {
      const kept = new Map<string, PagePart<B>>();
      for (const each of all) {
        const name = nameOf(each);
        let key = name;
        for (let number = 2; kept.has(key); number += 1) key = `${name} ${number}`;
        const part = parts.get(key) ?? make(each);
        kept.set(key, part);
        part.show(each);
      }
      // What is no longer there goes first, so that what stays need not be moved, which would take the focus from it.
      for (const [key, part] of parts) if (kept.get(key) !== part) part.node.remove();
      [...kept.values()].forEach((part, index) => {
        if (node.children[index] !== part.node) node.insertBefore(part.node, node.children[index] ?? null);
      });
      parts = kept;
    },
  };
}

/** A part that shows blocks of one kind; it is never given another. */
function makePart(block: Block, deeds: Deeds): PagePart<Block> {
  const only = <K extends Block['kind']>(
    kind: K,
    part: PagePart<Extract<Block, { kind: K }>>,
  ): PagePart<Block> => ({
    node: part.node,
    show(next) {
      if (isOf(next, kind)) part.show(next);
    },
  });
  switch (block.kind) {
    case 'text':
      return only('text', textPart());
    case 'field':
      return only('field', fieldPart(block, deeds));
    case 'choice':
      return only('choice', choicePart(block, deeds));
    case 'checks':
      return only('checks', checksPart(block, deeds));
    case 'code':
      return only('code', codePart());
    case 'clock':
      return only('clock', clockPart());
    case 'letter':
      return only('letter', letterPart());
    case 'list':
      return only('list', listPart());
    case 'table':
      return only('table', tablePart());
    case 'presses':
      return only('presses', pressesPart(deeds));
    case 'card':
      return only('card', cardPart(deeds));
    case 'lines':
      return only('lines', linesPart(deeds));
    default:
      return block satisfies never;
  }
}

const isOf = <K extends Block['kind']>(block: Block, kind: K): block is Extract<Block, { kind: K }> =>
  block.kind === kind;

type Of<K extends Block['kind']> = PagePart<Extract<Block, { kind: K }>>;

function textPart(): Of<'text'> {
  const node = element('p', { class: 'toned' });
  return {
    node,
    show({ text, tone }) {
      setAttributes(node, { 'data-tone': tone });
      setText(node, text);
    },
  };
}

function codePart(): Of<'code'> {
  const label = element('span', { class: 'visually-hidden' });
  const code = element('code', {});
  return {
    node: element('p', { class: 'code' }, label, code),
    show(block) {
      setText(label, `${block.label}: `);
      setText(code, block.code);
    },
  };
}

function clockPart(): Of<'clock'> {
  const node = element('p', { class: 'clock' });
  let shown: Extract<Block, { kind: 'clock' }> | undefined;
  const tick = ticking(node, () => {
    if (!shown) return;
    const left = shown.counts === 'down' ? shown.at - Date.now() : Date.now() - shown.at;
    setText(node, fill(shown.text, durationOf(left)));
  });
  return {
    node,
    show(block) {
      shown = block;
      tick();
    },
  };
}

function letterPart(): Of<'letter'> {
  const summary = element('summary', {});
  const letter = element('pre', { tabindex: '0' });
  return {
    node: element('details', { class: 'letter' }, summary, letter),
    show({ label, text }) {
      setText(summary, label);
      setAttributes(letter, { 'aria-label': label, role: 'region' });
      setText(letter, text);
    },
  };
}

export function pressesPart({
  press,
}: Pick<Deeds, 'press'>): PagePart<{ readonly presses: readonly Press[] }> {
  const beside = besideButton();
  const make = ({ action, label }: Press): PagePart<Press> => {
    const go = async (): Promise<void> => {
      beside.say('');
      beside.say((await press(action)) ?? '');
    };
    const made = button({ label, onPress: () => void go() });
    setAttributes(made.node, { 'data-action': action });
    return {
      node: made.node,
      show(next) {
        made.setLabel(next.label);
        made.setPrimary(next.primary === true);
      },
    };
  };
  const list = keptList(element('div', { class: 'row' }, beside.node), ({ action }) => action, make);
  return { node: list.node, show: ({ presses }) => list.show(presses) };
}

function cardPart(deeds: Deeds): Of<'card'> {
  const title = element('h3', {});
  const blocks = blockList(deeds, 'blocks');
  const node = element('section', { class: 'card' }, title, blocks.node);
  return {
    node,
    show(block) {
      setAttributes(node, { 'data-tone': block.tone, 'aria-label': block.title });
      setText(title, block.title);
      blocks.show(block.blocks);
    },
  };
}

type Lines = Extract<Block, { kind: 'lines' }>;

function linesPart(deeds: Deeds): Of<'lines'> {
  const title = element('summary', {});
  const list = element('div', {});
  const lines = new Map<
    string,
    { node: HTMLElement; value: HTMLElement; blocks: PagePart<readonly Block[]> }
  >();
  return {
    node: element('details', { class: 'lines' }, title, list),
    show({ title: text, change, close, items }) {
      setText(title, text);
      for (const { id, label, value, blocks } of items) {
        const line = lines.get(id) ?? makeLine(label, { change, close }, deeds);
        if (!lines.has(id)) list.append(line.node);
        lines.set(id, line);
        setText(line.value, value);
        line.blocks.show(blocks);
      }
      for (const [id, line] of lines) line.node.hidden = items.every((item) => item.id !== id);
    },
  };
}

function makeLine(label: string, { change, close }: Pick<Lines, 'change' | 'close'>, deeds: Deeds) {
  const value = element('span', { class: 'value' });
  const way = element('span', { class: 'change' }, change);
  const blocks = blockList(deeds, 'blocks');
  const summary = element('summary', {}, element('span', { class: 'label' }, label), value, way);
  const node = element('details', { class: 'line' }, summary, blocks.node);
  node.addEventListener('toggle', () => setText(way, node.open ? close : change));
  return { node, value, blocks };
}
