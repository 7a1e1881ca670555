// `node upload-peers.ts WAY FILE TENANT CLIENT SECRET [PACKAGES]`: uploads a file as an attachment, at the real names, one way or the other.
import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { request } from 'node:https';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import { rangeBytes } from '../../src/core/mail/limits.ts';

const [way, file = '', tenant, client = '', secret = '', packages = ''] = process.argv.slice(2);
const graph = 'https://graph.microsoft.com';
const messages = '/users/ta@contoso.com/messages';
const { size } = statSync(file);

async function post(url: string, headers: Record<string, string>, body: string): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return await answer.json();
}

const form = {
  ...{ grant_type: 'client_credentials', scope: `${graph}/.default` },
  ...{ client_id: client, client_secret: secret },
};
const given = await post(
  `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
  { 'Content-Type': 'application/x-www-form-urlencoded' },
  String(new URLSearchParams(form)),
);
const { access_token: token } = z.parse(z.object({ access_token: z.string() }), given);
const asApp = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
const draft = await post(`${graph}/v1.0${messages}`, asApp, JSON.stringify({ subject: 'upload' }));
const { id } = z.parse(z.object({ id: z.string() }), draft);
const session = `${graph}/v1.0${messages}/${encodeURIComponent(id)}/attachments/createUploadSession`;
const item = { AttachmentItem: { attachmentType: 'file', name: 'big.bin', size } };

/** As fast as it can be put down in an hour: read, send, read, send, by the quickest client that Node has. */
async function bareLoop(): Promise<void> {
  const opened = await post(session, asApp, JSON.stringify(item));
  const { uploadUrl } = z.parse(z.object({ uploadUrl: z.string() }), opened);
  await using handle = await open(file);
  const buffer = new Uint8Array(rangeBytes);
  for (let from = 0; from < size; from += rangeBytes) {
    const { bytesRead } = await handle.read(buffer, 0, rangeBytes, from);
    await put(uploadUrl, buffer.subarray(0, bytesRead), `bytes ${from}-${from + bytesRead - 1}/${size}`);
  }
}

function put(url: string, bytes: Uint8Array, range: string): Promise<void> {
  const headers = { 'Content-Range': range, 'Content-Length': bytes.length };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'PUT', headers }, (answer) => {
      if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${answer.statusCode}`));
      answer.resume().once('end', resolve);
    });
    sent.once('error', reject).end(bytes);
  });
}

/** `LargeFileUploadTask` of Graph's JavaScript client, which reads a stream as its documentation shows. */
async function uploadTask(): Promise<void> {
  const entry = createRequire(packages).resolve('@microsoft/microsoft-graph-client');
  const { Client, LargeFileUploadTask, StreamUpload } = await import(pathToFileURL(entry).href);
  const authProvider = (done: (error: null, token: string) => void): void => done(null, token);
  const graphClient = Client.init({ authProvider });
  const opened = await LargeFileUploadTask.createUploadSession(graphClient, session, item);
  const source = new StreamUpload(createReadStream(file, { highWaterMark: rangeBytes }), 'big.bin', size);
  await new LargeFileUploadTask(graphClient, source, opened, { rangeSize: rangeBytes }).upload();
}

await (way === 'task' ? uploadTask() : bareLoop());
