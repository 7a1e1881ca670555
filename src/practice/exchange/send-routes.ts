import type { Context, Hono } from 'hono';
import type { CallerEnv } from '../caller.ts';
import { graphEmpty } from '../graph/answer.ts';
import type { Mailbox, State } from '../state.ts';
import { createDraftMessage } from './draft.ts';
import { findMail } from './folders.ts';
import { mailFaults } from './mail-faults.ts';
import { openMailbox } from './mailbox-access.ts';
import { messageOf } from './message.ts';
import { sendMailInput } from './message-schema.ts';
import { mimeDraft } from './mime.ts';
import { isMime, readBytes, readMessageBody } from './request-body.ts';
import { submit } from './submission.ts';

/** The mail to send, and whether a copy goes to Sent Items; a message in MIME is always kept. */
async function mailOf(c: Context<CallerEnv>, state: State, mailbox: Mailbox) {
  if (isMime(c)) return { mail: await mimeDraft(state, mailbox, await readBytes(c)), saved: true };
  const parameters = ['message', 'saveToSentItems'];
  const input = await readMessageBody(c, sendMailInput, 'microsoft.graph.message', parameters);
  return {
    mail: createDraftMessage(state, mailbox, input.message),
    saved: input.saveToSentItems ?? true,
  };
}

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
    const { mail, saved } = await mailOf(c, state, mailbox);
    submit(state, mailbox, mail);
    if (saved) mailbox.mails.push(mail);
    return graphEmpty(c, state, 202);
  });
}
