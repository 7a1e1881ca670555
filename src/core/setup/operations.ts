import { randomInt } from 'node:crypto';
import type { CustomerRecord } from '../customer/record.ts';

/** Letters that cannot be mistaken for each other when read aloud. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const keyLength = 8;

/** A key of ours for one change, e.g. `ta-7f3k9x2m`; the tenant shows it back in a secret's display name. */
export function newOperation(): string {
  return `ta-${drawLetters(keyLength)}`;
}

/** Letters of which each holds almost five bits. */
export function drawLetters(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

/** The key that these bytes give: the first eight count. */
export function operationFrom(bytes: Uint8Array): string {
  const letters = Array.from(bytes.subarray(0, keyLength), (byte) => alphabet.charAt(byte % alphabet.length));
  return `ta-${letters.join('')}`;
}

/** The key in a secret's display name; empty for a secret that we did not make. */
export function operationIn(displayName: string): string {
  return /\((ta-[a-z0-9]+)\)$/.exec(displayName)?.[1] ?? '';
}

/** Operations that set out to make a secret which never reached a preferences file. */
export function unfinishedSecretOperations({ journal }: CustomerRecord): string[] {
  const written = journal.filter(({ step, state }) => step === 'write-preferences' && state === 'done');
  const begun = journal.filter(({ step, state }) => step === 'add-client-secret' && state === 'intent');
  const operations = new Set(begun.map(({ operation }) => operation));
  for (const { operation } of written) operations.delete(operation);
  return [...operations];
}
