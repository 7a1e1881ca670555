import type { Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { graphJson } from '../graph/answer.ts';
import type { State } from '../state.ts';
import { findFolder, folderJson } from './folders.ts';
import { openMailbox } from './mailbox-access.ts';
import { contextOf } from './message-answer.ts';
import { listMessages } from './message-list.ts';

export function addFolderRoutes(app: Hono<CallerEnv>, state: State): void {
  app.get('/mailFolders/:folder', (c) => {
    const mailbox = openMailbox(c, state, 'read');
    const folder = findFolder(mailbox, c.req.param('folder'));
    return graphJson(c, state, {
      '@odata.context': contextOf(mailbox, 'mailFolders/$entity'),
      ...folderJson(state, mailbox, folder),
    });
  });

  app.get('/mailFolders/:folder/messages', (c) => {
    const mailbox = openMailbox(c, state, 'read');
    return listMessages(c, state, mailbox, findFolder(mailbox, c.req.param('folder')));
  });
}
