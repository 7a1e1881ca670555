import { arch, platform, release } from 'node:os';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { FailureTrace } from '../shell/recent-failures.ts';
import type { Command, Shell } from '../shell/shell.ts';

const Manifest = z.object({
  version: z.string(),
  contributes: z.object({ configuration: z.object({ properties: z.record(z.string(), z.unknown()) }) }),
});

/** Versions, counts and codes: enough for support, and nothing that tells whose customers these are. */
export const copySupportInfo: Command = async (shell) => {
  await vscode.env.clipboard.writeText(await supportInfo(shell));
  const message = vscode.l10n.t('Support info copied. It contains no names, addresses or ids of customers.');
  void vscode.window.showInformationMessage(message);
};

async function supportInfo({ context, customers, practice, sessions, failures }: Shell): Promise<string> {
  const { version, contributes } = z.parse(Manifest, context.extension.packageJSON);
  const lines = [
    `T&A Exchange ${version}`,
    `VS Code ${vscode.version} (${vscode.env.appHost}, ${vscode.env.remoteName ? 'remote' : 'local'})`,
    `Node ${process.versions.node}, ${platform()} ${release()} ${arch()}`,
    `Settings changed: ${changedOf(Object.keys(contributes.configuration.properties)).join(', ') || 'none'}`,
    `Workspace trusted: ${vscode.workspace.isTrusted}`,
    `Customers: ${(await customers.list()).length}, signed in: ${sessions.all().length}`,
    `Practice tenant: ${practice.running ? `runs (${practice.running.scenarios.join(', ') || 'as it is'})` : 'no'}`,
    `Failures: ${failures.list().length === 0 ? 'none' : ''}`,
    ...failures.list().map(failureLine),
  ];
  return `${lines.join('\n')}\n`;
}

function failureLine({ at, command, code, status, requestId }: FailureTrace): string {
  const facts = [
    at,
    command,
    code,
    status ? `HTTP ${status}` : '',
    requestId ? `request id ${requestId}` : '',
  ];
  return `- ${facts.filter((fact) => fact !== '').join(', ')}`;
}

/** Names only, without the first part that all have. */
function changedOf(ids: readonly string[]): string[] {
  const settings = vscode.workspace.getConfiguration('taExchange');
  return ids
    .map((id) => id.replace('taExchange.', ''))
    .filter((name) => {
      const { globalValue, workspaceValue } = settings.inspect(name) ?? {};
      return globalValue !== undefined || workspaceValue !== undefined;
    });
}
