import { propertyOf } from '../graph/noun.ts';
import type { Json } from '../state.ts';
import { mailFaults } from './mail-faults.ts';

export const selectableProperties =
  `id createdDateTime lastModifiedDateTime changeKey categories receivedDateTime sentDateTime hasAttachments
  internetMessageId subject bodyPreview importance parentFolderId conversationId conversationIndex
  isDeliveryReceiptRequested isReadReceiptRequested isRead isDraft webLink inferenceClassification body sender from
  toRecipients ccRecipients bccRecipients replyTo flag internetMessageHeaders`.split(/\s+/);
/** `contentId` and `contentBytes` belong to file attachments: microsoft-graph-explorer-v4/issues/3916. */
export const attachmentProperties = ['id', 'lastModifiedDateTime', 'name', 'contentType', 'size', 'isInline'];

export function readMessageSelect(text: string | undefined): string[] {
  return readSelect(text, selectableProperties, 'microsoft.graph.message');
}

export function readAttachmentSelect(text: string | undefined): string[] {
  return readSelect(text, attachmentProperties, 'microsoft.graph.attachment');
}

/** A folder with the properties that were asked for; with all, unless some are named. */
export function selectedFolder(folder: Json, text: string | undefined): Json {
  const select = readSelect(text, Object.keys(folder), 'microsoft.graph.mailFolder');
  if (select.length === 0) return folder;
  return Object.fromEntries(['id', ...select].map((name) => [name, folder[name]]));
}

function readSelect(text: string | undefined, known: readonly string[], type: string): string[] {
  const names = (text ?? '').split(',').map((name) => name.trim());
  return names
    .filter((name) => name !== '')
    .map((name) => {
      const found = propertyOf(known, name);
      if (found === undefined) throw mailFaults.noSuchProperty(name, type);
      return found;
    });
}
