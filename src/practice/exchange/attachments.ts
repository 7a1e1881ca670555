import { graphTime } from '../clock.ts';
import { refuseNotPlayed } from '../graph/not-played.ts';
import type { Json } from '../json.ts';
import type { AttachmentState, Mail, State } from '../state.ts';
import type { AttachmentInput } from './attachment-schema.ts';
import { mailFaults } from './mail-faults.ts';
import { looksLikeItemId, newItemId } from './mail-ids.ts';

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
