import * as z from 'zod/mini';

const text = z.string().check(z.maxLength(10_000));
const count = z.number().check(z.nonnegative());

/** One line of T&A's exchange. `ms` and `waitMs`: milliseconds; `sent` and `total`: bytes; `startedAt`: epoch milliseconds. */
export const StepView = z.strictObject({
  step: z.enum(['token', 'user', 'draft', 'attachment', 'send', 'receipt']),
  state: z.enum(['running', 'waiting', 'done', 'failed', 'stopped']),
  startedAt: count,
  /** Of the attachment. */
  name: z.optional(text),
  sent: z.optional(count),
  total: z.optional(count),
  status: z.optional(count),
  requestId: z.optional(text),
  ms: z.optional(count),
  waitMs: z.optional(count),
});
export type StepView = z.infer<typeof StepView>;

export const Verdict = z.enum([
  'arrived',
  'in junk',
  'ask the recipient',
  'not seen',
  'bounced',
  /** Sent, and no one looked whether it arrived. */
  'sent',
  'maybe sent',
  'not sent',
  'stopped',
  'interrupted',
]);
export type Verdict = z.infer<typeof Verdict>;

export const RecipientView = z.strictObject({
  address: text,
  outcome: z.enum(['inbox', 'junk', 'bounced', 'ask the recipient', 'not seen', 'confirmed by recipient']),
});
export type RecipientView = z.infer<typeof RecipientView>;

/** A failure as a person reads it; no path in it. */
export const FailureView = z.strictObject({
  code: text,
  message: text,
  cause: text,
  who: text,
  next: text,
  status: z.optional(count),
  requestId: z.optional(text),
  detail: z.optional(text),
});
export type FailureView = z.infer<typeof FailureView>;

/** One sending of a mail, as far as it came. Without `verdict` it is still under way. */
export const RunView = z.strictObject({
  id: text,
  customer: text,
  customerName: text,
  code: text,
  startedAt: count,
  steps: z.array(StepView),
  recipients: z.array(RecipientView),
  messageId: z.optional(text),
  /** What is to be known besides, however it ends. */
  note: z.optional(text),
  verdict: z.optional(Verdict),
  failure: z.optional(FailureView),
});
export type RunView = z.infer<typeof RunView>;
