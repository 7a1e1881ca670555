import type { FileHandle } from 'node:fs/promises';
import type { Http, HttpResponse } from '../cloud/http.ts';
import type { Application } from './application.ts';
import { findAttachment } from './attachment.ts';
import { openAttachment, type ReadyAttachment, readPart } from './attachment-file.ts';
import type { Draft } from './draft.ts';
import { rangeBytes } from './limits.ts';
import { mailFailures } from './mail-failures.ts';
import { pause } from './pause.ts';
import type { MailProgress, Patience, Working } from './progress.ts';
import { askPosition, openSession, putPart, type Sent, type Upload } from './upload-session.ts';

const maximumSessions = 3;
const maximumStalls = 3;

/**
 * Attaches a file of more than 3 MB by an upload session, in parts read from disk one by one. A lost part is gone on with
 * at the service's own offset, a lost session is opened anew. Throws a Failure.
 */
export async function* attachLarge(
  http: Http,
  application: Application,
  draft: Draft,
  file: ReadyAttachment,
  { clock, signal }: Patience,
): Working<undefined> {
  const doing = `attach ${file.name}`;
  await using handle = await openAttachment(file);
  for (let session = 1; session <= maximumSessions; session += 1) {
    const url = await openSession(application, draft, file, doing);
    const done =
      (yield* sendParts({ http, url, doing, signal }, file, handle)) ??
      // The answer to the last part may be what was lost: then the session is gone as it is done.
      (await findAttachment(application, draft, file));
    if (done !== undefined) return { value: undefined, answer: done };
    await pause(clock, 5000, doing, signal);
  }
  throw mailFailures.uploadStuck(file.name, 0, file.size);
}

/** The answer to the last part; `undefined` where the session is gone. */
async function* sendParts(
  upload: Upload,
  file: ReadyAttachment,
  handle: FileHandle,
): AsyncGenerator<MailProgress, HttpResponse | undefined> {
  const { name, size: total } = file;
  const buffer = new Uint8Array(rangeBytes);
  let stalls = 0;
  for (let offset = 0; offset < total; ) {
    const bytes = await readPart(handle, file, offset, buffer);
    const { answer, position } = await sendPart(upload, { offset, bytes, total });
    if (position === 'done') return answer;
    if (position === 'gone') return undefined;
    stalls = position === offset ? stalls + 1 : 0;
    if (position < offset || position > total || stalls === maximumStalls) {
      throw mailFailures.uploadStuck(name, offset, total);
    }
    offset = position;
    yield { step: 'attachment', state: 'progress', name, sent: offset, total };
  }
  return undefined;
}

async function sendPart(
  upload: Upload,
  part: { offset: number; bytes: Uint8Array; total: number },
): Promise<Sent> {
  return (await putPart(upload, part)) ?? (await askPosition(upload));
}
