import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { Command } from '../commands.ts';

const Manifest = z.object({
  contributes: z.object({ walkthroughs: z.array(z.object({ id: z.string() })) }),
});

export const openWalkthrough: Command = async ({ context: { extension } }) => {
  const [walkthrough] = z.parse(Manifest, extension.packageJSON).contributes.walkthroughs;
  const category = `${extension.id}#${walkthrough?.id ?? ''}`;
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', category, false);
};
