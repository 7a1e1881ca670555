import type { Context, Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { graphEmpty, graphJson, graphRoot } from '../graph/answer.ts';
import type { Mail, Mailbox, State } from '../state.ts';
import { createDraftMessage } from './draft.ts';
import { findMail } from './folders.ts';
import { mailFaults } from './mail-faults.ts';
import { openMailbox } from './mailbox-access.ts';
import { messageOf } from './message.ts';
import { columnsOf, contextOf, etagOf, messageJson } from './message-answer.ts';
import { listMessages } from './message-list.ts';
import { readShape } from './message-query.ts';
import { messageInput, newMessageInput } from './message-schema.ts';
import { writeMessage } from './message-writing.ts';
import { mimeDraft } from './mime.ts';
import { isMime, readBytes, readMessageBody } from './request-body.ts';

export function addMessageRoutes(app: Hono<CallerEnv>, state: State): void {
  app.post('/messages', async (c) => {
    const mailbox = openMailbox(c, state, 'write');
    const immutable = wantsImmutableId(c);
    const mail = isMime(c)
      ? await mimeDraft(state, mailbox, await readBytes(c), immutable)
      : createDraftMessage(
          state,
          mailbox,
          await readMessageBody(c, newMessageInput, 'microsoft.graph.message'),
          immutable,
        );
    mailbox.mails.push(mail);
    c.header(
      'Location',
      `${graphRoot}/users('${mailbox.ownerId}')/messages('${encodeURIComponent(mail.id)}')`,
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

/** learn.microsoft.com/graph/outlook-immutable-id: such an id outlives the move to Sent Items. */
function wantsImmutableId(c: Context<CallerEnv>): boolean {
  const wanted = /\bIdType\s*=\s*"?ImmutableId\b/i.test(c.req.header('prefer') ?? '');
  if (wanted) c.header('Preference-Applied', 'IdType="ImmutableId"');
  return wanted;
}

function answer(
  c: Context<CallerEnv>,
  state: State,
  mailbox: Mailbox,
  mail: Mail,
  status: 200 | 201,
): Response {
  const shape = readShape(c);
  const context = contextOf(mailbox, `messages${columnsOf(shape.select)}/$entity`);
  return graphJson(c, state, { '@odata.context': context, ...messageJson(mailbox, mail, shape) }, status);
}
