import type { Ids } from '../ids.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * The id of a message or attachment. Real ids may hold `/`, `+` and `=`; here every one does, so that a client which
 * forgets to percent-encode them fails at once and not for one customer in ten.
 */
export function newItemId(ids: Ids): string {
  return `AAMkAGI2${ids.text(36, letters)}/${ids.text(30, letters)}+${ids.text(28, letters)}AAA=`;
}

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
