import { type Context, Hono } from 'hono';
import { bodyBytes } from '../body-bytes.ts';
import { GraphFault, graphFault, graphJson } from '../graph/answer.ts';
import { notPlayed } from '../graph/not-played.ts';
import type { Json, State, UploadState } from '../state.ts';
import { limits } from './limits.ts';
import { mailOf, mailUrl, takeRange, uploadExpiry } from './uploads.ts';

interface ContentRange {
  readonly from: number;
  /** The last byte of the range, not the one after it. */
  readonly to: number;
  readonly total: number;
}

/** `bytes 0-2097151/3483322` */
function parseContentRange(text: string | undefined): ContentRange | undefined {
  const [, from, to, total] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(text ?? '') ?? [];
  if (from === undefined || to === undefined || total === undefined) return undefined;
  const range = { from: Number(from), to: Number(to), total: Number(total) };
  return range.to >= range.from ? range : undefined;
}

const sessionPath = '/api/v2.0/:user/:message/:session';

/**
 * The host that upload sessions point to. It knows no Graph token: the address itself is the permission.
 * learn.microsoft.com/graph/outlook-large-attachments
 */
export function createUploadApp(state: State): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof GraphFault) return graphFault(c, state, error);
    throw error;
  });
  app.notFound((c) => graphFault(c, state, uploadFaults.noSession()));

  app.put(sessionPath, async (c) => {
    // The body first: while it came in, the same range may have come in by another connection.
    const bytes = await bodyBytes(c.req.raw, limits.uploadRange);
    const upload = findUpload(c, state);
    if (!bytes) throw uploadFaults.rangeTooLarge();
    checkRange(c, upload, bytes);
    const attachmentId = takeRange(state, upload, bytes);
    if (attachmentId === undefined) return graphJson(c, state, statusOf(state, upload));
    const attachment = `Attachments('${encodeURIComponent(attachmentId)}')`;
    return c.body(null, 201, {
      'Content-Length': '0',
      Location: `${mailUrl(state, upload)}/${attachment}`,
    });
  });

  // Not documented for Outlook, but the clients written for OneDrive's sessions ask.
  app.get(sessionPath, (c) => graphJson(c, state, statusOf(state, findUpload(c, state))));

  app.delete(sessionPath, (c) => {
    state.uploads.splice(state.uploads.indexOf(findUpload(c, state)), 1);
    return c.body(null, 204);
  });

  app.all(sessionPath, (c) => {
    findUpload(c, state);
    throw notPlayed(`${c.req.method} of an upload session`);
  });
  return app;
}

function findUpload(c: Context, state: State): UploadState {
  const url = new URL(c.req.url);
  if (c.req.header('authorization') !== undefined) throw uploadFaults.foreignToken(url.pathname);
  const upload = state.uploads.find((each) => isNamedBy(c, state, each));
  if (!upload || upload.done || upload.expiresAt <= state.clock.now()) throw uploadFaults.noSession();
  if (url.searchParams.get('authtoken') !== upload.token) throw uploadFaults.wrongToken();
  mailOf(state, upload);
  return upload;
}

function isNamedBy(c: Context, state: State, upload: UploadState): boolean {
  return (
    c.req.param('session') === `AttachmentSessions('${upload.id}')` &&
    c.req.param('message') === `Messages('${upload.mailId}')` &&
    c.req.param('user') === `Users('${upload.mailboxOwnerId}@${state.organization.id}')`
  );
}

function checkRange(c: Context, upload: UploadState, bytes: Uint8Array): void {
  const range = parseContentRange(c.req.header('content-range'));
  if (!range) throw uploadFaults.noRange();
  if (range.total !== upload.size) throw uploadFaults.otherSize(upload.size);
  if (range.from !== upload.received || range.to >= upload.size) {
    throw uploadFaults.rangeNotExpected(upload.received);
  }
  if (range.to - range.from + 1 !== bytes.length) throw uploadFaults.otherLength(bytes.length);
}

/** One name in capitals, the other not, and no dash behind the number: so the documentation shows it. */
function statusOf(state: State, upload: UploadState): Json {
  const context = mailUrl(state, upload).replace('/api/v2.0/', '/api/v2.0/$metadata#');
  return {
    '@odata.context': `${context}/AttachmentSessions/$entity`,
    ExpirationDateTime: uploadExpiry(upload),
    nextExpectedRanges: [String(upload.received)],
  };
}

/** The upload host's refusals. Their statuses are known from clients in the field, most of their words are not. */
const uploadFaults = {
  /** github.com/microsoftgraph/microsoft-graph-docs/issues/6955 */
  foreignToken: (path: string) =>
    new GraphFault(
      401,
      'InvalidAudienceForResource',
      `The audience claim value is invalid for current resource. Audience claim is 'https://graph.microsoft.com', request url is 'https://outlook.office.com${path}'.`,
    ),
  wrongToken: () =>
    new GraphFault(
      401,
      'InvalidAuthenticationToken',
      'The authtoken of the upload URL is missing or invalid.',
    ),
  noSession: () =>
    new GraphFault(404, 'ErrorItemNotFound', 'The upload session was not found. It may have expired.'),
  rangeTooLarge: () => new GraphFault(413, 'RequestEntityTooLarge', 'The range is larger than 4 MB.'),
  noRange: () =>
    new GraphFault(400, 'ErrorInvalidRequest', 'The Content-Range header is missing or malformed.'),
  otherSize: (size: number) =>
    new GraphFault(400, 'ErrorInvalidRequest', `The upload session was opened for a file of ${size} bytes.`),
  otherLength: (length: number) =>
    new GraphFault(
      400,
      'ErrorInvalidRequest',
      `The Content-Range header does not fit the ${length} bytes of the body.`,
    ),
  rangeNotExpected: (next: number) =>
    new GraphFault(
      416,
      'ErrorInvalidRange',
      `The range is not the expected one. The next range has to start at ${next} and to end within the file.`,
    ),
};
