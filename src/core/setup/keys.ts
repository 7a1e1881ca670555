import { randomInt } from 'node:crypto';
import type { CustomerRecord } from '../customer/record.ts';

/** Letters that cannot be mistaken for each other when read aloud; each holds almost five bits. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const keyLength = 8;
/** 99 bits: no one else can register an application under this name beforehand. */
const uniqueNameLength = 20;

const drawLetters = (length: number): string =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');

/** A key of ours for one change, e.g. `ta-7f3k9x2m`; the tenant shows it back in a secret's display name. */
export const newOperation = (): string => `ta-${drawLetters(keyLength)}`;

/** The key that these bytes give: the first eight count. */
export function operationFrom(bytes: Uint8Array): string {
  const letters = Array.from(bytes.subarray(0, keyLength), (byte) => alphabet.charAt(byte % alphabet.length));
  return `ta-${letters.join('')}`;
}

/** The key in a secret's display name; empty for a secret that we did not add. */
export function operationIn(displayName: string): string {
  return /\((ta-[a-z0-9]+)\)$/.exec(displayName)?.[1] ?? '';
}

/** Operations that set out to add a secret which never reached a preferences file, or was taken out of it again. */
export function unfinishedSecretOperations({ journal }: CustomerRecord): string[] {
  const begun = journal.filter(({ step, state }) => step === 'add-client-secret' && state === 'intent');
  const operations = new Set(begun.map(({ operation }) => operation));
  for (const { step, state, operation } of journal) {
    if (step !== 'write-preferences') continue;
    if (state === 'done') operations.delete(operation);
    if (state === 'failed') operations.add(operation);
  }
  // A record may come from anywhere, and a secret that is not ours has an empty key.
  return [...operations].filter((operation) => operation !== '');
}

/**
 * Graph's own key for an application, which its maker chooses and no one can change. It is drawn once and in the record
 * before the request leaves, so that a run that died finds its application again.
 */
export const newUniqueName = (): string => `${ours}${drawLetters(uniqueNameLength)}`;

const ours = 'ta-exchange-setup-';

/** Whether this tool gave it: Entra lets no one change a unique name, whatever a record says. */
export const isOurUniqueName = (name: string | undefined): boolean => name?.startsWith(ours) === true;

/** The record's comes first, then the one that a run asked for and died, or that a script was written for, or that was removed. */
export function uniqueNameIn({ application, journal, removal }: CustomerRecord): string | undefined {
  const last = journal.findLast(({ step }) => step === 'register-application');
  const asked = last?.state === 'failed' ? undefined : last?.note;
  return application?.uniqueName ?? asked ?? removal?.application.uniqueName;
}
