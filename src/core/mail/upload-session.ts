import * as z from 'zod/mini';
import { inMail, isSuccess, readAnswer, refusal } from '../cloud/answers.ts';
import type { Cloud } from '../cloud/clouds.ts';
import type { Http, HttpResponse } from '../cloud/http.ts';
import { trustedUrl } from '../cloud/trusted-url.ts';
import { Secret } from '../secret.ts';
import { errors, withNext } from '../words/errors.ts';
import { Failure } from '../words/failure.ts';
import { say, type Words } from '../words/say.ts';
import type { AppIdentity } from './application.ts';
import type { ReadyAttachment } from './attachment-file.ts';
import { createAttempt } from './create-once.ts';
import type { MailDraft } from './draft.ts';

/** The pre-authorised URL; whoever knows it can write the attachment. */
export type UploadUrl = Secret;

/** Where the service stands: bytes it holds; or done; or it knows the session no more. */
type Position = number | 'done' | 'gone';

const Ranges = z.object({ nextexpectedranges: z.array(z.string()).check(z.minLength(1)) });
const Session = z.object({ uploadurl: z.string() });

/** Asks the Create Upload Session Endpoint. A session no one uses expires, so that asking twice does no harm. */
export async function openSession(
  application: AppIdentity,
  draft: MailDraft,
  { name, size }: ReadyAttachment,
  doing: Words,
): Promise<UploadUrl> {
  const answer = await application.send({
    method: 'POST',
    url: application.urls.uploadSession(draft.userId, draft.id),
    json: { AttachmentItem: { attachmentType: 'file', name, size } },
    replay: 'safe',
    doing,
  });
  const { uploadurl } = readLowerCased(answer, Session, doing);
  requireUploadHost(uploadurl, application.urls.cloud);
  return new Secret(uploadurl);
}

/** The hosts of the national clouds are not documented: one that is not known here names itself, so that it can be reported. */
function requireUploadHost(url: string, { uploadHosts }: Cloud): void {
  try {
    trustedUrl(say`The upload address`, url, uploadHosts);
  } catch (refused) {
    if (!(refused instanceof Failure)) throw refused;
    throw withNext(
      refused,
      say`Report the name of this host and the cloud of the customer. Until this tool knows the host, it sends files of up to 3 MB only; T&A itself is not limited by that.`,
    );
  }
}

export interface UploadPart {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly total: number;
}

export interface Upload {
  readonly http: Http;
  readonly url: UploadUrl;
  readonly doing: Words;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a part, without a token: the URL is on another host than Graph and refuses one. Without an `answer` where it is
 * open what the service holds now: no answer, a 5xx, or 416 as its offset is another one.
 */
export async function putPart(
  upload: Upload,
  { offset, bytes, total }: UploadPart,
): Promise<Sent | Pick<HttpResponse, 'retryAfterMs'>> {
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Content-Range': `bytes ${offset}-${offset + bytes.length - 1}/${total}`,
  };
  const request = {
    ...requestOf(upload),
    headers,
    method: 'PUT',
    body: bytes,
    replay: 'unsafe',
    timeoutMs: 120_000,
  } as const;
  const answer = await createAttempt(() => upload.http.send(request), upload.doing, upload.signal);
  if (answer instanceof Failure || answer.status === 416) return { retryAfterMs: answer.retryAfterMs };
  return { answer, position: positionOf(answer, upload.doing) };
}

export interface Sent {
  readonly answer: HttpResponse;
  readonly position: Position;
}

/** What the service holds. That Outlook answers this is not documented; where it does not, the session counts as gone. */
export async function askPosition(upload: Upload): Promise<Sent> {
  const answer = await upload.http.send({ ...requestOf(upload), method: 'GET', replay: 'safe' });
  return { answer, position: isSuccess(answer) ? positionOf(answer, upload.doing) : 'gone' };
}

function requestOf({ url, doing, signal }: Upload) {
  return { url: url.reveal(), doing, signal };
}

function positionOf(answer: HttpResponse, doing: Words): Position {
  const { status } = answer;
  if (status === 201) return 'done';
  // 401: the token within the URL ran out.
  if (status === 404 || status === 410 || status === 401) return 'gone';
  if (!isSuccess(answer)) throw refusal(answer, inMail(doing));
  const [next] = readLowerCased(answer, Ranges, doing).nextexpectedranges;
  const digits = /^\d+/.exec(next ?? '')?.[0];
  if (digits === undefined) throw errors.oddAnswer(doing, { path: 'nextExpectedRanges', status });
  return Number(digits);
}

/** Graph's pages show both `nextExpectedRanges` and `NextExpectedRanges`: learn.microsoft.com/graph/outlook-large-attachments. */
function readLowerCased<T>(answer: HttpResponse, schema: z.ZodMiniType<T>, doing: Words): T {
  const body = readAnswer(answer, z.record(z.string(), z.unknown()), inMail(doing));
  const entries = Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]);
  const parsed = z.safeParse(schema, Object.fromEntries(entries));
  if (parsed.success) return parsed.data;
  throw errors.oddAnswer(doing, {
    path: String(parsed.error.issues[0]?.path[0] ?? ''),
    status: answer.status,
  });
}
