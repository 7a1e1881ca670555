import type { Mail, Mailbox, State, UploadState } from '../state.ts';
import type { UploadInput } from './attachments.ts';
import { attachFile } from './attachments.ts';
import { findMail } from './folders.ts';
import { limits } from './limits.ts';
import { mailFaults } from './mail-faults.ts';
import { newItemId, newUploadToken } from './mail-ids.ts';

/** Opens an upload session for one large file. */
export function openUpload(state: State, mailbox: Mailbox, mail: Mail, item: UploadInput): UploadState {
  if (item.size < limits.smallestUpload) throw mailFaults.uploadTooSmall();
  if (item.size > limits.largeAttachment) throw mailFaults.uploadTooLarge();
  const upload: UploadState = {
    id: newItemId(state.ids),
    token: newUploadToken(state.ids),
    mailboxOwnerId: mailbox.ownerId,
    mailId: mail.id,
    name: item.name,
    size: item.size,
    contentType: item.contentType ?? undefined,
    isInline: item.isInline ?? false,
    contentId: item.contentId ?? null,
    expiresAt: state.clock.now() + limits.uploadLifetimeMs,
    parts: [],
    received: 0,
    done: false,
  };
  state.uploads.push(upload);
  return upload;
}

/** The mail an upload belongs to; it may have been sent or deleted meanwhile (404 ErrorItemNotFound). */
export function mailOf(state: State, upload: UploadState): Mail {
  const mailbox = state.mailboxes.find((each) => each.ownerId === upload.mailboxOwnerId);
  if (!mailbox) throw mailFaults.itemNotFound();
  return findMail(state, mailbox, upload.mailId);
}

/** Takes the bytes that follow those already there; gives the id of the attachment once it is whole. */
export function takeRange(state: State, upload: UploadState, bytes: Uint8Array): string | undefined {
  const mail = mailOf(state, upload);
  upload.parts.push(bytes);
  upload.received += bytes.length;
  if (upload.received < upload.size) return undefined;
  upload.done = true;
  return attachFile(state, mail, upload, Buffer.concat(upload.parts.splice(0))).id;
}

/** `https://outlook.office.com/api/v2.0/Users('..@..')/Messages('..')` */
export function mailUrl(state: State, upload: UploadState): string {
  const user = `${upload.mailboxOwnerId}@${state.organization.id}`;
  return `https://outlook.office.com/api/v2.0/Users('${user}')/Messages('${encodeURIComponent(upload.mailId)}')`;
}

/** Pre-authorised by the token in it: whoever holds the address may upload. */
export function uploadUrl(state: State, upload: UploadState): string {
  const session = `AttachmentSessions('${encodeURIComponent(upload.id)}')`;
  return `${mailUrl(state, upload)}/${session}?authtoken=${upload.token}`;
}

/** Outlook gives seven digits of a second here, unlike everywhere else. */
export function uploadExpiry(upload: UploadState): string {
  return new Date(upload.expiresAt).toISOString().replace('Z', '0000Z');
}
