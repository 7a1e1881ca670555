/** Where a value is put in. */
export type Door =
  | 'tenant'
  | 'client id'
  | 'secret'
  | 'name'
  | 'from name'
  | 'graph endpoint'
  | 'token endpoint'
  | 'scope'
  | 'address'
  | 'recipients'
  | 'days'
  /** A moment in a record. */
  | 'instant'
  | 'customer file'
  /** Of an export; what comes of it are the files that it made. */
  | 'place to write to'
  | 'command line';

export type Outcome =
  /** With a sentence, before any request; nothing is written. */
  | 'refused'
  /** As it is. */
  | 'kept'
  /** Kept, and a note says what is odd about it. */
  | 'noted'
  | { readonly as: unknown };

/** One row of the catalogue of bad inputs, by its number. */
export interface BadInput {
  readonly id: string;
  readonly what: string;
  readonly by:
    | { readonly door: Door; readonly values: readonly unknown[]; readonly outcome: Outcome }
    /** A test elsewhere, by the beginning of its name. */
    | { readonly file: string; readonly test: string };
}

type Tried = (id: string, what: string, door: Door, ...values: readonly unknown[]) => BadInput;
const tried =
  (outcome: Outcome): Tried =>
  (id, what, door, ...values) => ({ id, what, by: { door, values, outcome } });

export const refused = tried('refused');
export const kept = tried('kept');
export const noted = tried('noted');
export const reads = (id: string, what: string, door: Door, as: unknown, ...values: unknown[]): BadInput => ({
  id,
  what,
  by: { door, values, outcome: { as } },
});
export const held = (id: string, what: string, file: string, test: string): BadInput => ({
  id,
  what,
  by: { file: `test/${file}.test.ts`, test },
});
