import type { Item, Simple } from '../../src/contract/set-up.ts';
import { element, setText } from '../element.ts';
import { copyButton } from '../kit/index.ts';
import type { PagePart } from './fields.ts';

type List = Extract<Simple, { kind: 'list' }>;

/** Findings, changes or steps. What is open of their details stays open. */
export function listPart(): PagePart<List> {
  const title = element('h3', {});
  const node = element('div', { class: 'list' });
  let shown = '';
  return {
    node,
    show(block) {
      const next = JSON.stringify(block);
      if (next === shown) return;
      shown = next;
      const open = [...node.querySelectorAll('details')].map((each) => each.open);
      setText(title, block.title);
      const items = block.items.map((item) => itemRow(item, block));
      const rows = element(block.numbered ? 'ol' : 'ul', { class: 'items' }, ...items);
      node.replaceChildren(title, rows);
      node.querySelectorAll('details').forEach((each, index) => {
        each.open = open[index] ?? false;
      });
    },
  };
}

function itemRow(
  { text, tone, state, note, lines, details }: Item,
  { details: label, copy: copyLabel }: Pick<List, 'details' | 'copy'>,
): HTMLElement {
  const row = element(
    'li',
    { 'data-tone': tone, 'data-state': state },
    element('span', { class: 'what' }, text),
    ...(note === undefined ? [] : [element('span', { class: 'note' }, note)]),
  );
  if (lines.length > 0)
    row.append(element('ul', { class: 'more' }, ...lines.map((line) => element('li', {}, line))));
  if (details.length > 0) {
    row.append(
      element(
        'details',
        {},
        element('summary', { 'aria-label': `${label}: ${text}` }, label),
        element('ul', {}, ...details.map((line) => element('li', { class: 'id' }, line))),
        copyButton(copyLabel, text, details.join('\n')),
      ),
    );
  }
  return row;
}
