import type { Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { columnsOf, graphJson } from '../graph/answer.ts';
import { notPlayed } from '../graph/not-played.ts';
import { readCount } from '../graph/query.ts';
import type { Json, State } from '../state.ts';
import { allFolders, findFolder, folderJson } from './folders.ts';
import { mailFaults } from './mail-faults.ts';
import { openMailbox } from './mailbox-access.ts';
import { contextOf } from './message-answer.ts';
import { optionsOf, readNumber } from './message-query.ts';
import { listMessages } from './message-routes.ts';
import { readFolderSelect, selectedFolder } from './select.ts';

export function addFolderRoutes(app: Hono<CallerEnv>, state: State): void {
  app.get('/mailFolders', (c) => {
    const mailbox = openMailbox(c, state, 'read');
    const options = optionsOf(c, ['filter', 'select', 'top', 'skip', 'count']);
    if (/[?&]includeHiddenFolders=true\b/i.test(c.req.url)) throw notPlayed('hidden folders');
    const wanted = nameWanted(options.get('filter'));
    const select = readFolderSelect(options.get('select'));
    const found = allFolders
      .map((folder) => folderJson(state, mailbox, folder))
      .filter(({ displayName }) => wanted === undefined || String(displayName).toLowerCase() === wanted);
    const skip = readNumber(options, 'skip', { least: 0, most: 1000, usual: 0 });
    const top = readNumber(options, 'top', { least: 1, most: 1000, usual: 10 });
    return graphJson(c, state, {
      '@odata.context': contextOf(mailbox, `mailFolders${columnsOf(select)}`),
      ...(readCount(options.get('count'), mailFaults.badQuery) ? { '@odata.count': found.length } : {}),
      value: found.slice(skip, skip + top).map((folder) => selectedFolder(folder, select)),
      ...nextLink(c.req.url, found, skip + top),
    });
  });
  app.get('/mailFolders/:folder', (c) => {
    const mailbox = openMailbox(c, state, 'read');
    const select = readFolderSelect(optionsOf(c, ['select']).get('select'));
    const folder = findFolder(mailbox, c.req.param('folder'));
    return graphJson(c, state, {
      '@odata.context': contextOf(mailbox, `mailFolders${columnsOf(select)}/$entity`),
      ...selectedFolder(folderJson(state, mailbox, folder), select),
    });
  });
  app.get('/mailFolders/:folder/messages', (c) => {
    const mailbox = openMailbox(c, state, 'read');
    return listMessages(c, state, mailbox, findFolder(mailbox, c.req.param('folder')));
  });
}

/** `displayName eq 'Sent Items'` is the only filter played. */
function nameWanted(filter: string | undefined): string | undefined {
  if (filter === undefined) return undefined;
  const [, quoted] = /^\s*displayName\s+eq\s+'((?:[^']|'')*)'\s*$/i.exec(filter) ?? [];
  if (quoted === undefined) throw notPlayed(`the filter '${filter}' of folders`);
  return quoted.replaceAll("''", "'").toLowerCase();
}

function nextLink(asked: string, found: readonly Json[], end: number): Json {
  if (end >= found.length) return {};
  const { pathname, searchParams } = new URL(asked);
  searchParams.set('$skip', String(end));
  return { '@odata.nextLink': `https://graph.microsoft.com${pathname}?${searchParams}` };
}
