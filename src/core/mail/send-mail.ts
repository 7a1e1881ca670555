import { mayBeDone } from '../cloud/answers.ts';
import type { Http } from '../cloud/http.ts';
import type { Clock } from '../ports.ts';
import type { Preferences } from '../preferences/preferences.ts';
import { Failure } from '../words/failure.ts';
import { type AppIdentity, signInAsApplication } from './application.ts';
import { attachSmall } from './attachment.ts';
import type { ReadyAttachment } from './attachment-file.ts';
import { createDraft, deleteDraft, deleteDraftOf, type MailDraft, readUser } from './draft.ts';
import { smallAttachmentBytes } from './limits.ts';
import { checkMail, type OutgoingMail } from './mail.ts';
import { type DraftFate, mailFailures } from './mail-failures.ts';
import type { MailJournal } from './mail-journal.ts';
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

export interface MailOptions {
  readonly http: Http;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Where drafts are kept in mind; without it a run that is killed leaves its draft, and a failure only tells of it. */
  readonly journal: MailJournal | undefined;
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
  { http, clock, signal, journal, patienceMs = 0 }: MailOptions,
): AsyncGenerator<MailProgress, SentMail> {
  const mail = await checkMail(outgoing);
  const patience = { clock, signal, patientUntil: clock.now() + patienceMs };
  const step = <T>(name: MailStep, attempt: () => Promise<Ended<T>>) =>
    timed(name, clock, patiently(name, patience, attempt));
  const application = yield* step('token', () => signInAsApplication(preferences, http, signal));
  const userId = yield* step('user', () => readUser(application));
  const from = preferences.connection.fromEmailAddress;
  const { code: mark } = mail;
  await deleteLeft(application, userId, from, { clock, journal });
  await journal?.began(mark, from);
  let draft: MailDraft | undefined;
  try {
    const made = yield* step('draft', () => createDraft(application, preferences, userId, mail, patience));
    draft = made;
    for (const file of mail.attachments) {
      const work = attach(http, application, made, file, patience);
      yield* timed('attachment', clock, work, { name: file.name, total: file.size });
    }
    yield* step('send', () => sendDraft(application, made, { from, code: mark }, patience));
  } catch (failure) {
    throw await cleanUp(failure, { application, userId, draft, from, code: mark }, { clock, journal });
  }
  await journal?.ended(mark, 'sent');
  const { to, cc, subject, code } = mail;
  const attachments = mail.attachments.map(({ name, size }) => ({ name, size }));
  const { internetMessageId } = draft;
  return { userId, from, to, cc, subject, code, internetMessageId, sentAt: clock.now(), attachments };
}

function attach(
  http: Http,
  application: AppIdentity,
  draft: MailDraft,
  file: ReadyAttachment,
  patience: Patience,
): Working<undefined> {
  return file.size <= smallAttachmentBytes
    ? patiently('attachment', patience, () => attachSmall(application, draft, file, patience))
    : attachLarge(http, application, draft, file, patience);
}

type Cleaning = Pick<MailOptions, 'clock' | 'journal'>;

/** Drafts that earlier runs left when they died. One that cannot be deleted now is left to the next run. */
async function deleteLeft(
  application: AppIdentity,
  userId: string,
  from: string,
  { clock, journal }: Cleaning,
): Promise<void> {
  for (const code of journal?.left(from) ?? []) {
    const fate = await deleteDraftOf(application, userId, code, { clock, patienceMs: 0 });
    if (fate !== 'may stay') await journal?.ended(code, 'not sent');
  }
}

interface Unsent {
  readonly application: AppIdentity;
  readonly userId: string;
  readonly draft: MailDraft | undefined;
  readonly from: string;
  readonly code: string;
}

/** A mail that may have gone keeps what may be its draft; any other leaves none where that can be helped. */
async function cleanUp(failure: unknown, unsent: Unsent, { clock, journal }: Cleaning): Promise<unknown> {
  if (mailFailures.isMaybeSent(failure)) return failure;
  const { application, userId, draft, code } = unsent;
  const seen = async (gone: Promise<boolean>): Promise<DraftFate> => ((await gone) ? 'deleted' : 'may stay');
  const never = draft === undefined && !mayHaveDraft(failure);
  const fate = draft
    ? await seen(deleteDraft(application, draft))
    : !never && (await deleteDraftOf(application, userId, code, { clock, patienceMs: 2000 }));
  // What was not found may come still: the next run looks once more.
  const settled = never || fate === 'deleted';
  if (settled) await journal?.ended(code, 'not sent').catch(() => undefined);
  if (!(failure instanceof Failure) || !fate) return failure;
  return mailFailures.beforeSending(failure, fate, unsent);
}

/** Whether a draft may have been created although none is known: no usable answer came, or one that was not understood. */
function mayHaveDraft(failure: unknown): boolean {
  if (!(failure instanceof Failure)) return true;
  return mayBeDone(failure) || failure.code === 'TA-ODD-ANSWER';
}
