import { createHash } from 'node:crypto';

export const urlSafe = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Ids of one tenant. They follow from the seed and the order of calls alone, so a script replayed gives the same ids. */
export interface Ids {
  readonly seed: string;
  /** How many there were: with the seed, where the row goes on. */
  readonly drawn: number;
  guid(): string;
  /** `length` characters drawn from `alphabet`. */
  text(length: number, alphabet: string): string;
}

export function createIds(seed: string): Ids {
  const row = { seed, drawn: 0 };
  const next = (): Buffer => {
    row.drawn += 1;
    return createHash('sha256').update(`${row.seed}:${row.drawn}`).digest();
  };
  return Object.assign(row, {
    guid: () => guidFrom(next()),
    text: (length: number, alphabet: string) => {
      let bytes = Buffer.alloc(0);
      while (bytes.length < length) bytes = Buffer.concat([bytes, next()]);
      return Array.from(bytes.subarray(0, length), (byte) => alphabet.charAt(byte % alphabet.length)).join(
        '',
      );
    },
  });
}

function guidFrom(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
