import * as z from 'zod/mini';
import { asDocumented, inMail, isGone, readAnswer } from '../cloud/answers.ts';
import type { HttpResponse } from '../cloud/http.ts';
import type { Clock } from '../ports.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { drain, growing, type Look, waitUntil } from '../waiting.ts';
import { say } from '../words/say.ts';
import type { AppIdentity } from './application.ts';
import { createOnce } from './create-once.ts';
import { findMails, quoted } from './find-mails.ts';
import type { ReadyMail } from './mail.ts';
import type { DraftFate } from './mail-failures.ts';
import type { Ended, Patience } from './progress.ts';

const doing = say`create the draft`;
const lookUp = say`look up the sender`;
/** An id becomes part of a path, in which dots alone lead elsewhere. */
const PathId = z.string().check(
  z.minLength(1),
  z.refine((id) => !/^\.{1,2}$/.test(id)),
);
const Message = z.object({ id: PathId, internetMessageId: z.string() });

/** A draft in the sender's mailbox. */
export interface MailDraft {
  readonly userId: string;
  readonly id: string;
  readonly internetMessageId: string;
}

/**
 * Posts the draft to the User Messages Endpoint. It asks for no immutable ids, as T&A asks for none: the id changes when
 * the mail is sent, and afterwards the mail is found by its internetMessageId.
 */
export async function createDraft(
  application: AppIdentity,
  preferences: Preferences,
  userId: string,
  mail: ReadyMail,
  patience: Patience,
): Promise<Ended<MailDraft>> {
  const { urls } = application;
  const url = urls.messages(userId);
  const json = messageOf(preferences, mail);
  const create = async () =>
    asDocumented(await application.send({ method: 'POST', url, json, replay: 'unsafe', doing }), 201, doing);
  const find = () => findDraft(application, userId, mail.subject);
  const answer = await createOnce(patience, doing, create, find);
  const { id, internetMessageId } = readAnswer(answer, Message, inMail(doing));
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
  application: AppIdentity,
  userId: string,
  subject: string,
): Promise<HttpResponse | undefined> {
  const url = application.urls.folder(userId, 'drafts');
  const [draft] = await findMails(application, { url, filter: `subject eq ${quoted(subject)}`, doing });
  return draft && readDraft(application, userId, draft.id);
}

function readDraft(application: AppIdentity, userId: string, id: string): Promise<HttpResponse> {
  return application.send({
    method: 'GET',
    url: `${application.urls.draft(userId, id)}?$select=id,internetMessageId`,
    replay: 'safe',
    doing,
  });
}

/** With a time limit of their own, for the run may have been stopped. */
const cleaning = () => AbortSignal.timeout(15_000);

/** Best effort after a failure. Whether the draft is gone. */
export async function deleteDraft(
  application: AppIdentity,
  { userId, id }: Pick<MailDraft, 'userId' | 'id'>,
): Promise<boolean> {
  const url = application.urls.draft(userId, id);
  const doing = say`delete the draft`;
  try {
    const response = await application.send({
      method: 'DELETE',
      url,
      replay: 'safe',
      doing,
      signal: cleaning(),
    });
    return isGone(response);
  } catch {
    return false;
  }
}

/**
 * Best effort for a draft of which nothing but its receipt code is known: a run died, or no answer came. It may show only
 * after a moment, so it is looked for while `patienceMs` lasts.
 */
export async function deleteDraftOf(
  application: AppIdentity,
  userId: string,
  code: string,
  { clock, patienceMs }: { readonly clock: Clock; readonly patienceMs: number },
): Promise<DraftFate> {
  const doing = say`look for the draft`;
  const look = async (): Promise<Look<DraftFate>> => {
    const url = application.urls.folder(userId, 'drafts');
    const filter = `contains(subject,${quoted(`[${code}]`)})`;
    const drafts = await findMails(application, { url, filter, doing, signal: cleaning() });
    if (drafts.length === 0) return { because: 'lag', reason: say`no draft seen`, toldMs: undefined };
    const deleted = await Promise.all(drafts.map(({ id }) => deleteDraft(application, { userId, id })));
    return { settled: deleted.every((gone) => gone) ? 'deleted' : 'may stay' };
  };
  const looking = waitUntil(look, {
    doing,
    clock,
    // It cleans up after a run that may have been stopped, and is short.
    signal: undefined,
    patienceMs,
    pauses: growing({ firstMs: 100, capMs: 1000 }),
    overdue: () => 'not found' as const,
  });
  return await drain(looking).catch(() => 'may stay');
}

const User = z.object({ id: PathId });

/** The sender's id by the User Endpoint: what T&A puts in place of {UserPrincipalId}. */
export async function readUser(application: AppIdentity): Promise<Ended<string>> {
  const answer = await application.send({
    method: 'GET',
    url: application.urls.user,
    replay: 'safe',
    doing: lookUp,
  });
  return { value: readAnswer(answer, User, inMail(lookUp, 'graph')).id, answer };
}
