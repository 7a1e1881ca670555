import { Hono, type MiddlewareHandler } from 'hono';
import type { CallerEnv } from '../caller.ts';
import type { State } from '../state.ts';
import { addAttachmentRoutes } from './attachment-routes.ts';
import { addFolderRoutes } from './folder-routes.ts';
import { limits } from './limits.ts';
import { mailFaults } from './mail-faults.ts';
import { wantsImmutableIds } from './mail-ids.ts';
import { addMessageRoutes } from './message-routes.ts';
import { addSendRoutes } from './send-routes.ts';

/** The mail part of Graph, to be mounted under `/v1.0` behind the check of the token. */
export function createMailRoutes(state: State): Hono<CallerEnv> {
  const mailbox = new Hono<CallerEnv>();
  mailbox.use('/messages/*', limitAtOnce());
  mailbox.use(async (c, next) => {
    await next();
    if (wantsImmutableIds(c)) c.header('Preference-Applied', 'IdType="ImmutableId"', { append: true });
  });
  addMessageRoutes(mailbox, state);
  addFolderRoutes(mailbox, state);
  addAttachmentRoutes(mailbox, state);
  addSendRoutes(mailbox, state);
  return new Hono<CallerEnv>().route('/me', mailbox).route('/users/:user', mailbox);
}

/** Exchange works on four requests of one app to one mailbox at a time: learn.microsoft.com/graph/throttling-limits. */
function limitAtOnce(): MiddlewareHandler<CallerEnv> {
  const running = new Map<string, number>();
  return async (c, next) => {
    const caller = c.get('caller');
    const self = caller.kind === 'user' ? caller.person.id : '';
    const key = `${caller.clientId} ${c.req.param('user') ?? self}`;
    const before = running.get(key) ?? 0;
    if (before >= limits.requestsAtOnce) throw mailFaults.tooManyAtOnce();
    running.set(key, before + 1);
    try {
      await next();
    } finally {
      running.set(key, (running.get(key) ?? 1) - 1);
    }
  };
}
