import type { AttachmentView } from '../../src/contract/messages.ts';
import type { Actions } from '../actions.ts';
import { element, setText, takeFocus } from '../element.ts';
import { button } from '../kit/index.ts';
import { fill, type PageTexts } from '../texts.ts';
import { type FieldsView, problemOf } from './model.ts';

export function attachmentsView(texts: PageTexts, actions: Actions): FieldsView {
  const { strings, size } = texts;
  const list = element('ul', { class: 'files' });
  const note = element('p', { class: 'kit-help' });
  const error = element('p', { class: 'kit-error', id: 'attachments-error' });
  const attach = button({ label: strings.attachFiles, onPress: actions.pickFiles });
  const test = button({ label: strings.addTestFile, onPress: actions.addTestFile });
  const node = element(
    'fieldset',
    { class: 'group', 'aria-describedby': 'attachments-error' },
    element('legend', {}, strings.attachments),
    list,
    note,
    element('div', { class: 'row' }, attach.node, test.node),
    error,
  );
  let shown: readonly AttachmentView[] | undefined;
  return {
    node,
    focusField(field) {
      if (field === 'attachments') takeFocus(attach);
    },
    render(model) {
      const { attachments } = model.draft;
      setText(error, problemOf(model, 'attachments'));
      if (attachments === shown) return;
      const removed = shown !== undefined && attachments.length < shown.length;
      shown = attachments;
      list.replaceChildren(...attachments.map((file) => fileRow(file, texts, actions)));
      list.hidden = attachments.length === 0;
      const total = attachments.reduce((sum, file) => sum + file.size, 0);
      setText(note, attachments.length === 0 ? strings.noAttachments : fill(strings.total, size(total)));
      // The button that had the focus is gone.
      if (removed) takeFocus(attach);
    },
  };
}

function fileRow({ id, name, size }: AttachmentView, texts: PageTexts, { removeFile }: Actions): HTMLElement {
  const { remove, removeFile: fullLabel } = texts.strings;
  const gone = button({ label: remove, fullLabel: fill(fullLabel, name), onPress: () => removeFile(id) });
  return element(
    'li',
    {},
    element('span', { class: 'name' }, name),
    element('span', { class: 'muted' }, texts.size(size)),
    gone.node,
  );
}
