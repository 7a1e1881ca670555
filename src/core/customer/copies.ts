import type { CustomerRecord } from './record.ts';

/** One copy of a client secret in a Key Vault, as far as the record tells. */
export type Copy = NonNullable<CustomerRecord['otherCopies']>[number];

/** Azure compares names without regard to case. */
const isSame = (one: Pick<Copy, 'resourceId'>, other: Pick<Copy, 'resourceId'>): boolean =>
  one.resourceId.toLowerCase() === other.resourceId.toLowerCase();

/** All of them, that of the newest secret first. */
export const copiesIn = ({
  escrow,
  otherCopies = [],
}: Pick<CustomerRecord, 'escrow' | 'otherCopies'>): Copy[] => [...(escrow ? [escrow] : []), ...otherCopies];

const withOthers = (record: CustomerRecord, others: readonly Copy[]): CustomerRecord => {
  const { otherCopies: _before, ...rest } = record;
  return others.length === 0 ? rest : { ...rest, otherCopies: [...others] };
};

/** Before the request that writes one leaves: from then on it may be there. One that the record names already is written over. */
export function withAskedCopy(record: CustomerRecord, copy: Copy): CustomerRecord {
  const isKnown = copiesIn(record).some((one) => isSame(one, copy));
  return isKnown ? record : withOthers(record, [...(record.otherCopies ?? []), copy]);
}

/** The copy of the newest secret. Where it took no other's place, the one before it stays where it is. */
export function withCopy(record: CustomerRecord, escrow: Copy): CustomerRecord {
  const others = copiesIn(record).filter((one) => !isSame(one, escrow));
  return { ...withOthers(record, others), escrow };
}

/** What became of one: it was changed where it is, or nothing of it is left. */
export function withCopyEnded(
  { escrow, ...rest }: CustomerRecord,
  copy: Copy,
  ended: Copy | undefined,
): CustomerRecord {
  const isNewest = escrow !== undefined && isSame(escrow, copy);
  const others = (rest.otherCopies ?? []).filter((one) => !isSame(one, copy));
  const kept = { ...rest, ...(escrow && !isNewest && { escrow }) };
  return withOthers(kept, ended ? [...others, ended] : others);
}
