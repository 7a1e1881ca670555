import * as z from 'zod/mini';
import { say } from '../words/say.ts';
import { asciiDomain } from './tenant-name.ts';
import { isPlainLine, withoutSecret } from './text.ts';

const expected = say`an email address such as ta@contoso.com`.pattern;
const local = /^(?:[^\s@<>(),;:\\"[\]]+|"[^"\\]+")$/;
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/i;

/**
 * What a paste from a mail or an address book brings along goes: blanks, `mailto:`, `Name <...>`, a separator at the
 * end. An international domain becomes its ASCII form, which is how directories keep it.
 */
export function normaliseAddress(text: string): string {
  const bare = text
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/[;,]+$/, '');
  const inner = /^[^<>]*<([^<>]+)>$/.exec(bare)?.[1] ?? bare;
  const at = inner.lastIndexOf('@');
  if (at < 0) return inner;
  return `${inner.slice(0, at)}@${asciiDomain(inner.slice(at + 1))}`;
}

/** RFC 5321 4.5.3.1: 64 octets before the @, 254 in all. */
export function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const name = text.slice(0, at);
  if (at < 1 || !isPlainLine(text) || Buffer.byteLength(text) > 254 || Buffer.byteLength(name) > 64)
    return false;
  return local.test(name) && domain.test(text.slice(at + 1));
}

/** Whether both are one mailbox: Exchange and Entra disregard case. */
export const isSameAddress = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

export const Address = z
  .string(expected)
  .check(
    withoutSecret,
    z.overwrite(normaliseAddress),
    z.maxLength(254, expected),
    z.refine(isAddress, expected),
  );
