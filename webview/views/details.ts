import type { FailureView, RunView } from '../../src/contract/run-view.ts';
import type { Strings } from '../../src/contract/strings.ts';
import { element } from '../element.ts';

/** What happened and whose move it is, then what support asks for. */
export function runDetails({ failure, code, messageId }: RunView, strings: Strings): HTMLElement[] {
  const rows: (readonly [string, string | undefined])[] = [
    ...(failure ? adviceOf(failure, strings) : []),
    [strings.receiptCode, code],
    [strings.messageId, messageId],
  ];
  return rows.flatMap(([label, text]) => {
    if (text === undefined || text === '') return [];
    return [element('dt', {}, label), element('dd', {}, text)];
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
