import type { FileHandle } from 'node:fs/promises';
import type { Http, HttpResponse } from '../cloud/http.ts';
import { drain, forTrouble, growing, type Look, waitUntil } from '../waiting.ts';
import { say } from '../words/say.ts';
import type { AppIdentity } from './application.ts';
import { findAttachment } from './attachment.ts';
import { openAttachment, type ReadyAttachment, readerOf } from './attachment-file.ts';
import type { MailDraft } from './draft.ts';
import { mailFailures } from './mail-failures.ts';
import type { Ended, MailProgress, Patience, Working } from './progress.ts';
import {
  askPosition,
  openSession,
  putPart,
  type Sent,
  type Upload,
  type UploadPart,
} from './upload-session.ts';

const maximumSessions = 3;
/** Of one part. */
const maximumSends = 4;

/**
 * Attaches a file of more than 3 MB by an upload session, in parts read from disk one by one. A lost part is gone on with
 * at the service's own offset, a lost session is opened anew. Throws a Failure.
 */
export async function* attachLarge(
  http: Http,
  application: AppIdentity,
  draft: MailDraft,
  file: ReadyAttachment,
  { clock, signal }: Patience,
): Working<undefined> {
  const doing = say`attach ${file.name}`;
  await using handle = await openAttachment(file);
  const look = async function* (): AsyncGenerator<MailProgress, Look<Ended<undefined>>> {
    const url = await openSession(application, draft, file, doing);
    const done =
      (yield* sendParts({ http, clock, url, doing, signal }, file, handle)) ??
      // The answer to the last part may be what was lost: then the session is gone as it is done.
      (await findAttachment(application, draft, file));
    if (done !== undefined) return { settled: { value: undefined, answer: done } };
    return { because: 'lag', reason: say`the upload session is gone`, toldMs: undefined };
  };
  return yield* waitUntil(look, {
    doing,
    clock,
    signal,
    patienceMs: Number.POSITIVE_INFINITY,
    pauses: growing({ firstMs: 5000, capMs: 30_000 }),
    tries: maximumSessions,
    overdue: () => {
      throw mailFailures.uploadStuck(file.name, 0, file.size);
    },
  });
}

/** The answer to the last part; `undefined` where the session is gone. */
async function* sendParts(
  upload: Upload & Pick<Patience, 'clock'>,
  file: ReadyAttachment,
  handle: FileHandle,
): AsyncGenerator<MailProgress, HttpResponse | undefined> {
  const { name, size: total } = file;
  const partAt = readerOf(handle, file);
  for (let offset = 0; offset < total; ) {
    const bytes = await partAt(offset);
    const { answer, position } = await sendPart(upload, { offset, bytes, total }, name);
    if (position === 'done') return answer;
    if (position === 'gone') return undefined;
    if (position < offset || position > total) throw mailFailures.uploadStuck(name, offset, total);
    offset = position;
    yield { step: 'attachment', state: 'progress', name, sent: offset, total };
  }
  return undefined;
}

/** Sends one part until the service stands elsewhere than at its beginning. What became of a lost one is asked first. */
async function sendPart(
  { clock, ...upload }: Upload & Pick<Patience, 'clock'>,
  part: UploadPart,
  name: string,
): Promise<Sent> {
  const { doing, signal } = upload;
  const { offset, total } = part;
  const moved = ({ position }: Sent) => position !== offset;
  let sends = 0;
  let lost = false;
  const look = async (): Promise<Look<Sent>> => {
    const now = lost ? await askPosition(upload) : undefined;
    if (now && moved(now)) return { settled: now };
    sends += 1;
    if (sends > maximumSends) throw mailFailures.uploadStuck(name, offset, total);
    const sent = await putPart(upload, part);
    lost = !('answer' in sent);
    if ('answer' in sent && moved(sent)) return { settled: sent };
    const { retryAfterMs } = 'answer' in sent ? sent.answer : sent;
    return { because: 'trouble', reason: say`the part did not arrive`, toldMs: retryAfterMs };
  };
  const sending = waitUntil(look, {
    doing,
    clock,
    signal,
    patienceMs: Number.POSITIVE_INFINITY,
    pauses: forTrouble.pauses,
    overdue: () => {
      throw mailFailures.uploadStuck(name, offset, total);
    },
  });
  return await drain(sending);
}
