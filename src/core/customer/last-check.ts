import * as z from 'zod/mini';
import { writeAtomically } from '../files/atomic-write.ts';
import { readJson } from '../files/read-json.ts';
import { jsonText } from '../json.ts';
import { people, type Who } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { CustomerRecord, Instant } from './record.ts';

const text = z.string(say`text`.pattern);
const isWho = (who: string): who is Who => Object.hasOwn(people, who);

/** How much a finding matters: `warn` and `bad` need action, `bad` means that T&A cannot send, or that others can use the app. */
export const levels = ['good', 'note', 'warn', 'bad'] as const;
export type Level = (typeof levels)[number];

/** One answer of a check as it is printed and kept: sentences, no secret. */
export const CheckedFinding = z.strictObject({
  code: text,
  level: z.enum(levels, say`good, note, warn or bad`.pattern),
  text,
  who: z.optional(text.check(z.refine(isWho, say`who can act`.pattern))),
  next: z.optional(text),
});
export type CheckedFinding = z.infer<typeof CheckedFinding>;

export const isToDo = ({ level }: Pick<CheckedFinding, 'level'>): boolean =>
  level === 'warn' || level === 'bad';

/** What the last check of a customer saw, as in `NAME.ta-check.json` beside the record. Holds no secret. */
export const LastCheck = z.strictObject(
  {
    version: z.literal(
      1,
      say`1 (a higher number means that a newer version of this tool wrote the file)`.pattern,
    ),
    kind: CustomerRecord.shape.kind,
    at: Instant,
    /** The latest entry of the record that was checked: a later one makes this an old story. */
    after: z.optional(Instant),
    /** Of the files that were checked, the secret left out: once they change, this is an old story. */
    print: text,
    /** When the secret expires that T&A's preferences hold, as Entra tells. */
    expiresAt: z.optional(Instant),
    /** While a renewal is open: when checks and test emails from here signed in as the app, the last ones, with the new secret and the old. */
    signIns: z.optional(z.array(Instant, say`a list`.pattern)),
    oldSignIns: z.optional(z.array(Instant, say`a list`.pattern)),
    /** When T&A first used the new secret, as far as a check saw it. */
    newSecretSeen: z.optional(Instant),
    findings: z.array(CheckedFinding, say`a list`.pattern),
  },
  say`an object`.pattern,
);
export type LastCheck = z.infer<typeof LastCheck>;

/** What is kept where no check has seen anything: when this tool signed in as the app. */
export const unseenSince = (kind: LastCheck['kind'], at: number): LastCheck => ({
  ...{ version: 1, kind, at: new Date(at).toISOString(), print: '', findings: [] },
});

/** `undefined` where there is none, or one that cannot be read: the next check writes another. */
export async function findLastCheck(path: string): Promise<LastCheck | undefined> {
  try {
    return await readJson(path, LastCheck);
  } catch {
    return undefined;
  }
}

/** Not waited for until it is on the disk: what a power cut takes the next check sees again. */
export async function keepLastCheck(path: string, check: LastCheck): Promise<void> {
  await writeAtomically(path, `${jsonText(check)}\n`, { durable: false });
}

/** When this tool signed in as the app since a renewal, epoch milliseconds: with the new secret, and with the old one that it still had. */
export interface OwnSignIns {
  readonly signIns: number[];
  readonly oldSignIns: number[];
}

/** As far as checks and test emails kept it. */
export const signInsOf = (check: LastCheck | undefined): OwnSignIns => ({
  signIns: check ? [check.at, ...(check.signIns ?? [])].map((at) => Date.parse(at)) : [],
  oldSignIns: (check?.oldSignIns ?? []).map((at) => Date.parse(at)),
});
