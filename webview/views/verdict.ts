import type { FailureView, RunView, Verdict } from '../../src/contract/run-view.ts';
import type { Strings } from '../../src/contract/strings.ts';
import type { Actions } from '../actions.ts';
import { element, isFocusLostFrom, setAttributes, setText, takeFocus, wordsOf } from '../element.ts';
import { button, copyButton } from '../kit/index.ts';
import { fill, type PageTexts } from '../texts.ts';
import { isRunning, type View } from './model.ts';
import { recipientsView } from './recipients.ts';

/** What came of the mail, what to do now, and the evidence. */
export function verdictView(texts: PageTexts, actions: Actions): View {
  const { strings } = texts;
  const title = element('h3', { tabindex: '-1' });
  const next = element('p', {});
  const recipients = recipientsView(texts, actions);
  const details = element('dl', { class: 'details' });
  const copy = button({ label: strings.copyEvidence, onPress: actions.copyEvidence });
  const log = button({ label: strings.showLog, onPress: actions.showLog });
  const handOver = button({ label: strings.handOver, primary: true, onPress: actions.handOver });
  const mailbox = button({ label: strings.showMailbox, onPress: actions.showMailbox });
  const notice = element('span', { class: 'muted' });
  const buttons = element('div', { class: 'row' }, handOver.node, mailbox.node, copy.node, log.node, notice);
  const node = element(
    'div',
    { class: 'verdict', hidden: true },
    title,
    next,
    recipients.node,
    details,
    buttons,
  );
  return {
    node,
    render(model) {
      const { run } = model.view;
      const verdict = run && !isRunning(model) ? run.verdict : undefined;
      const ended = node.hidden && verdict !== undefined;
      node.hidden = verdict === undefined;
      if (!run || !verdict) return;
      setAttributes(node, { 'data-tone': toneOf(verdict) });
      setText(title, verdictText(verdict, strings));
      setText(next, `${nextText(run, verdict, strings)} ${run.note ?? ''}`.trim());
      next.hidden = next.textContent === '';
      setText(notice, model.notice);
      handOver.node.hidden = toneOf(verdict) !== 'good' && verdict !== 'ask the recipient';
      mailbox.node.hidden = model.view.customers.every(
        ({ id, practice }) => id !== run.customer || !practice,
      );
      recipients.render(model);
      details.replaceChildren(...runDetails(run, strings));
      // Cancel, which had the focus, is gone.
      if (ended && isFocusLostFrom('cancel')) takeFocus(title);
    },
  };
}

export function verdictText(verdict: Verdict, strings: Strings): string {
  const texts: Readonly<Record<Verdict, string>> = {
    arrived: strings.arrived,
    'in junk': strings.inJunk,
    'ask the recipient': strings.askTheRecipient,
    'not seen': strings.notSeen,
    bounced: strings.bounced,
    sent: strings.sent,
    'maybe sent': strings.maybeSent,
    'not sent': strings.notSent,
    stopped: strings.stopped,
    interrupted: strings.interrupted,
  };
  return texts[verdict];
}

/** Where there is a failure, its own advice stands in the details. */
function nextText({ code }: RunView, verdict: Verdict, strings: Strings): string {
  const texts: Readonly<Record<Verdict, string>> = {
    arrived: strings.arrivedNext,
    'in junk': strings.inJunkNext,
    'ask the recipient': strings.askTheRecipientNext,
    'not seen': strings.notSeenNext,
    bounced: strings.bouncedNext,
    sent: strings.sentNext,
    'maybe sent': '',
    'not sent': '',
    stopped: '',
    interrupted: fill(strings.interruptedNext, code),
  };
  return texts[verdict];
}

function toneOf(verdict: Verdict): 'good' | 'warn' | 'bad' {
  if (verdict === 'arrived') return 'good';
  return verdict === 'not sent' || verdict === 'bounced' ? 'bad' : 'warn';
}

/** What happened and whose move it is, then what support asks for. */
function runDetails({ failure, code, messageId }: RunView, strings: Strings): HTMLElement[] {
  const rows: (readonly [string, string | undefined])[] = [
    ...(failure ? adviceOf(failure, strings) : []),
    [strings.receiptCode, code],
    [strings.messageId, messageId],
  ];
  return rows.flatMap(([label, text]) => {
    if (text === undefined || text === '') return [];
    const term = element('dt', {}, label);
    if (label !== strings.messageId) return [term, element('dd', {}, ...wordsOf(text))];
    // An address of a machine, to be read letter by letter.
    return [term, element('dd', { class: 'id' }, ...wordsOf(text), ' ', copyButton(strings, label, text))];
  });
}

function adviceOf(failure: FailureView, strings: Strings): (readonly [string, string | undefined])[] {
  const { message, cause, who, next, detail, code, status, requestId } = failure;
  const support = [code, status === undefined ? '' : `HTTP ${status}`, requestId ?? ''];
  return [
    [strings.happened, message],
    [strings.cause, cause],
    [strings.who, who],
    [strings.next, next],
    [strings.said, detail],
    [strings.code, support.filter((part) => part !== '').join(' · ')],
  ];
}
