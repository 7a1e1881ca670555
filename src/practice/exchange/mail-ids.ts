import type { Context } from 'hono';
import type { Ids } from '../ids.ts';
import type { Mail } from '../state.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * The id of a message or attachment. Real ids may hold `/`, `+` and `=`; here every one does, so that a client which
 * forgets to percent-encode them fails at once and not for one customer in ten.
 */
export function newItemId(ids: Ids): string {
  return `AAMkAGI2${ids.text(36, letters)}/${ids.text(30, letters)}+${ids.text(28, letters)}AAA=`;
}

/** What a message keeps while it stays in its mailbox: learn.microsoft.com/graph/outlook-immutable-id */
export const immutableIdOf = ({ id, firstId = id }: Pick<Mail, 'id' | 'firstId'>): string =>
  firstId.replace(/^AAMkAGI2/, 'AAkALgAA');

/** By the header of each request alone. The ids of folders and attachments are constant here under both. */
export const wantsImmutableIds = (c: Context): boolean =>
  /\bIdType\s*=\s*"?ImmutableId\b/i.test(c.req.header('prefer') ?? '');

export const idAsked = (c: Context, mail: Mail): string =>
  wantsImmutableIds(c) ? immutableIdOf(mail) : mail.id;

export function looksLikeItemId(id: string): boolean {
  return /^AA[A-Za-z0-9+/_-]{20,}=*$/.test(id);
}

export function newChangeKey(ids: Ids): string {
  return `CQAAABYAAAB${ids.text(24, letters)}`;
}

export function newConversationId(ids: Ids): string {
  return `AAQkAGI2${ids.text(52, letters)}=`;
}

export function newInternetMessageId(ids: Ids): string {
  const server = `PR2P264MB${ids.text(4, capitals)}`;
  return `<${server}${ids.text(20, capitals)}@${server}.EURP264.PROD.OUTLOOK.COM>`;
}

export function newUploadToken(ids: Ids): string {
  return `eyJ${ids.text(60, letters)}.${ids.text(120, letters)}.${ids.text(80, letters)}`;
}
