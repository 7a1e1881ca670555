import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { Customer } from '../../core/customer/customer.ts';
import { expectedBy } from '../../core/files/read-json.ts';
import type { Verdict } from '../ask/ask-text.ts';
import { coreWords } from '../core-words.ts';

const app = Customer.shape.app.def.innerType.shape;

/** The fields of a customer file, one by one, with core's own rules. */
export const fields = {
  name: Customer.shape.name,
  tenant: Customer.shape.tenant,
  fromAddress: Customer.shape.mail.shape.fromAddress,
  otherMailbox: Customer.shape.mail.shape.otherMailbox.def.innerType,
  fromName: Customer.shape.mail.shape.fromName,
  permissions: app.permissions,
  lifetimeDays: app.secret.def.innerType.shape.lifetimeDays,
};

/** The value as it goes into the file, or what is wrong with it. */
export function readField<T>(schema: z.ZodMiniType<T>, value: unknown): Verdict<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const expected = issue ? coreWords(expectedBy(issue)) : '';
  return { ok: false, problem: vscode.l10n.t('Expected: {0}.', expected) };
}
