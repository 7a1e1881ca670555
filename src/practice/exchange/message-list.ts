import type { Context } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { graphJson } from '../graph/answer.ts';
import type { Folder, Mailbox, State } from '../state.ts';
import { visibleMails } from './folders.ts';
import { columnsOf, contextOf, messageJson, messageProperties } from './message-answer.ts';
import { applyQuery, optionsOf, readMessageQuery } from './message-query.ts';

/** The messages of one folder, or of the whole mailbox, as the query options ask for them. */
export function listMessages(
  c: Context<CallerEnv>,
  state: State,
  mailbox: Mailbox,
  folder?: Folder,
): Response {
  const options = optionsOf(c);
  const query = readMessageQuery(options);
  const properties = new Map(
    visibleMails(state, mailbox, folder).map((mail) => [messageProperties(mailbox, mail), mail]),
  );
  const found = applyQuery([...properties.keys()], query);
  const end = query.skip + query.top;
  const page = found.slice(query.skip, end).flatMap((message) => properties.get(message) ?? []);
  const where = folder ? `mailFolders('${folder}')/messages` : 'messages';
  options.set('$skip', String(end));
  return graphJson(c, state, {
    '@odata.context': contextOf(mailbox, `${where}${columnsOf(query.select)}`),
    ...(query.count ? { '@odata.count': found.length } : {}),
    value: page.map((mail) => messageJson(mailbox, mail, query.select)),
    ...(end < found.length ? { '@odata.nextLink': nextLink(c, options) } : {}),
  });
}

/** The path as the client wrote it, so that ids in it stay encoded. */
function nextLink(c: Context<CallerEnv>, options: URLSearchParams): string {
  return `https://graph.microsoft.com${new URL(c.req.url).pathname}?${options}`;
}
