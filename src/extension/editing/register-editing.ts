import * as vscode from 'vscode';
import { checkDocuments, customerFiles } from './check-documents.ts';
import { createCodeLenses } from './code-lenses.ts';

/** Help while a customer file is edited, besides the JSON Schema; in a restricted workspace none of it. */
export function registerEditing(): vscode.Disposable {
  return vscode.Disposable.from(
    checkDocuments(),
    vscode.languages.registerCodeLensProvider(customerFiles, createCodeLenses()),
  );
}
