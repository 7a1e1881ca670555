import type { Context } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { graphJson } from '../graph/answer.ts';
import type { Folder, Mailbox, State } from '../state.ts';
import { visibleMails } from './folders.ts';
import { columnsOf, contextOf, messageJson, messageProperties } from './message-answer.ts';
import { applyQuery, readMessageQuery } from './message-query.ts';

/** The messages of one folder, or of the whole mailbox, as the query options ask for them. */
export function listMessages(
  c: Context<CallerEnv>,
  state: State,
  mailbox: Mailbox,
  folder?: Folder,
): Response {
  const query = readMessageQuery(c);
  const properties = new Map(
    visibleMails(state, mailbox, folder).map((mail) => [messageProperties(mailbox, mail), mail]),
  );
  const found = applyQuery([...properties.keys()], query);
  const end = query.skip + query.top;
  const page = found.slice(query.skip, end).flatMap((message) => properties.get(message) ?? []);
  const where = folder ? `mailFolders('${folder}')/messages` : 'messages';
  return graphJson(c, state, {
    '@odata.context': contextOf(mailbox, `${where}${columnsOf(query.shape.select)}`),
    ...(query.count ? { '@odata.count': found.length } : {}),
    value: page.map((mail) => messageJson(mailbox, mail, query.shape)),
    ...(end < found.length ? { '@odata.nextLink': nextLink(c, end) } : {}),
  });
}

/** The path as the client wrote it, so that ids in it stay encoded. */
function nextLink(c: Context<CallerEnv>, skip: number): string {
  const { pathname, searchParams } = new URL(c.req.url);
  for (const name of [...searchParams.keys()]) if (/^\$?skip$/i.test(name)) searchParams.delete(name);
  searchParams.set('$skip', String(skip));
  return `https://graph.microsoft.com${pathname}?${searchParams}`;
}
