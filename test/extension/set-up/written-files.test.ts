import { expect, test } from 'vitest';
import * as vscode from 'vscode';
import { findWritten, forgetWritten, keepWritten } from '../../../src/extension/set-up/written-files.ts';
import { forgetfulContext } from '../../support/forgetful-context.ts';

test('a customer that is forgotten leaves no paths of what was written for it, and the others keep theirs', async () => {
  const context = forgetfulContext();
  const [contoso, fabrikam] = ['contoso', 'fabrikam'].map((name) => vscode.Uri.file(`/customers/${name}`));
  if (!contoso || !fabrikam) throw new Error('There are two.');
  for (const customer of [contoso, fabrikam])
    for (const kind of ['handedOver', 'exported'] as const)
      await keepWritten(context, customer, kind, { path: `${customer.fsPath}/${kind}`, notes: [] });
  await forgetWritten(context, contoso);
  for (const kind of ['handedOver', 'exported'] as const) {
    expect(findWritten(context, contoso, kind)).toBeUndefined();
    expect(findWritten(context, fabrikam, kind)?.path).toBe(`/customers/fabrikam/${kind}`);
  }
});
