import { asDocumented, inMail, requireSuccess } from '../cloud/answers.ts';
import type { HttpResponse } from '../cloud/http.ts';
import { drain, forTrouble, growing, type Look, waitUntil } from '../waiting.ts';
import { Failure } from '../words/failure.ts';
import { say } from '../words/say.ts';
import type { AppIdentity } from './application.ts';
import { createAttempt, type InDoubt, inDoubt } from './create-once.ts';
import type { MailDraft } from './draft.ts';
import { findMails, quoted } from './find-mails.ts';
import { mailFailures } from './mail-failures.ts';
import type { Ended, Patience } from './progress.ts';

const doing = say`send the draft`;
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
  application: AppIdentity,
  draft: MailDraft,
  mark: Mark,
  patience: Patience,
): Promise<Ended<undefined>> {
  const maybeSent = ({ failure }: InDoubt) => mailFailures.maybeSent(mark.from, mark.code, failure);
  // A 500 or 503 without a look is no proof that it did not go.
  const lookOrDoubt = (open: InDoubt) =>
    lookForSent(application, draft, open, patience).catch(() => {
      throw maybeSent(open);
    });
  let round = 0;
  let last: InDoubt | undefined;
  const look = async (): Promise<Look<Ended<undefined>, InDoubt>> => {
    const shown = last && (await lookOrDoubt(last));
    if (shown) return { settled: { value: undefined, answer: shown } };
    if (last?.failure.doubt) throw maybeSent(last);
    round += 1;
    if (last && round > rounds) throw last.failure;
    const outcome = await trySending(application, draft, mark, patience);
    if (!(outcome instanceof Failure)) return { settled: accepted(outcome, round) };
    last = inDoubt(outcome);
    return last;
  };
  const sent = waitUntil(look, {
    doing,
    clock: patience.clock,
    signal: patience.signal,
    ...forTrouble,
    overdue: (open) => {
      throw maybeSent(open);
    },
    // Stopped before it was clear: no one waits for a look.
    stopped: (open) => {
      throw maybeSent(open);
    },
  });
  return await drain(sent);
}

async function trySending(
  application: AppIdentity,
  { userId, id }: MailDraft,
  { from, code }: Mark,
  { signal }: Patience,
): Promise<HttpResponse | Failure> {
  const url = application.urls.send(userId, id);
  try {
    return await createAttempt(
      async () =>
        asDocumented(
          await application.send({ method: 'POST', url, replay: 'unsafe', newConnection: true, doing }),
          202,
          doing,
        ),
      doing,
      signal,
    );
  } catch (failure) {
    // Stopped while the request was under way: no one waits for a look.
    if (failure instanceof Failure && failure.doubt) throw mailFailures.maybeSent(from, code, failure);
    throw failure;
  }
}

function accepted(answer: HttpResponse, round: number): Ended<undefined> {
  // A draft that is gone when it is sent again went before.
  if (round === 1 || answer.status !== 404) requireSuccess(answer, inMail(doing));
  return { value: undefined, answer };
}

/** The answer that shows the mail sent: it lies in Sent Items, or no more in its place as a draft. */
async function lookForSent(
  application: AppIdentity,
  { userId, id, internetMessageId }: MailDraft,
  open: InDoubt,
  { clock, signal }: Patience,
): Promise<HttpResponse | undefined> {
  const { urls } = application;
  const look = async (): Promise<Look<HttpResponse | undefined>> => {
    const url = `${urls.draft(userId, id)}?$select=id,isDraft`;
    const answer = await application.send({ method: 'GET', url, replay: 'safe', doing });
    if (answer.status === 404) return { settled: answer };
    const filter = `internetMessageId eq ${quoted(internetMessageId)}`;
    const sent = await findMails(application, { url: urls.folder(userId, 'sentitems'), filter, doing });
    if (sent.length > 0) return { settled: answer };
    return { because: 'lag', reason: say`not in Sent Items yet`, toldMs: answer.retryAfterMs };
  };
  const looking = waitUntil(look, {
    doing,
    clock,
    signal,
    patienceMs: open.failure.doubt ? 15_000 : 1000,
    pauses: growing({ firstMs: 500, capMs: 8000 }),
    overdue: () => undefined,
    stopped: () => undefined,
  });
  return await drain(looking);
}
