import * as vscode from 'vscode';

/** Documents that are shown and cannot be changed: pre-flight and plan of a customer, one each. */
export interface PlanDocuments extends vscode.Disposable {
  /** Shows the text (Markdown), in place of what was shown for this customer before. */
  show(customer: string, text: string): Promise<void>;
}

const planScheme = 'ta-exchange-plan';

export function createPlanDocuments(): PlanDocuments {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(planScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) =>
      texts.get(uri.toString()) ??
      vscode.l10n.t('This plan is no longer there. Run "Preview Changes" for a new one.'),
  });
  return {
    async show(customer, text) {
      const path = `/${vscode.l10n.t('Plan for {0}', customer.replaceAll('/', '-'))}.md`;
      const uri = vscode.Uri.from({ scheme: planScheme, path });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      await showMarkdown(uri);
    },
    dispose() {
      provider.dispose();
      changed.dispose();
    },
  };
}

const markdownExtension = 'vscode.markdown-language-features';

/** Rendered; as plain text where VS Code's own Markdown extension is switched off. */
async function showMarkdown(uri: vscode.Uri): Promise<void> {
  // Its command is not listed before it is first used, so the extension is asked for.
  if (vscode.extensions.getExtension(markdownExtension)) {
    await vscode.commands.executeCommand('markdown.showPreview', uri);
    return;
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}
