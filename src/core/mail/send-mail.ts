import { Failure } from '../advice/failure.ts';
import type { Http } from '../cloud/http.ts';
import type { Clock } from '../ports.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { type Application, signInAsApplication } from './application.ts';
import { attachSmall } from './attachment.ts';
import type { ReadyAttachment } from './attachment-file.ts';
import { createDraft, type Draft, deleteDraft } from './draft.ts';
import { smallAttachmentBytes } from './limits.ts';
import { checkMail, type OutgoingMail } from './mail.ts';
import { mailFailures } from './mail-failures.ts';
import {
  type Ended,
  type MailProgress,
  type MailStep,
  type Patience,
  patiently,
  timed,
  type Working,
} from './progress.ts';
import { sendDraft } from './send.ts';
import { attachLarge } from './upload.ts';
import { readUser } from './user.ts';

export interface MailOptions {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** How long, in milliseconds, a refused access is taken for a consent that Exchange has not heard of yet. 0: not at all. */
  readonly patienceMs?: number;
}

/** A mail that Exchange Online accepted. */
export interface SentMail {
  readonly userId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly code: string;
  readonly internetMessageId: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  readonly attachments: readonly { readonly name: string; readonly size: number }[];
}

/**
 * Sends a mail as T&A sends it: by the preferences alone, their endpoints and identity, in T&A's order. Throws a Failure;
 * one that comes before the sending leaves no draft behind where it can help it.
 */
export async function* sendMail(
  preferences: Preferences,
  outgoing: OutgoingMail,
  { http, clock, signal, patienceMs = 0 }: MailOptions,
): AsyncGenerator<MailProgress, SentMail> {
  const mail = await checkMail(outgoing);
  const patience = { clock, signal, patientUntil: clock.now() + patienceMs };
  const step = <T>(name: MailStep, attempt: () => Promise<Ended<T>>) =>
    timed(name, clock, patiently(name, patience, attempt));
  const application = yield* step('token', () => signInAsApplication(preferences, http, signal));
  const userId = yield* step('user', () => readUser(application));
  const draft = yield* step('draft', () => createDraft(application, preferences, userId, mail, patience));
  const from = preferences.connection.fromEmailAddress;
  try {
    for (const file of mail.attachments) {
      const work = attach(http, application, draft, file, patience);
      yield* timed('attachment', clock, work, { name: file.name, total: file.size });
    }
    yield* step('send', () => sendDraft(application, draft, { from, code: mail.code }, patience));
  } catch (failure) {
    throw await cleanedUp(failure, application, draft);
  }
  const { to, cc, subject, code } = mail;
  const attachments = mail.attachments.map(({ name, size }) => ({ name, size }));
  const { internetMessageId } = draft;
  return { userId, from, to, cc, subject, code, internetMessageId, sentAt: clock.now(), attachments };
}

function attach(
  http: Http,
  application: Application,
  draft: Draft,
  file: ReadyAttachment,
  patience: Patience,
): Working<undefined> {
  return file.size <= smallAttachmentBytes
    ? patiently('attachment', patience, () => attachSmall(application, draft, file, patience))
    : attachLarge(http, application, draft, file, patience);
}

/** A mail that may have gone keeps what may be its draft; any other leaves none. */
async function cleanedUp(failure: unknown, application: Application, draft: Draft): Promise<unknown> {
  if (mailFailures.isMaybeSent(failure)) return failure;
  const deleted = await deleteDraft(application, draft);
  return failure instanceof Failure ? mailFailures.beforeSending(failure, deleted) : failure;
}
