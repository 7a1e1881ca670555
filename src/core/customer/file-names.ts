import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/** `NAME.ta-record.json` beside `NAME.ta-customer.json` or `NAME.ta-email.json`. */
export function recordFileOf(customerFile: string): string {
  return besides(customerFile, 'record');
}

/** `NAME.ta-email.json` beside `NAME.ta-customer.json`, or its record. */
export function preferencesFileOf(ownFile: string): string {
  return besides(ownFile, 'email');
}

/** `NAME.ta-email.json.age`: the same, encrypted. */
export const encryptedFileOf = (preferences: string): string => `${preferences}.age`;

/** `NAME.ta-check.json` beside them: what the last check saw. */
export function lastCheckFileOf(ownFile: string): string {
  return besides(ownFile, 'check');
}

/** `NAME.remove-from-exchange.ps1` beside them. */
export function exchangeRemovalFileOf(ownFile: string): string {
  return join(dirname(ownFile), `${stemOf(ownFile)}.remove-from-exchange.ps1`);
}

/** What a renewal writes beside them: T&A's form with the changed field, and calendar entries. No secret is in them. */
export function renewalFilesOf(ownFile: string): { readonly sheet: string; readonly reminders: string } {
  const stem = join(dirname(ownFile), stemOf(ownFile));
  return { sheet: `${stem}.renewal.html`, reminders: `${stem}.reminders.ics` };
}

function besides(ownFile: string, kind: string): string {
  return join(dirname(ownFile), `${stemOf(ownFile)}.ta-${kind}.json`);
}

const stemOf = (ownFile: string): string =>
  basename(ownFile)
    .replace(/\.json$/i, '')
    .replace(/\.ta-(?:customer|record|email|check)$/i, '');

/** A customer's name where a person reads it as the name of a file: what no file system takes is left out. */
export const readableName = (name: string): string => name.replace(/[^\p{L}\p{N} &().,_-]+/gu, ' ').trim();

/**
 * A file name for a customer's name: letters, digits and dashes only, and eight digits of a hash, so that two names that
 * differ in case or in a dot alone never share a file on any file system, and no name is one that Windows reserves.
 */
export function slug(name: string): string {
  const readable = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
  const hash = createHash('sha256').update(name.normalize('NFC')).digest('hex').slice(0, 8);
  return readable === '' ? `customer-${hash}` : `${readable}-${hash}`;
}
