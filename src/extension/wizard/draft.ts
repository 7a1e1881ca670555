import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { CloudName } from '../../core/cloud/clouds.ts';

const text = z.optional(z.string());

/** The answers so far, as typed; each is checked again when its step is passed. Holds no secret. */
export const CustomerDraft = z.object({
  name: text,
  tenant: text,
  cloud: z.optional(CloudName),
  fromAddress: text,
  fromName: text,
  senderAddressFrom: z.optional(z.enum(['SMTP address', 'User'])),
  scope: z.optional(z.enum(['tenant', 'mailbox'])),
  otherMailbox: text,
  permissions: z.optional(z.array(z.string())),
  lifetimeDays: z.optional(z.number()),
});
export type CustomerDraft = z.infer<typeof CustomerDraft>;

const key = 'wizardDraft';

/** The unfinished wizard of this machine; there is at most one. */
export function readDraft(memory: vscode.Memento): CustomerDraft | undefined {
  const parsed = z.safeParse(CustomerDraft, memory.get(key));
  return parsed.success ? parsed.data : undefined;
}

export async function keepDraft(memory: vscode.Memento, draft: CustomerDraft | undefined): Promise<void> {
  await memory.update(key, draft);
}
