import * as z from 'zod/mini';
import { RunView } from './run-view.ts';
import { Strings } from './strings.ts';

const id = z.string().check(z.minLength(1), z.maxLength(64));
const text = (maximum: number) => z.string().check(z.maxLength(maximum));
/** As long as someone may leave a file dialog open. */
const personMs = 60 * 60_000;

/** What the mail is to be, as typed: addresses and texts are checked by the host. */
export const Draft = z.strictObject({
  /** Empty: none chosen yet. */
  customer: text(64),
  to: text(150_000),
  cc: text(150_000),
  subject: text(1000),
  body: text(1_100_000),
  /** Seconds; 0: look once and do not wait. */
  receiptSeconds: z.int().check(z.minimum(0), z.maximum(3600)),
});
export type Draft = z.infer<typeof Draft>;

/** A file that the host knows by `id`; its path stays with the host. `size` in bytes. */
export const AttachmentView = z.strictObject({
  id,
  name: text(1000),
  size: z.number().check(z.nonnegative()),
});
export type AttachmentView = z.infer<typeof AttachmentView>;

const typed = z.string();

/** What the person typed, as it is kept over hiding, reload and restart. */
export const SavedDraft = z.strictObject({
  version: z.literal(1),
  customer: typed,
  to: typed,
  cc: typed,
  subject: typed,
  body: typed,
  waits: z.boolean(),
  seconds: typed,
  attachments: z.array(AttachmentView),
});
export type SavedDraft = Readonly<z.infer<typeof SavedDraft>>;

export const CustomerChoice = z.strictObject({
  id,
  name: text(1000),
  fromAddress: text(1000),
  tenant: text(1000),
  practice: z.boolean(),
  /** To whom a first test email is proposed. */
  proposedTo: z.optional(text(320)),
  /** What to know before a test email is sent. */
  notes: z.array(text(4000)),
});
export type CustomerChoice = z.infer<typeof CustomerChoice>;

/** All that the page shows and does not own. */
export const HostView = z.strictObject({
  customers: z.array(CustomerChoice),
  /** The receipt code of the next mail. */
  nextCode: text(40),
  run: z.optional(RunView),
});
export type HostView = z.infer<typeof HostView>;

const fields = ['customer', 'to', 'cc', 'subject', 'body', 'attachments', 'receiptSeconds'] as const;
export const Problem = z.strictObject({ field: z.enum(fields), message: text(2000) });
export type Problem = z.infer<typeof Problem>;

const nothing = z.strictObject({});
const files = z.strictObject({ attachments: z.array(AttachmentView) });
/** More than an email may have, so that the host can say that they are too many. */
export const mostAttachments = 200;
const ids = z.array(id).check(z.maxLength(mostAttachments));

/** What the page may say to the host. */
export const fromPage = {
  /** The page is loaded: first opened, shown again or restored. */
  ready: {
    message: nothing,
    reply: z.strictObject({
      strings: Strings,
      language: text(40),
      view: HostView,
      draft: z.optional(SavedDraft),
      /** The customer that a command opened the form for. */
      chosen: z.optional(id),
    }),
  },
  /** The test email as far as it is typed. */
  keep: { message: SavedDraft, reply: nothing },
  pickFiles: { message: nothing, reply: files, timeoutMs: personMs },
  addTestFile: { message: nothing, reply: files },
  /** Starts a run, or says what is wrong with the draft. The run itself comes with `view`. */
  send: {
    message: z.strictObject({ draft: Draft, attachments: ids }),
    reply: z.strictObject({ problems: z.array(Problem) }),
  },
  /** Another customer is chosen in the form. */
  chose: { message: z.strictObject({ customer: id }), reply: nothing },
  cancel: { message: nothing, reply: nothing },
  /** `code` as the recipient read it back. */
  confirmReceipt: {
    message: z.strictObject({ address: text(320), code: text(100) }),
    reply: z.strictObject({ confirmed: z.boolean() }),
  },
  copyEvidence: { message: nothing, reply: nothing },
  handOver: { message: nothing, reply: nothing },
  showMailbox: { message: nothing, reply: nothing },
  showLog: { message: nothing, reply: nothing },
} as const;

/** What the host may say to the page. */
export const toPage = {
  view: { message: HostView, reply: nothing },
  choose: { message: z.strictObject({ customer: id }), reply: nothing },
} as const;
