import type { Draft, Problem } from '../../contract/messages.ts';
import { checkMail, type OutgoingMail } from '../../core/mail/mail.ts';
import { Failure } from '../../core/words/failure.ts';
import { type CoreWords, failureView } from './failure-view.ts';

type Text = 'to' | 'cc' | 'subject' | 'body';
const texts: readonly Text[] = ['to', 'cc', 'subject', 'body'];

/** Each text of a draft asked by core for itself, so that every field can say what is wrong with it. */
export async function textProblems(draft: Draft, code: string, coreWords: CoreWords): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const field of texts) {
    const only = { to: 'nobody@contoso.com', cc: '', subject: '', body: '', [field]: draft[field] };
    const message = await objection(mailOfDraft(only, code, []), coreWords);
    if (message !== undefined) problems.push({ field, message });
  }
  return problems;
}

/** What is wrong with the files together; a file that is gone is found before. */
export async function fileProblems(
  paths: readonly string[],
  code: string,
  coreWords: CoreWords,
): Promise<Problem[]> {
  const only = { to: 'nobody@contoso.com', cc: '', subject: '', body: '' };
  const message = await objection(mailOfDraft(only, code, paths), coreWords);
  return message === undefined ? [] : [{ field: 'attachments', message }];
}

export function mailOfDraft(
  { to, cc, subject, body }: Pick<Draft, Text>,
  code: string,
  attachments: readonly string[],
): OutgoingMail {
  return { to: [to], cc: [cc], subject, body, attachments, code };
}

async function objection(mail: OutgoingMail, coreWords: CoreWords): Promise<string | undefined> {
  try {
    await checkMail(mail);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return failureView(error, coreWords).message;
    throw error;
  }
}
