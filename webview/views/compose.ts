import type { Actions } from '../actions.ts';
import { element, setText, takeFocus } from '../element.ts';
import { button, field, textarea } from '../kit/index.ts';
import { fill, type PageTexts } from '../texts.ts';
import { attachmentsView } from './attachments.ts';
import { customerView } from './customer.ts';
import { type FieldsView, isRunning, problemOf, type View } from './model.ts';
import { receiptView } from './receipt.ts';
import { verdictText } from './verdict.ts';

type TextName = 'to' | 'subject' | 'body';

/** The mail as it is to be. */
export function composeView(texts: PageTexts, actions: Actions, alone: boolean): FieldsView {
  const { strings } = texts;
  const customer = customerView(texts, actions);
  customer.node.hidden = !alone;
  const fields = textFields(texts, actions);
  const parts = [customer, fields, attachmentsView(texts, actions), moreView(texts, actions)];
  const send = sendRow(texts, actions);
  const node = element(
    'form',
    { class: 'pane compose', novalidate: true, 'aria-label': strings.title },
    ...parts.map((part) => part.node),
    send.node,
  );
  node.addEventListener('submit', (event) => event.preventDefault());
  return {
    node,
    focusField: (name) => parts.forEach((part) => void part.focusField(name)),
    render: (model) => [...parts, send].forEach((part) => void part.render(model)),
  };
}

function textFields({ strings }: PageTexts, { edit }: Actions): FieldsView {
  const controls = {
    to: field({
      id: 'to',
      label: strings.to,
      help: strings.addressHelp,
      required: true,
      onInput: (to) => edit({ to }),
    }),
    subject: field({ id: 'subject', label: strings.subject, onInput: (subject) => edit({ subject }) }),
    body: textarea({ id: 'body', label: strings.message, rows: 3, onInput: (body) => edit({ body }) }),
  };
  const names: readonly TextName[] = ['to', 'subject', 'body'];
  const node = element('div', { class: 'group' }, ...names.map((name) => controls[name].node));
  return {
    node,
    focusField(wanted) {
      const found = names.find((name) => name === wanted);
      if (found) takeFocus(controls[found]);
    },
    render(model) {
      const { run, nextCode } = model.view;
      // A second code beside the one that was sent would be read out on the phone.
      controls.body.setHelp(run ? '' : fill(strings.codeHelp, nextCode));
      for (const name of names) {
        controls[name].value = model.draft[name];
        controls[name].setError(problemOf(model, name));
      }
    },
  };
}

/** What is seldom changed. It is open where it holds something that counts. */
function moreView(texts: PageTexts, actions: Actions): FieldsView {
  const { strings } = texts;
  const cc = field({ id: 'cc', label: strings.cc, onInput: (text) => actions.edit({ cc: text }) });
  const receipt = receiptView(texts, actions);
  const group = element('div', { class: 'group' }, cc.node, receipt.node);
  const node = element('details', { class: 'seldom' }, element('summary', {}, strings.more), group);
  let shown = false;
  return {
    node,
    focusField(wanted) {
      node.open ||= wanted === 'cc' || wanted === 'receiptSeconds';
      if (wanted === 'cc') takeFocus(cc);
      receipt.focusField(wanted);
    },
    render(model) {
      const problem = problemOf(model, 'cc');
      cc.value = model.draft.cc;
      cc.setError(problem);
      receipt.render(model);
      const { draft } = model;
      const differs = !shown && (draft.cc !== '' || !draft.waits);
      node.open ||= differs || problem !== '' || problemOf(model, 'receiptSeconds') !== '';
      shown = true;
    },
  };
}

function sendRow({ strings }: PageTexts, actions: Actions): View {
  const send = button({ id: 'send', label: strings.send, primary: true, onPress: actions.send });
  const alert = element('p', { class: 'kit-error', role: 'alert' });
  const note = element('span', { class: 'muted' });
  const row = element('div', { class: 'row' }, send.node, note);
  return {
    node: element('div', { class: 'bar send-bar' }, row, alert),
    render(model) {
      const running = isRunning(model);
      const { run } = model.view;
      // In a narrow editor the verdict is out of sight.
      const verdict = !running && run?.verdict;
      setText(note, verdict ? `${run.customerName}: ${verdictText(verdict, strings)}` : strings.sendHelp);
      send.setDisabled(running);
      // Once the email is there, the hand-over is next.
      send.setPrimary(running || run?.verdict !== 'arrived');
      send.setLabel(running ? strings.sending : strings.send);
      setText(alert, model.alert);
    },
  };
}
