import type { Json } from '../json.ts';
import type { Folder, Mail, Mailbox, State } from '../state.ts';
import { mailFaults } from './mail-faults.ts';
import { looksLikeItemId } from './mail-ids.ts';
import { messageOf } from './message.ts';

const displayNames: Record<Folder, string> = {
  drafts: 'Drafts',
  inbox: 'Inbox',
  sentitems: 'Sent Items',
};

/** Mails that have arrived, newest first: of one folder, or of the mailbox as a whole. */
export function visibleMails(state: State, mailbox: Mailbox, folder?: Folder): Mail[] {
  const now = state.clock.now();
  return mailbox.mails
    .filter((mail) => mail.visibleAt <= now && (folder === undefined || mail.folder === folder))
    .reverse()
    .sort((one, other) => other.visibleAt - one.visibleAt);
}

export function findMail(state: State, mailbox: Mailbox, id: string): Mail {
  if (!looksLikeItemId(id)) throw mailFaults.malformedId();
  const mail = visibleMails(state, mailbox).find((each) => each.id === id);
  if (!mail) throw mailFaults.itemNotFound();
  return mail;
}

export function folderId(mailbox: Mailbox, folder: Folder): string {
  return `AQMkAGI2${Buffer.from(`${mailbox.ownerId}:${folder}`).toString('base64')}`;
}

/** By well-known name, in any case, or by id. */
export function findFolder(mailbox: Mailbox, asked: string): Folder {
  const folders: readonly Folder[] = ['drafts', 'inbox', 'sentitems'];
  const folder = folders.find((each) => each === asked.toLowerCase() || folderId(mailbox, each) === asked);
  if (folder) return folder;
  throw looksLikeItemId(asked) ? mailFaults.itemNotFound() : mailFaults.malformedId();
}

export function folderJson(state: State, mailbox: Mailbox, folder: Folder): Json {
  const mails = visibleMails(state, mailbox, folder);
  return {
    id: folderId(mailbox, folder),
    displayName: displayNames[folder],
    parentFolderId: `AQMkAGI2${Buffer.from(`${mailbox.ownerId}:root`).toString('base64')}`,
    childFolderCount: 0,
    unreadItemCount: mails.filter((mail) => !messageOf(mail).isRead).length,
    totalItemCount: mails.length,
    isHidden: false,
  };
}
