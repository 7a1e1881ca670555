import * as vscode from 'vscode';
import { plain } from '../../../core/words/say.ts';

/** Not contributed: the link behind an id. */
export const copyId = '_taExchange.copyId';

/** One line of a tooltip; an id can be copied from it. */
export type TooltipLine = string | { readonly name: string; readonly id: string };

/** What a row tells when the pointer rests on it. No text of a file or a tenant becomes a link, an image or markup. */
export function tooltipOf(title: string, lines: readonly TooltipLine[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(`**${asMarkdown(title)}**\n\n`, true);
  text.isTrusted = { enabledCommands: [copyId] };
  for (const line of lines)
    text.appendMarkdown(
      typeof line === 'string'
        ? `${asMarkdown(line)}  \n`
        : `${asMarkdown(line.name)}: ${idLink(line.id)}  \n`,
    );
  return text;
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function idLink(id: string): string {
  if (!guid.test(id)) return asMarkdown(id);
  const argument = encodeURIComponent(JSON.stringify([id]));
  return `\`${id}\` [$(copy) ${vscode.l10n.t('Copy')}](command:${copyId}?${argument})`;
}

/** Every ASCII punctuation may be escaped (spec.commonmark.org, backslash escapes). */
export function asMarkdown(text: string): string {
  return plain(text).replace(/[!-/:-@[-`{-~]/g, (sign) => `\\${sign}`);
}

export function registerCopyId(): vscode.Disposable {
  return vscode.commands.registerCommand(copyId, async (id: unknown) => {
    if (typeof id !== 'string') return;
    await copyText(id);
  });
}

/** Says so in the status bar: no page was pressed that could. */
export async function copyText(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied.'), 3000);
}
