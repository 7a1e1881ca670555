import type * as vscode from 'vscode';
import * as z from 'zod/mini';

const key = 'handedOver';
const Packs = z.record(z.string(), z.object({ folder: z.string(), at: z.string() }));
type Pack = z.infer<typeof Packs>[string];

type Storage = Pick<vscode.ExtensionContext, 'globalState'>;

/** The last hand-over of a customer that was written on this machine. */
export function handedOver({ globalState }: Storage, customer: vscode.Uri): Pack | undefined {
  return z.safeParse(Packs, globalState.get(key)).data?.[customer.toString()];
}

export async function keepHandedOver(
  { globalState }: Storage,
  customer: vscode.Uri,
  folder: string,
): Promise<void> {
  const others = z.safeParse(Packs, globalState.get(key)).data ?? {};
  const pack: Pack = { folder, at: new Date().toISOString() };
  await globalState.update(key, { ...others, [customer.toString()]: pack });
}
