import { Refusal } from '../../contract/channel.ts';
import type { FailureView } from '../../contract/run-view.ts';
import { Failure, people } from '../../core/words/failure.ts';
import type { Words } from '../../core/words/say.ts';

/** What core says, in the language of the page. */
export type CoreWords = (words: Words) => string;

/** A failure as the page may know it. */
export function failureView(
  { code, words, advice, status, requestId, detail }: Failure,
  coreWords: CoreWords,
): FailureView {
  return {
    code,
    message: hidePaths(coreWords(words)),
    cause: hidePaths(coreWords(advice.cause)),
    who: coreWords(people[advice.who]),
    next: hidePaths(coreWords(advice.next)),
    status,
    requestId,
    detail: detail === undefined ? undefined : hidePaths(detail),
  };
}

/** An error that is not ours says nothing to the page; the log has it. */
export function refusalOf(error: unknown, coreWords: CoreWords): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Failure)) return new Refusal({ code: 'TA-UNEXPECTED', message: '', hint: '' });
  const { code, message, next } = failureView(error, coreWords);
  return new Refusal({ code, message, hint: next });
}

/** The folders of absolute paths, Windows' and others'; the file's own name stays. Web addresses are left alone. */
const folders = /(?<![\w/:.)\\-])(?:[A-Za-z]:|\\)?[\\/](?:[^\\/:*?"<>|\r\n]+[\\/])+/g;

/** Where a file lies on this computer is no business of the page. */
export function hidePaths(text: string): string {
  return text.slice(0, 8000).replace(folders, '');
}
