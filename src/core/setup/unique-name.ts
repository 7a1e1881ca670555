import type { Customer } from '../customer/customer.ts';
import type { CustomerRecord } from '../customer/record.ts';

/**
 * Graph's own key for an application that its maker chooses and nobody can change; by it we find ours again, and only
 * ours. The record's comes first, then the one that a run asked for and died, so that renaming the application in the
 * customer file does not make a second one.
 */
export function uniqueNameFor({ app }: Customer, record: CustomerRecord): string {
  return record.application?.uniqueName ?? askedFor(record) ?? `ta-exchange-setup-${slug(app.displayName)}`;
}

function askedFor({ journal }: CustomerRecord): string | undefined {
  const last = journal.findLast(({ step }) => step === 'register-application');
  return last?.state === 'failed' ? undefined : last?.note;
}

function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['app'];
  return words.join('-').slice(0, 100);
}
