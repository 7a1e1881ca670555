import type { Item, Simple } from '../../src/contract/set-up.ts';
import { element, setText, ticking, wordsOf } from '../element.ts';
import { copyButton } from '../kit/index.ts';
import { durationOf, fill } from '../texts.ts';
import type { PagePart } from './fields.ts';

type List = Extract<Simple, { kind: 'list' }>;

/** Changes or steps. What is open of their details stays open. */
export function listPart(): PagePart<List> {
  const title = element('h3', {});
  const node = element('div', { class: 'list' });
  let shown = '';
  let goOn: readonly (() => void)[] = [];
  return {
    node,
    show(block) {
      const next = JSON.stringify(block);
      for (const tick of goOn) tick();
      if (next === shown) return;
      shown = next;
      const open = [...node.querySelectorAll('details')].map((each) => each.open);
      setText(title, block.title);
      const items = block.items.map((item) => itemRow(item, block));
      goOn = items.flatMap((row) => row.tick ?? []);
      const rows = element(block.numbered ? 'ol' : 'ul', { class: 'items' }, ...items.map((row) => row.node));
      node.replaceChildren(title, rows);
      node.querySelectorAll('details').forEach((each, index) => {
        each.open = open[index] ?? false;
      });
    },
  };
}

/** A narrow page has no room for columns: there each cell has its column's name before it. */
export function tablePart(): PagePart<Extract<Simple, { kind: 'table' }>> {
  const node = element('table', {});
  let shown = '';
  return {
    node,
    show(block) {
      const next = JSON.stringify(block);
      if (next === shown) return;
      shown = next;
      const { title, head, rows } = block;
      const names = head.map((name) => element('th', { scope: 'col' }, name));
      const lines = rows.map(({ tone, cells }) =>
        element('tr', {}, ...cells.map((text, index) => cellOf(text, index, tone, head))),
      );
      node.replaceChildren(
        ...(title ? [element('caption', {}, element('h3', {}, title))] : []),
        ...(head.length > 0 ? [element('thead', {}, element('tr', {}, ...names))] : []),
        element('tbody', {}, ...lines),
      );
    },
  };
}

function cellOf(text: string, index: number, tone: string, head: readonly string[]): HTMLElement {
  if (index > 0) return element('td', { 'data-name': head[index] }, ...wordsOf(text));
  return head.length > 0
    ? element('td', { class: 'toned', 'data-tone': tone }, ...wordsOf(text))
    : element('th', { scope: 'row' }, text);
}

function itemRow(
  { text, tone, state, note, since, lines, details }: Item,
  list: Pick<List, 'details' | 'copy' | 'copied'>,
): { readonly node: HTMLElement; readonly tick: (() => void) | undefined } {
  const beside = element('span', { class: 'note' }, note ?? '');
  const row = element(
    'li',
    { 'data-tone': tone, 'data-state': state },
    element('span', { class: 'what' }, ...wordsOf(text)),
    ...(note === undefined ? [] : [beside]),
  );
  if (lines.length > 0)
    row.append(element('ul', { class: 'more' }, ...lines.map((line) => element('li', {}, ...wordsOf(line)))));
  if (details.length > 0) {
    row.append(
      element(
        'details',
        {},
        element('summary', { 'aria-label': `${list.details}: ${text}` }, list.details),
        element('ul', {}, ...details.map((line) => element('li', { class: 'id' }, ...wordsOf(line)))),
        copyButton(list, text, details.join('\n')),
      ),
    );
  }
  const soFar = (): void => setText(beside, fill(note ?? '', durationOf(Date.now() - (since ?? 0))));
  const tick = since === undefined ? undefined : ticking(beside, soFar);
  tick?.();
  return { node: row, tick };
}
