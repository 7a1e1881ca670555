import * as z from 'zod/mini';
import { graphTime } from '../clock.ts';
import { refuseNotPlayed } from '../graph/not-played.ts';
import type { AttachmentState, Json, Mail, State } from '../state.ts';
import { flag, maybe } from './lenient.ts';
import { mailFaults } from './mail-faults.ts';
import { looksLikeItemId, newItemId } from './mail-ids.ts';

/** Node's decoder forgives everything; only what encodes back to itself was base64. */
function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text;
}

/** learn.microsoft.com/graph/api/resources/fileattachment; item and reference attachments are not played. */
export const attachmentInput = z.strictObject({
  '@odata.type': z.enum(['#microsoft.graph.fileAttachment', 'microsoft.graph.fileAttachment']),
  name: z.string(),
  contentType: maybe(z.string()),
  contentBytes: z.string().check(z.refine(isBase64)),
  isInline: maybe(flag),
  contentId: maybe(z.string()),
  contentLocation: maybe(z.string()),
  size: maybe(z.int()),
});

/** learn.microsoft.com/graph/api/resources/attachmentitem */
export const uploadInput = z.strictObject({
  AttachmentItem: z.strictObject({
    attachmentType: z.pipe(z.string().check(z.toLowerCase()), z.enum(['file'])),
    name: z.string(),
    size: z.int(),
    contentType: maybe(z.string()),
    isInline: maybe(flag),
    contentId: maybe(z.string()),
  }),
});

type AttachmentInput = z.output<typeof attachmentInput>;
export type UploadInput = z.output<typeof uploadInput>['AttachmentItem'];

/** `contentBytes` is base64; how much of it one POST carries is a matter of the request. */
export function addAttachment(state: State, mail: Mail, input: AttachmentInput): AttachmentState {
  return attachFile(state, mail, input, Buffer.from(input.contentBytes, 'base64'));
}

interface FileProperties {
  readonly name: string;
  readonly contentType?: string | null | undefined;
  readonly isInline?: boolean | null | undefined;
  readonly contentId?: string | null | undefined;
  readonly contentLocation?: string | null | undefined;
}

export function attachFile(
  state: State,
  mail: Mail,
  file: FileProperties,
  bytes: Uint8Array,
): AttachmentState {
  const attachment: AttachmentState = {
    id: newItemId(state.ids),
    bytes,
    graph: {
      lastModifiedDateTime: graphTime(state.clock.now()),
      name: file.name,
      contentType: file.contentType ?? 'application/octet-stream',
      size: bytes.length,
      isInline: file.isInline ?? false,
      contentId: file.contentId ?? null,
      contentLocation: file.contentLocation ?? null,
    },
  };
  mail.attachments.push(attachment);
  return attachment;
}

export function attachmentById(mail: Mail, id: string): AttachmentState {
  refuseNotPlayed(id);
  if (!looksLikeItemId(id)) throw mailFaults.malformedId();
  const attachment = mail.attachments.find((each) => each.id === id);
  if (!attachment) throw mailFaults.itemNotFound();
  return attachment;
}

/** An attachment as Graph shows it: with its content, unless `select` names properties. */
export function attachmentJson({ id, graph, bytes }: AttachmentState, select: readonly string[]): Json {
  const type = { '@odata.type': '#microsoft.graph.fileAttachment' };
  if (select.length > 0) {
    const chosen = Object.entries(graph).filter(([name]) => select.includes(name));
    return { ...type, id, ...Object.fromEntries(chosen) };
  }
  const { contentType } = graph;
  return {
    ...type,
    '@odata.mediaContentType': contentType,
    id,
    ...graph,
    contentBytes: Buffer.from(bytes).toString('base64'),
  };
}
