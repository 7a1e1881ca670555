import * as z from 'zod/mini';
import type { HttpResponse } from '../cloud/http.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { isSuccess, readAnswer } from './answers.ts';
import type { Application } from './application.ts';
import { createOnce } from './create-once.ts';
import { findMails, quoted } from './find-mails.ts';
import type { ReadyMail } from './mail.ts';
import type { Ended, Patience } from './progress.ts';

const doing = 'create the draft';
const Message = z.object({ id: z.string().check(z.minLength(1)), internetMessageId: z.string() });

/** A draft in the sender's mailbox. */
export interface Draft {
  readonly userId: string;
  readonly id: string;
  readonly internetMessageId: string;
}

/**
 * Posts the draft to the User Messages Endpoint. It asks for no immutable ids, as T&A asks for none: the id changes when
 * the mail is sent, and afterwards the mail is found by its internetMessageId.
 */
export async function createDraft(
  application: Application,
  preferences: Preferences,
  userId: string,
  mail: ReadyMail,
  patience: Patience,
): Promise<Ended<Draft>> {
  const { urls } = application;
  const create = () =>
    application.send({
      method: 'POST',
      url: urls.messages(userId),
      json: messageOf(preferences, mail),
      replay: 'unsafe',
      doing,
    });
  const find = () => findDraft(application, userId, mail.subject);
  const answer = await createOnce(patience, doing, create, find);
  const { id, internetMessageId } = readAnswer(answer, Message, doing);
  return { value: { userId, id, internetMessageId }, answer };
}

function messageOf({ connection }: Preferences, { subject, html, to, cc, code }: ReadyMail) {
  return {
    subject,
    body: { contentType: 'HTML', content: html },
    from: { emailAddress: { address: connection.fromEmailAddress, name: connection.fromName } },
    toRecipients: to.map(recipientOf),
    ccRecipients: cc.map(recipientOf),
    internetMessageHeaders: [{ name: 'x-ta-receipt', value: code }],
  };
}

function recipientOf(address: string) {
  return { emailAddress: { address } };
}

/** The subject ends with the receipt code, so that no other draft has the same. */
async function findDraft(
  application: Application,
  userId: string,
  subject: string,
): Promise<HttpResponse | undefined> {
  const folder = application.urls.folder(userId, 'drafts');
  const [draft] = await findMails(application, folder, `subject eq ${quoted(subject)}`, doing);
  return draft && readDraft(application, userId, draft.id);
}

function readDraft(application: Application, userId: string, id: string): Promise<HttpResponse> {
  return application.send({
    method: 'GET',
    url: `${application.urls.draft(userId, id)}?$select=id,internetMessageId`,
    replay: 'safe',
    doing,
  });
}

/** Best effort after a failure, with a time limit of its own, for the run may have been stopped. Whether the draft is gone. */
export async function deleteDraft(application: Application, { userId, id }: Draft): Promise<boolean> {
  const url = application.urls.draft(userId, id);
  const signal = AbortSignal.timeout(15_000);
  try {
    const response = await application.send({
      method: 'DELETE',
      url,
      replay: 'safe',
      doing: 'delete the draft',
      signal,
    });
    return isSuccess(response) || response.status === 404;
  } catch {
    return false;
  }
}
