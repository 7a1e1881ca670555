import type { Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { graphEmpty } from '../graph/answer.ts';
import type { State } from '../state.ts';
import { newDraft } from './draft.ts';
import { findMail } from './folders.ts';
import { mailFaults } from './mail-faults.ts';
import { openMailbox } from './mailbox-access.ts';
import { messageOf } from './message.ts';
import { sendMailInput } from './message-schema.ts';
import { readBody } from './request-body.ts';
import { submit } from './submission.ts';

export function addSendRoutes(app: Hono<CallerEnv>, state: State): void {
  app.post('/messages/:id/send', (c) => {
    const mailbox = openMailbox(c, state, 'send');
    const mail = findMail(state, mailbox, c.req.param('id'));
    if (!messageOf(mail).isDraft) throw mailFaults.itemNotFound();
    submit(state, mailbox, mail);
    return graphEmpty(c, state, 202);
  });

  app.post('/sendMail', async (c) => {
    const mailbox = openMailbox(c, state, 'send');
    const input = await readBody(c, sendMailInput, 'microsoft.graph.message');
    const mail = newDraft(state, mailbox, input.message, false);
    submit(state, mailbox, mail);
    if (input.saveToSentItems ?? true) mailbox.mails.push(mail);
    return graphEmpty(c, state, 202);
  });
}
