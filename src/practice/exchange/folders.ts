import { notPlayed, refuseNotPlayed } from '../graph/not-played.ts';
import type { Folder, Json, Mail, Mailbox, State } from '../state.ts';
import { languages } from './languages.ts';
import { mailFaults } from './mail-faults.ts';
import { immutableIdOf, looksLikeItemId } from './mail-ids.ts';
import { messageOf } from './message.ts';

/** By their well-known names: learn.microsoft.com/graph/api/resources/mailfolder */
export const allFolders: readonly Folder[] = [
  'archive',
  'deleteditems',
  'drafts',
  'inbox',
  'junkemail',
  'outbox',
  'sentitems',
];
const foldersNotPlayed = [
  'clutter',
  'conflicts',
  'conversationhistory',
  'localfailures',
  'msgfolderroot',
  'recoverableitemsdeletions',
  'scheduled',
  'searchfolders',
  'serverfailures',
  'syncissues',
];

/** Mails that have arrived, newest first: of one folder, or of the mailbox as a whole. */
export function visibleMails(state: State, mailbox: Mailbox, folder?: Folder): Mail[] {
  const now = state.clock.now();
  return mailbox.mails
    .filter((mail) => mail.visibleAt <= now && (folder === undefined || mail.folder === folder))
    .reverse()
    .sort((one, other) => other.visibleAt - one.visibleAt);
}

export function findMail(state: State, mailbox: Mailbox, id: string): Mail {
  refuseNotPlayed(id);
  if (!looksLikeItemId(id)) throw mailFaults.malformedId();
  const mail = visibleMails(state, mailbox).find((each) => each.id === id || immutableIdOf(each) === id);
  if (!mail) throw mailFaults.itemNotFound();
  return mail;
}

export function folderId(mailbox: Mailbox, folder: Folder): string {
  return `AQMkAGI2${Buffer.from(`${mailbox.ownerId}:${folder}`).toString('base64')}`;
}

/** By well-known name, in any case, or by id. */
export function findFolder(mailbox: Mailbox, asked: string): Folder {
  const name = asked.toLowerCase();
  const folder = allFolders.find((each) => each === name || folderId(mailbox, each) === asked);
  if (folder) return folder;
  refuseNotPlayed(asked);
  if (foldersNotPlayed.includes(name)) throw notPlayed(`the folder '${asked}'`);
  throw looksLikeItemId(asked) ? mailFaults.itemNotFound() : mailFaults.malformedId();
}

export function folderJson(state: State, mailbox: Mailbox, folder: Folder): Json {
  const mails = visibleMails(state, mailbox, folder);
  return {
    id: folderId(mailbox, folder),
    displayName: languages[mailbox.language].folders[folder],
    parentFolderId: `AQMkAGI2${Buffer.from(`${mailbox.ownerId}:root`).toString('base64')}`,
    childFolderCount: 0,
    unreadItemCount: mails.filter((mail) => !messageOf(mail).isRead).length,
    totalItemCount: mails.length,
    isHidden: false,
  };
}
