import type { Turn } from './fault-server.ts';
import { json, text } from './fault-server.ts';

export interface OutlookScript {
  readonly turn: Turn;
  /** `PUT bytes 0-9/10`, `GET`, `session`, `attachments`: what was asked for, in order. */
  readonly asked: readonly string[];
  /** Whether any request to the upload address had a token. */
  readonly tokenSeen: () => boolean;
}

const uploadUrl =
  "https://outlook.office.com/api/v2.0/Users('u@t')/Messages('m')/AttachmentSessions('s')?authtoken=eyJcanary";

/** A service that opens sessions at `url` and answers each part by the next of `parts`, and each look by the next of `looks`. */
export function outlookScript({
  parts = [],
  looks = [],
  session = { uploadUrl, expirationDateTime: '2026-11-23T23:00:00Z', nextExpectedRanges: ['0-'] },
  attachments = [],
}: {
  readonly parts?: readonly Turn[];
  readonly looks?: readonly Turn[];
  readonly session?: unknown;
  readonly attachments?: readonly { name: string; size: number }[];
}): OutlookScript {
  const asked: string[] = [];
  let partsDone = 0;
  let looksDone = 0;
  let tokenSeen = false;
  const choose = (method: string, url: string, range: string): Turn => {
    if (url.endsWith('/token')) return json(200, { access_token: 'token' });
    if (url.includes('createuploadsession')) {
      asked.push('session');
      return json(201, session);
    }
    if (url.includes('/attachments')) {
      asked.push('attachments');
      return json(200, { value: attachments });
    }
    asked.push(method === 'PUT' ? `PUT ${range}` : method);
    const gone = json(404, { error: { code: 'ErrorItemNotFound', message: 'Not found.' } });
    return (method === 'PUT' ? parts[partsDone++] : looks[looksDone++]) ?? gone;
  };
  return {
    asked,
    tokenSeen: () => tokenSeen,
    turn: (seen, response, incoming) => {
      const { host = '', authorization } = seen.headers;
      if (host === 'outlook.office.com' && authorization !== undefined) tokenSeen = true;
      return choose(seen.method, seen.url, String(seen.headers['content-range']))(seen, response, incoming);
    },
  };
}

/** The service holds `offset` bytes. */
export function holds(offset: number): Turn {
  return json(200, {
    ExpirationDateTime: '2026-11-23T23:00:00.7671707Z',
    nextExpectedRanges: [String(offset)],
  });
}

export const complete: Turn = text(201, '', { 'Content-Length': '0' });
