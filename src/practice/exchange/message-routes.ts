import type { Context, Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { columnsOf, graphEmpty, graphJson, graphRoot } from '../graph/answer.ts';
import type { Folder, Mail, Mailbox, State } from '../state.ts';
import { createDraftMessage } from './draft.ts';
import { findMail, visibleMails } from './folders.ts';
import { mailFaults } from './mail-faults.ts';
import { idAsked } from './mail-ids.ts';
import { openMailbox } from './mailbox-access.ts';
import { messageOf } from './message.ts';
import { contextOf, etagOf, messageJson, messageProperties } from './message-answer.ts';
import { applyQuery, readMessageQuery, readShape } from './message-query.ts';
import { messageInput, newMessageInput } from './message-schema.ts';
import { writeMessage } from './message-writing.ts';
import { mimeDraft } from './mime.ts';
import { isMime, readBytes, readMessageBody } from './request-body.ts';

export function addMessageRoutes(app: Hono<CallerEnv>, state: State): void {
  app.post('/messages', async (c) => {
    const mailbox = openMailbox(c, state, 'write');
    const mail = isMime(c)
      ? await mimeDraft(state, mailbox, await readBytes(c))
      : createDraftMessage(
          state,
          mailbox,
          await readMessageBody(c, newMessageInput, 'microsoft.graph.message'),
        );
    mailbox.mails.push(mail);
    c.header(
      'Location',
      `${graphRoot}/users('${mailbox.ownerId}')/messages('${encodeURIComponent(idAsked(c, mail))}')`,
    );
    return answer(c, state, mailbox, mail, 201);
  });

  app.get('/messages', (c) => listMessages(c, state, openMailbox(c, state, 'read')));

  app.get('/messages/:id', (c) => {
    const mailbox = openMailbox(c, state, 'read');
    return answer(c, state, mailbox, findMail(state, mailbox, c.req.param('id')), 200);
  });

  app.patch('/messages/:id', async (c) => {
    const mailbox = openMailbox(c, state, 'write');
    const input = await readMessageBody(c, messageInput, 'microsoft.graph.message');
    // Only now: while the body came in, the draft may have been sent.
    const mail = findMail(state, mailbox, c.req.param('id'));
    const known = c.req.header('if-match') ?? '*';
    if (known !== '*' && known !== etagOf(messageOf(mail).changeKey)) throw mailFaults.changedMeanwhile();
    writeMessage(state, mailbox, mail, input);
    return answer(c, state, mailbox, mail, 200);
  });

  app.delete('/messages/:id', (c) => {
    const mailbox = openMailbox(c, state, 'write');
    const mail = findMail(state, mailbox, c.req.param('id'));
    mailbox.mails.splice(mailbox.mails.indexOf(mail), 1);
    return graphEmpty(c, state, 204);
  });
}

function answer(
  c: Context<CallerEnv>,
  state: State,
  mailbox: Mailbox,
  mail: Mail,
  status: 200 | 201,
): Response {
  const shape = readShape(c);
  const context = contextOf(mailbox, `messages${columnsOf(shape.select, shape.expand.names)}/$entity`);
  return graphJson(c, state, { '@odata.context': context, ...messageJson(mailbox, mail, shape) }, status);
}

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
  const { select, expand } = query.shape;
  const where = folder ? `mailFolders('${folder}')/messages` : 'messages';
  return graphJson(c, state, {
    '@odata.context': contextOf(mailbox, `${where}${columnsOf(select, expand.names)}`),
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
