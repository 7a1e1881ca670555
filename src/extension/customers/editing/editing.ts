import * as vscode from 'vscode';

const pauseMs = 300;

const customerFiles: vscode.DocumentFilter = { scheme: 'file', pattern: '**/*.ta-customer.json' };

/** Checks every open customer file: when it is opened, saved, and a moment after it was last typed in. */
function checkDocuments(): vscode.Disposable {
  const shown = vscode.languages.createDiagnosticCollection('taExchange');
  const waiting = new Map<string, NodeJS.Timeout>();
  const settle = (uri: vscode.Uri): void => {
    clearTimeout(waiting.get(uri.toString()));
    waiting.delete(uri.toString());
  };
  const check = (document: vscode.TextDocument): void => {
    settle(document.uri);
    if (isCustomerFile(document)) void show(document, shown);
  };
  const checkSoon = (document: vscode.TextDocument): void => {
    if (!isCustomerFile(document)) return;
    settle(document.uri);
    const timer = setTimeout(() => check(document), pauseMs);
    waiting.set(document.uri.toString(), timer);
  };
  const checkOpen = (): void => vscode.workspace.textDocuments.forEach(checkSoon);
  checkOpen();
  return vscode.Disposable.from(
    shown,
    new vscode.Disposable(() => {
      for (const timer of waiting.values()) clearTimeout(timer);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(checkOpen),
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidSaveTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => checkSoon(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      settle(uri);
      shown.delete(uri);
    }),
  );
}

function isCustomerFile(document: vscode.TextDocument): boolean {
  return vscode.workspace.isTrusted && vscode.languages.match(customerFiles, document) > 0;
}

async function show(document: vscode.TextDocument, shown: vscode.DiagnosticCollection): Promise<void> {
  const { version } = document;
  const { findProblems } = await import('./find-problems.ts');
  if (document.isClosed || document.version !== version) return;
  const problems = findProblems(document.getText()).map(({ start, end, message }) => {
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const problem = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
    problem.source = 'T&A Exchange';
    return problem;
  });
  shown.set(document.uri, problems);
}

/** What one may do with a customer, above the first line of its file. */
function createCodeLenses(): vscode.CodeLensProvider {
  return {
    onDidChangeCodeLenses: vscode.workspace.onDidGrantWorkspaceTrust,
    provideCodeLenses({ uri }) {
      if (!vscode.workspace.isTrusted) return [];
      const top = new vscode.Range(0, 0, 0, 0);
      const lens = (title: string, command: string): vscode.CodeLens =>
        new vscode.CodeLens(top, { title, command, arguments: [uri] });
      return [
        lens(vscode.l10n.t('Preview Changes'), 'taExchange.previewChanges'),
        lens(vscode.l10n.t('Set Up'), 'taExchange.resumeSetUp'),
        lens(vscode.l10n.t('Send Test Email…'), 'taExchange.sendTestEmail'),
      ];
    },
  };
}

/** Help while a customer file is edited, besides the JSON Schema; in a restricted workspace none of it. */
export function registerEditing(): vscode.Disposable {
  return vscode.Disposable.from(
    checkDocuments(),
    vscode.languages.registerCodeLensProvider(customerFiles, createCodeLenses()),
  );
}
