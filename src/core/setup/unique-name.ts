import type { CustomerRecord } from '../customer/record.ts';
import { drawLetters } from './operations.ts';

/** 99 bits: nobody else can register an application under this name beforehand. */
const drawnLetters = 20;

/**
 * Graph's own key for an application, which its maker chooses and nobody can change. It is drawn once and in the record
 * before the request leaves, so that a run that died finds its application again.
 */
export function newUniqueName(): string {
  return `ta-exchange-setup-${drawLetters(drawnLetters)}`;
}

/** The record's comes first, then the one that a run asked for and died, or that a script was written for. */
export function uniqueNameIn({ application, journal }: CustomerRecord): string | undefined {
  const last = journal.findLast(({ step }) => step === 'register-application');
  return application?.uniqueName ?? (last?.state === 'failed' ? undefined : last?.note);
}
