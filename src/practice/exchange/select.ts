import { notPlayed } from '../graph/not-played.ts';
import { propertyOf } from '../graph/noun.ts';
import type { Json } from '../state.ts';
import { mailFaults } from './mail-faults.ts';

export const selectableProperties =
  `id createdDateTime lastModifiedDateTime changeKey categories receivedDateTime sentDateTime hasAttachments
  internetMessageId subject bodyPreview importance parentFolderId conversationId conversationIndex
  isDeliveryReceiptRequested isReadReceiptRequested isRead isDraft webLink inferenceClassification body sender from
  toRecipients ccRecipients bccRecipients replyTo flag internetMessageHeaders`.split(/\s+/);
/** What a message has besides, by itself or beside it. */
const notSelected =
  'uniqueBody attachments extensions multiValueExtendedProperties singleValueExtendedProperties'.split(' ');
const folderProperties =
  'id displayName parentFolderId childFolderCount unreadItemCount totalItemCount isHidden'.split(' ');
/** `contentId` and `contentBytes` belong to file attachments: microsoft-graph-explorer-v4/issues/3916. */
export const attachmentProperties = ['id', 'lastModifiedDateTime', 'name', 'contentType', 'size', 'isInline'];

export function readMessageSelect(text: string | undefined): string[] {
  return readSelect(text, selectableProperties, 'microsoft.graph.message');
}

export function readAttachmentSelect(text: string | undefined): string[] {
  return readSelect(text, attachmentProperties, 'microsoft.graph.attachment');
}

export function readFolderSelect(text: string | undefined): string[] {
  return readSelect(text, folderProperties, 'microsoft.graph.mailFolder');
}

/** A folder with the properties that were asked for; with all, unless some are named. */
export function selectedFolder(folder: Json, select: readonly string[]): Json {
  if (select.length === 0) return folder;
  return Object.fromEntries(['id', ...select].map((name) => [name, folder[name]]));
}

function readSelect(text: string | undefined, known: readonly string[], type: string): string[] {
  const names = (text ?? '').split(',').map((name) => name.trim());
  return names
    .filter((name) => name !== '')
    .map((name) => {
      const found = propertyOf(known, name);
      if (found !== undefined) return found;
      if (name === '*' || (known === selectableProperties && propertyOf(notSelected, name)))
        throw notPlayed(`'${name}' in a selection`);
      throw mailFaults.noSuchProperty(name, type);
    });
}
