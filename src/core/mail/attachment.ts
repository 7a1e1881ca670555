import * as z from 'zod/mini';
import { asDocumented, inMail, readAnswer, requireSuccess } from '../cloud/answers.ts';
import type { HttpResponse } from '../cloud/http.ts';
import { say } from '../words/say.ts';
import type { AppIdentity } from './application.ts';
import { openAttachment, type ReadyAttachment, readPart } from './attachment-file.ts';
import { createOnce } from './create-once.ts';
import type { MailDraft } from './draft.ts';
import type { Ended, Patience } from './progress.ts';

const Attachments = z.object({ value: z.array(z.object({ name: z.string(), size: z.number() })) });

/** Attaches a file of at most 3 MB in one POST to the Draft Add Attachment Endpoint. Throws a Failure. */
export async function attachSmall(
  application: AppIdentity,
  draft: MailDraft,
  file: ReadyAttachment,
  patience: Patience,
): Promise<Ended<undefined>> {
  const doing = say`attach ${file.name}`;
  const json = {
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: file.name,
    contentType: 'application/octet-stream',
    contentBytes: await readBase64(file),
  };
  const url = application.urls.attachments(draft.userId, draft.id);
  const create = async () =>
    asDocumented(await application.send({ method: 'POST', url, json, replay: 'unsafe', doing }), 201, doing);
  const answer = await createOnce(patience, doing, create, () => findAttachment(application, draft, file));
  requireSuccess(answer, inMail(doing));
  return { value: undefined, answer };
}

async function readBase64(attachment: ReadyAttachment): Promise<string> {
  await using file = await openAttachment(attachment);
  const bytes = await readPart(file, attachment, 0, new Uint8Array(attachment.size));
  return Buffer.from(bytes).toString('base64');
}

/** The answer that shows the file on the draft, `undefined` where it is not there. Exchange counts some bytes of its own to a size. */
export async function findAttachment(
  application: AppIdentity,
  draft: MailDraft,
  file: ReadyAttachment,
): Promise<HttpResponse | undefined> {
  const doing = say`look for ${file.name} on the draft`;
  const url = `${application.urls.attachments(draft.userId, draft.id)}?$select=name,size&$top=100`;
  const answer = await application.send({ method: 'GET', url, replay: 'safe', doing });
  const { value } = readAnswer(answer, Attachments, inMail(doing));
  return value.some(({ name, size }) => name === file.name && size >= file.size) ? answer : undefined;
}
