import * as vscode from 'vscode';
import * as z from 'zod/mini';
import {
  type Platform,
  placeNote,
  programOf,
  usualPipeline,
  writePipeline,
} from '../../core/check/pipeline/pipeline.ts';
import { askOpenPath } from '../ask/ask-path.ts';
import { askOne, askToAgree, askToGoOn } from '../ask/ask-pick.ts';
import { coreWords } from '../core-words.ts';
import type { Command } from '../shell/shell.ts';

/** Writes a workflow that checks all customers of a repository every night, and opens it: its first lines say what it needs. */
export const checkEveryNight: Command = async ({ context }) => {
  const { version } = z.parse(z.object({ version: z.string() }), context.extension.packageJSON);
  const platform = await askPlatform();
  const folder = await askFolder();
  await requireTop(folder);
  const options = { ...usualPipeline, program: programOf(version) };
  const files = await writePipeline(platform, folder, options, mayReplace);
  for (const file of files) await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
};

/** Elsewhere neither platform finds the files. Throws a CancellationError where the person would rather choose again. */
async function requireTop(folder: string): Promise<void> {
  const note = await placeNote(folder);
  if (!note) return;
  await askToGoOn(coreWords(note), folder, vscode.l10n.t('Write Here'));
}

function askPlatform(): Promise<Platform> {
  return askOne<Platform>(
    {
      question: vscode.l10n.t('Where is the repository with the customer files?'),
      options: [
        {
          value: 'github',
          label: vscode.l10n.t('GitHub'),
          detail: vscode.l10n.t('A workflow and its issues'),
        },
        {
          value: 'azure-pipelines',
          label: vscode.l10n.t('Azure DevOps'),
          detail: vscode.l10n.t('A pipeline and its work items'),
        },
      ],
    },
    vscode.l10n.t('Check Every Night'),
  );
}

function askFolder(): Promise<string> {
  const here = vscode.workspace.workspaceFolders?.[0]?.uri;
  return askOpenPath({
    title: vscode.l10n.t('The top folder of the repository'),
    canSelectFiles: false,
    canSelectFolders: true,
    ...(here && { defaultUri: here }),
  });
}

/** Whoever has changed what an earlier run wrote loses nothing unasked. */
async function mayReplace(files: readonly string[]): Promise<boolean> {
  const replace = vscode.l10n.t('Replace');
  const question = vscode.l10n.t('Replace what is there? Your changes to these files will be lost.');
  return await askToAgree(question, files.join('\n'), replace);
}
