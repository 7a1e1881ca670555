import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { withTicks } from '../shell/context-keys.ts';
import type { Command } from '../shell/shell.ts';

const Manifest = z.object({
  contributes: z.object({ walkthroughs: z.array(z.object({ id: z.string() })) }),
});

export const openWalkthrough: Command = async ({ context }) => {
  const { extension } = context;
  const [walkthrough] = z.parse(Manifest, extension.packageJSON).contributes.walkthroughs;
  const category = `${extension.id}#${walkthrough?.id ?? ''}`;
  await withTicks(context, () =>
    vscode.commands.executeCommand('workbench.action.openWalkthrough', category, false),
  );
};
