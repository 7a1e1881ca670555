import type * as vscode from 'vscode';
import * as z from 'zod/mini';

/** What was written for a customer on this machine; the page leads to it. */
const Written = z.object({ path: z.string(), at: z.string(), notes: z.array(z.string()) });
export type Written = Readonly<z.infer<typeof Written>>;
const All = z.record(z.string(), Written);

const kinds = ['handedOver', 'exported'] as const;
type Kind = (typeof kinds)[number];
type Storage = Pick<vscode.ExtensionContext, 'globalState'>;

/** The last one of its kind. */
export function findWritten({ globalState }: Storage, customer: vscode.Uri, kind: Kind): Written | undefined {
  return z.safeParse(All, globalState.get(kind)).data?.[customer.toString()];
}

export async function keepWritten(
  { globalState }: Storage,
  customer: vscode.Uri,
  kind: Kind,
  what: Omit<Written, 'at'>,
): Promise<void> {
  const others = z.safeParse(All, globalState.get(kind)).data ?? {};
  const written: Written = { ...what, at: new Date().toISOString() };
  await globalState.update(kind, { ...others, [customer.toString()]: written });
}

/** Where the files of this customer are; the files stay. */
export async function forgetWritten({ globalState }: Storage, customer: vscode.Uri): Promise<void> {
  for (const kind of kinds) {
    const { [customer.toString()]: _, ...others } = z.safeParse(All, globalState.get(kind)).data ?? {};
    await globalState.update(kind, others);
  }
}
