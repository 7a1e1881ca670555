import { Failure } from '../advice/failure.ts';
import type { HttpResponse } from '../cloud/http.ts';
import { requireSuccess } from './answers.ts';
import type { Application } from './application.ts';
import { attempt } from './create-once.ts';
import type { Draft } from './draft.ts';
import { findMails, quoted } from './find-mails.ts';
import { mailFailures } from './mail-failures.ts';
import { pause } from './pause.ts';
import type { Ended, Patience } from './progress.ts';

const doing = 'send the draft';
const rounds = 3;

/** What tells a person which mail is meant. */
export interface Mark {
  readonly from: string;
  readonly code: string;
}

/**
 * Sends the draft by the Draft User Message Endpoint. Where the answer is lost it looks whether the mail went, and if
 * that stays open throws a Failure with `doubt`: it is not sent again. A 500 or 503 says that it did not go; if the draft
 * then still lies there, it is sent again, which cannot make a second mail, for a sent draft lies there no more.
 */
export async function sendDraft(
  application: Application,
  draft: Draft,
  mark: Mark,
  patience: Patience,
): Promise<Ended<undefined>> {
  for (let round = 1; ; round += 1) {
    const outcome = await trySending(application, draft, mark, patience);
    if (!(outcome instanceof Failure)) return accepted(outcome, round);
    const shown = await lookForSent(application, draft, outcome.doubt ? 5 : 2, patience);
    if (shown !== undefined) return { value: undefined, answer: shown };
    if (outcome.doubt) throw mailFailures.maybeSent(mark.from, mark.code, outcome);
    if (round === rounds) throw outcome;
  }
}

async function trySending(
  application: Application,
  { userId, id }: Draft,
  { from, code }: Mark,
  { signal }: Patience,
): Promise<HttpResponse | Failure> {
  const url = application.urls.send(userId, id);
  try {
    return await attempt(
      () => application.send({ method: 'POST', url, replay: 'unsafe', doing }),
      doing,
      signal,
    );
  } catch (failure) {
    // Stopped while the request was under way: nobody waits for a look.
    if (failure instanceof Failure && failure.doubt) throw mailFailures.maybeSent(from, code, failure);
    throw failure;
  }
}

function accepted(answer: HttpResponse, round: number): Ended<undefined> {
  // A draft that is gone when it is sent again went before.
  if (round === 1 || answer.status !== 404) requireSuccess(answer, doing);
  return { value: undefined, answer };
}

/** The answer that shows the mail sent: it lies in Sent Items, or no more in its place as a draft. */
async function lookForSent(
  application: Application,
  { userId, id, internetMessageId }: Draft,
  looks: number,
  { clock, signal }: Patience,
): Promise<HttpResponse | undefined> {
  const { urls } = application;
  for (let look = 0; look < looks; look += 1) {
    await pause(clock, 500 * 2 ** look, doing, signal);
    const url = `${urls.draft(userId, id)}?$select=id,isDraft`;
    const answer = await application.send({ method: 'GET', url, replay: 'safe', doing });
    if (answer.status === 404) return answer;
    const filter = `internetMessageId eq ${quoted(internetMessageId)}`;
    const sent = await findMails(application, urls.folder(userId, 'sentitems'), filter, doing);
    if (sent.length > 0) return answer;
  }
  return undefined;
}
